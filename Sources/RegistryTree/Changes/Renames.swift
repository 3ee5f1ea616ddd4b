import Entities
import Text

/// Which of the entities that vanished are there again under another id.
///
/// An entity is taken for another when all but the ids is equal, or when they share names: an alias, a Hugging Face
/// repository, or the old id as an alias of the new. Mappings follow their model and provider.
struct Renames {
    /// A name that more of those that came share tells nothing.
    private static let sharers = 8

    /// By the old path.
    private(set) var pairs: [(old: Entity, new: Entity)] = []
    private var newPaths: [String: String] = [:]
    private var oldPaths: [String: String] = [:]

    /// Pairs off what vanished and what came. Close to linear.
    init(removed: [Entity], added: [Entity]) {
        guard !removed.isEmpty, !added.isEmpty else { return }
        let inOrder = removed.sorted { $0.path.precedesInByteOrder($1.path) }
        let comers = added.sorted { $0.path.precedesInByteOrder($1.path) }
        pairEqual(inOrder, comers)
        pairNamesakes(inOrder, comers)
        pairMappings(inOrder, comers)
        pairs.sort { $0.old.path.precedesInByteOrder($1.old.path) }
    }

    func newPath(of oldPath: String) -> String? { newPaths[oldPath] }

    func oldPath(of newPath: String) -> String? { oldPaths[newPath] }

    private mutating func pair(_ old: Entity, _ new: Entity) {
        guard newPaths[old.path] == nil, oldPaths[new.path] == nil else { return }
        pairs.append((old, new))
        newPaths[old.path] = new.path
        oldPaths[new.path] = old.path
    }

    private mutating func pairEqual(_ removed: [Entity], _ added: [Entity]) {
        var byContent: [Entity: [Entity]] = [:]
        for entity in added { byContent[entity.withoutID, default: []].append(entity) }
        for entity in removed {
            let candidates = byContent[entity.withoutID] ?? []
            if let new = candidates.first(where: { oldPaths[$0.path] == nil }) { pair(entity, new) }
        }
    }

    private mutating func pairNamesakes(_ removed: [Entity], _ added: [Entity]) {
        var byName: [Name: [Int]] = [:]
        for (index, entity) in added.enumerated() {
            for name in entity.otherNames { byName[name, default: []].append(index) }
        }
        for entity in removed where newPaths[entity.path] == nil {
            var shared: [Int: Int] = [:]
            for name in entity.otherNames.union([Name(kind: entity.kind, text: entity.id.lowercased())]) {
                let sharers = byName[name] ?? []
                guard sharers.count <= Renames.sharers else { continue }
                for index in sharers where oldPaths[added[index].path] == nil {
                    shared[index, default: 0] += 1
                }
            }
            // Of those that share as many names, the first by path.
            let best = shared.max { ($0.value, -$0.key) < ($1.value, -$1.key) }
            if let best { pair(entity, added[best.key]) }
        }
    }

    private mutating func pairMappings(_ removed: [Entity], _ added: [Entity]) {
        var newIDs: [Name: String] = [:]
        for (old, new) in pairs { newIDs[Name(kind: old.kind, text: old.id)] = new.id }
        let comers = Dictionary(added.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        for entity in removed {
            guard case .mapping(var mapping) = entity else { continue }
            let provider = newIDs[Name(kind: .provider, text: mapping.provider.text)]
            let model = newIDs[Name(kind: .model, text: mapping.model.text)]
            guard provider != nil || model != nil else { continue }
            mapping.provider = provider.map { Provider.ID($0) } ?? mapping.provider
            mapping.model = model.map { Model.ID($0) } ?? mapping.model
            if let new = comers[mapping.path] { pair(entity, new) }
        }
    }
}

/// A name among the entities of one kind, in lower case.
private struct Name: Hashable {
    let kind: EntityKind
    let text: String
}

extension Entity {
    /// The same with its ids taken out, so that equal content is equal.
    fileprivate var withoutID: Entity {
        switch self {
        case .model(var model):
            model.id = ""
            model.vendor = ""
            return .model(model)
        case .provider(var provider):
            provider.id = ""
            return .provider(provider)
        case .mapping(var mapping):
            mapping.provider = ""
            mapping.model = ""
            return .mapping(mapping)
        case .accelerator(var accelerator):
            accelerator.id = ""
            return .accelerator(accelerator)
        }
    }

    /// What else it is called; a mapping has no names of its own.
    fileprivate var otherNames: Set<Name> {
        var names: [String]
        switch self {
        case .model(let model):
            names = model.aliases.map(\.value)
            if let repo = model.huggingFace?.repo { names.append(repo) }
        case .provider(let provider): names = provider.aliases.map(\.value)
        case .accelerator(let accelerator): names = accelerator.aliases.map(\.value)
        case .mapping: names = []
        }
        return Set(names.map { Name(kind: kind, text: $0.lowercased()) })
    }
}
