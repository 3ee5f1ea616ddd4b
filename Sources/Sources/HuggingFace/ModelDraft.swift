import Documents
import Entities
import Text

/// A model's file as Hugging Face alone would have it.
struct ModelDraft {
    let id: String
    var huggingFace: Record?
    var counts: [(name: String, count: CountCandidate)] = []
    private var architecture: Record?
    private var weights: [Value] = []
    /// What a file of its own needs besides; empty for a model that the registry has.
    private var introduction = Record()

    init(id: String) {
        self.id = id
    }

    /// Where the weights are; what the files do not say of it stays as it is known.
    static func huggingFace(_ repo: String, _ info: ModelInfo?, known: HuggingFace?) -> Record {
        Record(known: [
            "repo": .text(repo), "revision": (info?.revision ?? known?.revision).map(Value.text),
            "gated": (info?.isGated ?? known?.isGated).map(Value.flag),
        ])
    }

    /// Takes the architecture over with its source, and under the registry's names where it is the same network.
    mutating func setArchitecture(
        _ config: HuggingFaceConfig, _ facts: RepositoryFacts, vision: CountCandidate?, known: Architecture?
    ) {
        var record = config.architecture
        if let vision, var tower = record["vision"]?.record, tower["parameters"] == nil {
            tower = Record([("parameters", Value(vision.value))] + tower.members.map { ($0.name, $0.value) })
            record["vision"] = .record(tower)
        }
        if record["vision"]?.record?.isEmpty == true, let count = known?.vision?.parameterCount {
            record["vision"] = ["parameters": Value(count)]
        }
        record["source"] = .record(
            Record([
                ("kind", "config_json"), ("url", .text(facts.configURL)),
                ("checked_on", .text(facts.seenOn.description)),
            ]))
        architecture = known.map { record.keepingNames(of: $0) } ?? record
    }

    /// A copy's precision is not the one that the vendor publishes first.
    mutating func leavePrecisionOpen() { architecture?["native_precision"] = nil }

    mutating func addWeights(_ facts: RepositoryFacts, _ config: HuggingFaceConfig) {
        guard let precision = config.entity.nativePrecision?.weights else { return }
        let isMLX = facts.repo.lowercased().contains("-mlx-")
        weights.append(
            .record(
                Record(known: [
                    "format": isMLX ? "mlx" : "safetensors", "precision": .text(precision.rawValue),
                    "bytes": facts.index.map { Value($0.totalBytes) },
                    "shards": (facts.index?.shardCount).map { Value($0) }, "url": .text(facts.pageURL),
                    "source": .record(
                        Record([
                            ("kind", facts.index == nil ? "config_json" : "safetensors_index"),
                            ("url", .text(facts.index.map { $0.url ?? facts.pageURL } ?? facts.configURL)),
                            ("checked_on", .text(facts.seenOn.description)),
                        ])),
                ])))
    }

    /// What a new file needs; throws where neither the files nor the name tell it.
    mutating func introduce(_ facts: RepositoryFacts, _ config: HuggingFaceConfig) throws(ConfigFault) {
        guard let variant = ModelNaming.variant(of: facts.repo) else {
            throw ConfigFault("variant", "neither files nor name tell what the model was made for")
        }
        guard let context = config.entity.maximumPosition else {
            throw ConfigFault("limits", "the configuration has no largest position")
        }
        guard counts.contains(where: { $0.name == "total" }) else {
            throw ConfigFault("parameters", "a part is of unknown size and no total is stored or stated")
        }
        let parts = id.split(separator: "/")
        let hasTower = config.entity.vision != nil
        let license = facts.info?.license.flatMap(ModelNaming.license)
        let page: Record = Record([
            ("kind", facts.info == nil ? "config_json" : "provider_api"),
            ("url", .text(facts.info == nil ? facts.configURL : facts.pageURL)),
            ("checked_on", .text(facts.seenOn.description)),
        ])
        introduction = Record(known: [
            "name": .text(ModelNaming.name(of: facts.repo)),
            "vendor": .text(String(parts[0])), "variant": .text(variant),
            "license": license.map { ["id": .text($0)] },
            "released": (facts.info?.createdOn).map { .text($0.description) },
            "modalities": [
                "input": hasTower ? ["text", "image"] : ["text"],
                "output": [variant == "embedding" ? "embedding" : "text"],
            ],
            "capabilities": hasTower ? ["vision"] : [],
            "limits": [
                "context": Value(context),
                "source": .record(
                    Record([
                        ("kind", "config_json"), ("url", .text(facts.configURL)),
                        ("checked_on", .text(facts.seenOn.description)),
                        ("note", "Largest position in the configuration"),
                    ])),
            ],
            "source": .record(page),
        ])
    }

    /// The file, in the order of the schema; nil when there is nothing to say.
    var proposal: Proposal? {
        let isNew = !introduction.isEmpty
        let parameters = Record(counts.map { ($0.name, .record($0.count.record)) })
        let record = Record(known: [
            "schema": isNew ? "model/v1" : nil, "id": isNew ? .text(id) : nil, "name": introduction["name"],
            "vendor": introduction["vendor"], "variant": introduction["variant"],
            "hugging_face": huggingFace.map(Value.record), "open_weights": isNew ? true : nil,
            "license": introduction["license"], "released": introduction["released"],
            "status": isNew ? ["stage": "active"] : nil, "modalities": introduction["modalities"],
            "capabilities": introduction["capabilities"], "limits": introduction["limits"],
            "architecture": architecture.map(Value.record),
            "parameters": parameters.isEmpty ? nil : .record(parameters),
            "weights": weights.isEmpty ? nil : .list(weights), "source": introduction["source"],
        ])
        return record.isEmpty ? nil : Proposal(path: "models/\(id).yaml", record: record)
    }
}
