import Diagnostics
import Documents
import Entities
import RegistryTree
import TestKit
import Text
import YAML

/// The example registry in two states, for tests that change one of them.
struct PairOfStates {
    var base: [String: String]
    var head: [String: String]

    /// Two states of files by path.
    init(base: [String: String], head: [String: String]) {
        self.base = base
        self.head = head
    }

    /// Twice the example registry.
    init() {
        let root = Repository.root + "/Tests/Fixtures/example-registry"
        base = Dictionary(
            uniqueKeysWithValues: Files.tree(below: root).map { ($0, Files.text(at: root + "/" + $0) ?? "") })
        head = base
    }

    /// Replaces a text in a file of the new state.
    mutating func edit(_ path: String, _ old: String, _ new: String) {
        precondition(head[path]?.contains(old) == true, "\(path) does not hold \(old)")
        head[path] = head[path]?.replacing(old, with: new)
    }

    /// Moves a file of the new state, and replaces a text in it.
    mutating func move(_ path: String, to other: String, _ old: String, _ new: String) {
        edit(path, old, new)
        head[other] = head.removeValue(forKey: path)
    }

    /// What makes the states differ.
    func change(baseRules: [String: [UInt8]] = [:], headRules: [String: [UInt8]] = [:]) -> RegistryChange {
        RegistryChange(
            from: PairOfStates.state(base, rules: baseRules), to: PairOfStates.state(head, rules: headRules))
    }

    /// The change with the usual policy's say.
    func report(_ policy: ChangePolicy = ChangePolicy()) -> ChangeReport {
        ChangeReport(change(), policy: policy)
    }

    /// A state of files that are taken as they are; a file that is no entity counts as one error.
    static func state(_ files: [String: String], rules: [String: [UInt8]] = [:]) -> RegistryState {
        var entities: [Entity] = []
        var errors: [String: Int] = [:]
        for (path, text) in files.sorted(by: { $0.key < $1.key }) {
            if let entity = entity(at: path, text) { entities.append(entity) } else { errors[path] = 1 }
        }
        return RegistryState(catalog: Catalog(entities), errorCounts: errors, rules: rules) { path in
            files[path].map { Array($0.utf8) }
        }
    }

    /// What a file says; nil when it is none of our kinds or cannot be read.
    static func entity(at path: String, _ text: String) -> Entity? {
        guard let kind = EntityKind.allCases.first(where: { path.hasPrefix($0.rawValue + "s/") }),
            let document = Document(yaml: text)
        else { return nil }
        var findings: [Diagnostic] = []
        return EntityRecord(document, kind: kind, path: path, findings: &findings)?.entity
    }
}

extension RegistryChange {
    /// The change of the entity with an id, the new one when renamed.
    func entity(_ id: String) -> EntityChange? { entities.first { $0.id == id } }
}

extension EntityChange {
    /// `name: old → new`, with `-` where there is nothing.
    var fieldLines: [String] { fields.map { "\($0.name): \($0.old ?? "-") → \($0.new ?? "-")" } }

    /// `meter (terms): old → new`.
    var priceLines: [String] {
        prices.map { move in
            let (old, new) = (move.old?.amount.description ?? "-", move.new?.amount.description ?? "-")
            return "\(move.meter)\(move.terms.isEmpty ? "" : " (\(move.terms))"): \(old) → \(new)"
        }
    }
}

extension Document {
    /// A document from YAML text; nil when it cannot be read.
    init?(yaml text: String) {
        var reader = YAMLReader()
        var keys = Interner()
        var findings: [Diagnostic] = []
        self.init()
        guard reader.read(Array(text.utf8), path: "a.yaml", into: &self, keys: &keys, findings: &findings),
            !nodes.isEmpty
        else { return nil }
    }
}
