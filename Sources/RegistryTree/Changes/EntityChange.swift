package import Entities
import Text

/// What happened to one entity.
package struct EntityChange: Sendable, Hashable {
    /// What became of it as a whole.
    package enum Event: Sendable, Hashable {
        case removed
        /// The same thing under another id.
        case renamed(from: String)
        case altered
        case added

        /// The event without what it carries, in the order in which events are shown.
        package enum Word: String, Sendable, CaseIterable {
            case removed, renamed, altered, added
        }

        package var word: Word {
            switch self {
            case .removed: .removed
            case .renamed: .renamed
            case .altered: .altered
            case .added: .added
            }
        }
    }

    package let event: Event
    package let kind: EntityKind
    /// Its id, the new one when renamed; of a mapping its provider and model joined by `/`.
    package let id: String
    /// Of its file, the new one when renamed.
    package let path: String
    /// In the order of the file: what moved in an altered entity, what an added one asks.
    package let prices: [PriceMove]
    /// Everything else that differs, by the names that the file uses.
    package let fields: [FieldChange]
    /// What the old state built on it, where the change touches that.
    package let dependants: [Dependant]
}

extension EntityChange: Comparable {
    package static func < (left: EntityChange, right: EntityChange) -> Bool {
        if left.event.word != right.event.word { return left.event.word.rank < right.event.word.rank }
        if left.kind != right.kind { return left.kind.rank < right.kind.rank }
        return left.path.precedesInByteOrder(right.path)
    }
}

extension EntityChange.Event.Word {
    fileprivate var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

extension EntityKind {
    fileprivate var rank: Int { EntityKind.allCases.firstIndex(of: self) ?? 0 }
}

extension Entity {
    /// The kind of file it stands in.
    package var kind: EntityKind {
        switch self {
        case .model: .model
        case .provider: .provider
        case .mapping: .mapping
        case .accelerator: .accelerator
        }
    }

    /// Its id as text; of a mapping its provider and model joined by `/`.
    package var id: String {
        switch self {
        case .model(let model): model.id.text
        case .provider(let provider): provider.id.text
        case .mapping(let mapping): "\(mapping.provider)/\(mapping.model)"
        case .accelerator(let accelerator): accelerator.id.text
        }
    }
}

/// Says what happened to entities of two states.
struct EntityComparison {
    let base: RegistryState
    let head: RegistryState
    private let oldLinks: DependantIndex
    private let newLinks: DependantIndex

    init(base: RegistryState, head: RegistryState) {
        self.base = base
        self.head = head
        oldLinks = DependantIndex(base.catalog)
        newLinks = DependantIndex(head.catalog)
    }

    func removal(_ entity: Entity) -> EntityChange {
        EntityChange(
            event: .removed, kind: entity.kind, id: entity.id, path: entity.path, prices: [], fields: [],
            dependants: dependants(of: entity))
    }

    func addition(_ entity: Entity) -> EntityChange {
        EntityChange(
            event: .added, kind: entity.kind, id: entity.id, path: entity.path,
            prices: PriceMove.moves(from: nil, to: entity), fields: [], dependants: [])
    }

    func renaming(_ before: Entity, _ after: Entity) -> EntityChange {
        // The id itself is told by the event.
        let identity: Set<String> = ["id", "vendor", "provider", "model"]
        return EntityChange(
            event: .renamed(from: before.id), kind: after.kind, id: after.id, path: after.path,
            prices: PriceMove.moves(from: before, to: after),
            fields: fields(before, after).filter { !identity.contains($0.name) },
            dependants: dependants(of: before))
    }

    func alteration(_ before: Entity, _ after: Entity) -> EntityChange {
        let fields = fields(before, after)
        // Of a mapping only offers that it lost are asked about.
        let touchesUse =
            before.kind == .accelerator || before.kind == .mapping
            || fields.contains { $0.topic.concernsUse }
        return EntityChange(
            event: .altered, kind: after.kind, id: after.id, path: after.path,
            prices: PriceMove.moves(from: before, to: after), fields: fields,
            dependants: touchesUse ? dependants(of: before, keeping: after) : [])
    }

    private func fields(_ before: Entity, _ after: Entity) -> [FieldChange] {
        guard let old = base.document(of: before.path), let new = head.document(of: after.path) else {
            return []
        }
        let told = ToldPrices(before, after)
        return FieldChange.changes(from: old, to: new).filter { !told.covers($0) }
    }

    private func dependants(of entity: Entity, keeping after: Entity? = nil) -> [Dependant] {
        let old = oldLinks.links(to: entity, keeping: after)
        guard !old.isEmpty else { return [] }
        let new = Set(newLinks.links(to: entity, keeping: after).lazy.map(\.path))
        return old.map { Dependant(link: $0.link, path: $0.path, remains: new.contains($0.path)) }
    }
}
