import Documents
import Entities
import Text

/// The base models of models.dev as model files.
struct ModelsDevModels {
    private let catalog: Catalog
    private let origin: Origin
    private(set) var names: ModelNames
    private(set) var limits: [String: TokenLimits]
    private(set) var refusals: [Refusal] = []
    private var records: [String: Record] = [:]

    init(catalog: Catalog, origin: Origin) {
        self.catalog = catalog
        self.origin = origin
        names = ModelNames(catalog)
        limits = catalog.tokenLimits
    }

    var proposals: [Proposal] {
        records.sorted { $0.key < $1.key }.map { Proposal(path: "models/\($0.key).yaml", record: $0.value) }
    }

    /// Where the source calls a vendor otherwise than the registry.
    private static let vendors = [
        "zhipuai": "zai", "meta-llama": "meta", "mistralai": "mistral", "qwen": "alibaba", "x-ai": "xai",
    ]

    /// Takes base models; one that the registry has already gets the source's spelling as an alias.
    mutating func take(_ models: [(id: String, model: Value)]) {
        // The shorter of two names of one model is its own, the other a version of it by date.
        for (id, model) in models.sorted(by: { ($0.id.count, $0.id) < ($1.id.count, $1.id) }) {
            let parts = id.split(separator: "/", maxSplits: 1)
            guard parts.count == 2, let vendor = String(parts[0]).registryID,
                let name = String(parts[1]).registryID
            else {
                refusals.append(Refusal(.unreadable, id, "the id of a base model is a vendor and a name"))
                continue
            }
            let own = "\(ModelsDevModels.vendors[vendor] ?? vendor)/\(name)"
            if let match = names.match(own) ?? names.match(id), !match.rules.contains(.latestSuffix) {
                note(id, as: match.model)
            } else {
                add(own, id, model)
            }
        }
    }

    private mutating func note(_ name: String, as model: String) {
        guard names.owner(of: name) == nil else { return }
        names.add(model, names: [name])
        var record = records[model] ?? Record([("id", .text(model))])
        let alias = [("value", Value.text(name)), ("schemes", ["models_dev"])].record
        record["aliases"] = .list((record["aliases"]?.list ?? []) + [alias])
        records[model] = record
    }

    private mutating func add(_ id: String, _ sourceID: String, _ model: Value) {
        let vendor = String(id.prefix { $0 != "/" })
        var record = Record([
            ("schema", "model/v1"), ("id", .text(id)), ("name", .text(model["name"]?.text ?? sourceID)),
            ("vendor", .text(vendor)),
        ])
        record["family"] = model["family"]?.text?.registryID.map(Value.text)
        record["variant"] = .text(variant(of: model, id).rawValue)
        var names = [String]()
        if sourceID.lowercased() != id {
            record["aliases"] = [[("value", Value.text(sourceID)), ("schemes", ["models_dev"])].record]
            names.append(sourceID)
        }
        if let repository = repository(of: model), self.names.owner(of: repository) == nil {
            record["hugging_face"] = [("repo", Value.text(repository))].record
            names.append(repository)
        }
        let isOpen = model["open_weights"]?.flag ?? false
        record["open_weights"] = .flag(isOpen)
        if let license = model["license"]?.text, License.spdxIDs.contains(license) {
            record["license"] = [("id", Value.text(license))].record
        } else if !isOpen {
            record["license"] = [("id", "LicenseRef-proprietary")].record
        }
        addDates(of: model, to: &record, id)
        record["status"] = [("stage", Value.text(ModelsDev.stage(model["status"]?.text).rawValue))].record
        addAbilities(of: model, to: &record)
        addLimits(of: model, to: &record, id)
        record["source"] = origin.record(.thirdParty)
        records[id] = record
        self.names.add(id, names: names)
    }

    private mutating func addDates(of model: Value, to record: inout Record, _ id: String) {
        let released = model["release_date"]?.text.flatMap { CalendarDate($0) }
        let cutoff = model["knowledge"]?.text.flatMap { CalendarDate($0) }
        record["released"] = released.map { .text($0.description) }
        guard let cutoff else { return }
        if let released, cutoff.isCertainlyAfter(released) {
            refusals.append(
                Refusal(
                    .implausibleDate, id, "a knowledge cutoff of \(cutoff), after the release on \(released)")
            )
        } else {
            record["knowledge_cutoff"] = .text(cutoff.description)
        }
    }

    private func addAbilities(of model: Value, to record: inout Record) {
        let input = ModelsDev.modalities(model["modalities"]?["input"])
        var output = ModelsDev.modalities(model["modalities"]?["output"])
        if record["variant"]?.text == "embedding" { output = [.embedding] }
        record["modalities"] =
            [
                ("input", Value.list((input.isEmpty ? [.text] : input).map { .text($0.rawValue) })),
                ("output", .list((output.isEmpty ? [.text] : output).map { .text($0.rawValue) })),
            ].record
        var capabilities: [Capability] = []
        if model["tool_call"]?.flag == true { capabilities.append(.tools) }
        if model["structured_output"]?.flag == true { capabilities.append(.structuredOutput) }
        if model["reasoning"]?.flag == true { capabilities.append(.reasoning) }
        if input.contains(.image) { capabilities.append(.vision) }
        record["capabilities"] = .list(capabilities.map { .text($0.rawValue) })
    }

    private mutating func addLimits(of model: Value, to record: inout Record, _ id: String) {
        guard let context = model["limit"]?["context"]?.tokens else { return }
        var limits = Record([("context", Value(context))])
        for (key, name) in [("input", "max_input"), ("output", "max_output")] {
            guard let limit = model["limit"]?[key]?.tokens else { continue }
            if limit > context {
                refusals.append(
                    Refusal(.implausibleLimit, id, "\(name) of \(limit) tokens in a context of \(context)"))
            } else {
                limits[name] = Value(limit)
            }
        }
        record["limits"] = .record(limits)
        self.limits[id] = TokenLimits(
            contextTokens: context, maximumInputTokens: limits["max_input"]?.integer,
            maximumOutputTokens: limits["max_output"]?.integer)
    }

    /// The repository among the places of the weights.
    private func repository(of model: Value) -> String? {
        let prefix = "https://huggingface.co/"
        let urls = (model["weights"]?.list ?? []).compactMap { $0["url"]?.text }
        guard let url = urls.first(where: { $0.hasPrefix(prefix) }) else { return nil }
        let parts = url.dropFirst(prefix.count).split(separator: "/")
        return parts.count >= 2 ? "\(parts[0])/\(parts[1])" : nil
    }

    private func variant(of model: Value, _ id: String) -> Model.Variant {
        let output = ModelsDev.modalities(model["modalities"]?["output"])
        let words = Set(id.split { "-_/.".contains($0) })
        if words.contains("embedding") || words.contains("embed") { return .embedding }
        if words.contains("rerank") { return .reranker }
        if output.contains(.video) { return .video }
        if output.contains(.image) { return .image }
        if output.contains(.audio), !output.contains(.text) || words.contains("tts") { return .audio }
        if words.contains("whisper") { return .audio }
        if !words.isDisjoint(with: ["code", "coder", "codex", "codestral", "devstral", "codegen"]) {
            return .code
        }
        let options = model["reasoning_options"]?.list ?? []
        let isOptional = options.contains { option in
            option["type"]?.text == "toggle" || option["values"]?.texts.contains("none") == true
        }
        if model["reasoning"]?.flag == true, !options.isEmpty, !isOptional { return .reasoning }
        return words.isDisjoint(with: ["thinking", "reasoning", "reasoner", "r1"]) ? .instruct : .reasoning
    }
}
