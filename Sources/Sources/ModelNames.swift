package import Entities
import Text

/// Which model a source's name stands for.
///
/// A name is looked up as it stands, then as documented rules allow to read it. Nothing is matched by a part of its
/// text, and nothing by likeness.
package struct ModelNames: Sendable {
    /// A model that a name stands for, and why.
    package struct Match: Sendable, Hashable {
        /// The id of the model.
        package let model: String
        /// In the order in which they were applied; `exact` alone when none was needed.
        package let rules: [NameRule]
        /// The number format that the name says.
        package let precision: Precision?
    }

    /// Names in lower case and the model they belong to.
    private var models: [String: String] = [:]
    /// Names without a vendor; nil where several models are called so.
    private var shortNames: [String: String?] = [:]
    /// The short names with dashes for dots.
    private var dashedNames: [String: String?] = [:]
    private var ids: Set<String> = []

    package init() {}

    /// The names of all models of a registry.
    package init(_ catalog: Catalog) {
        for model in catalog.models {
            let aliases = model.aliases.filter { $0.match == .exact }.map(\.value)
            add(model.id.text, names: aliases + [model.huggingFace?.repo].compactMap { $0 })
        }
    }

    /// Whether a model has that id.
    package func has(_ id: String) -> Bool { ids.contains(id) }

    /// The model that a name belongs to as it stands.
    package func owner(of name: String) -> String? { models[name.lowercased()] }

    /// Adds a model; a name that another has already stays that one's.
    package mutating func add(_ id: String, names: [String]) {
        ids.insert(id)
        for name in [id] + names {
            let name = name.lowercased()
            if models[name] == nil { models[name] = id }
            let short = NameRule.vendorLeftOut.stripped(name) ?? name
            ModelNames.note(short, id, in: &shortNames)
            ModelNames.note(short.replacing(".", with: "-"), id, in: &dashedNames)
        }
    }

    private static func note(_ name: String, _ id: String, in names: inout [String: String?]) {
        if let other = names[name] {
            if other != id { names[name] = .some(nil) }
        } else {
            names[name] = id
        }
    }

    /// The model that the first of several names stands for that stands for one.
    package func match(_ names: [String]) -> Match? {
        for name in names {
            if let match = match(name) { return match }
        }
        return nil
    }

    /// The model that a name stands for. A few look-ups for each rule.
    package func match(_ name: String) -> Match? {
        let name = name.lowercased()
        let precision = ModelNames.precision(in: name)
        if let model = models[name] { return Match(model: model, rules: [.exact], precision: precision) }
        var rest = name
        var rules: [NameRule] = []
        if let match = lookUp(rest, rules, precision) { return match }
        // What stands around a name comes off from the outside, each kind once.
        for rule in [
            NameRule.regionPrefix, .serviceSuffix, .versionSuffix, .latestSuffix, .dateSuffix,
            .precisionSuffix,
            .serviceSuffix, .dateSuffix,
        ] {
            guard let shorter = rule.stripped(rest) else { continue }
            rest = shorter
            rules.append(rule)
            if let match = lookUp(rest, rules, precision) { return match }
        }
        return nil
    }

    private func lookUp(_ name: String, _ rules: [NameRule], _ precision: Precision?) -> Match? {
        if let model = models[name] { return Match(model: model, rules: rules, precision: precision) }
        let short = NameRule.vendorLeftOut.stripped(name) ?? name
        if let model = shortNames[short] ?? nil {
            return Match(model: model, rules: rules + [.vendorLeftOut], precision: precision)
        }
        // A Bedrock name has a vendor before a dot, and a gateway's name before a slash.
        if let shorter = NameRule.vendorLeftOut.stripped(short), let model = shortNames[shorter] ?? nil {
            return Match(model: model, rules: rules + [.vendorLeftOut], precision: precision)
        }
        let dashed = short.replacing(".", with: "-")
        if let model = dashedNames[dashed] ?? nil {
            return Match(model: model, rules: rules + [.dotsAsDashes], precision: precision)
        }
        return nil
    }

    /// The models whose names are most like a name that none has, best first: for a person to look at.
    ///
    /// The score is one less the share of letters that would have to change. O(names × length²).
    package func proposals(for name: String, least: Double = 0.8) -> [NameProposal] {
        let name = name.lowercased()
        let short = Array((NameRule.vendorLeftOut.stripped(name) ?? name).utf8)
        let limit = Int(Double(short.count) * (1 - least))
        guard limit > 0 else { return [] }
        var best: [String: Double] = [:]
        for case (let other, let model?) in shortNames {
            let bytes = Array(other.utf8)
            guard abs(bytes.count - short.count) <= limit else { continue }
            let distance = Spelling.editDistance(short, bytes, limit: limit)
            guard distance <= limit else { continue }
            let score = 1 - Double(distance) / Double(max(bytes.count, short.count))
            best[model] = max(best[model] ?? 0, score)
        }
        return best.map { NameProposal(name: name, model: $0.key, score: $0.value) }
            .filter { $0.score >= least }
            .sorted { ($0.score, $1.model) > ($1.score, $0.model) }
    }

    /// The number format that stands in a name as a word of its own.
    package static func precision(in name: String) -> Precision? {
        let words = name.lowercased().split { "-_/:. ".contains($0) }
        return words.lazy.compactMap { word in
            switch word {
            case "fp8", "nvfp4", "mxfp4", "fp4", "bf16", "fp16", "int8", "int4", "awq", "gptq":
                Precision(rawValue: String(word))
            default: nil
            }
        }.first
    }
}
