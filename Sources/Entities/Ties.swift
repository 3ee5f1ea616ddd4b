/// A name that ties entities of different files together in the rules that span files, ignoring case.
package struct Tie: Sendable, Hashable {
    /// What kind of name it is.
    package enum Space: String, Sendable, CaseIterable {
        case model, provider, accelerator
        /// All that is offered of a model.
        case offersOfModel = "offers-of-model"
        /// One offer of a provider, both named.
        case offer
    }

    package let space: Space
    package let name: String

    /// Names beyond ASCII, which may be equal without having the same bytes, count as one: a tie too many does no
    /// harm, one too few would.
    init(_ space: Space, _ name: String) {
        self.space = space
        let name = name.lowercased()
        self.name = name.utf8.allSatisfy { $0 < 0x80 } ? name : "*"
    }
}

/// How the rules that span files tie one entity to others: whoever checks a part of a registry learns from it which
/// other files that part needs.
package struct Ties: Sendable {
    /// Names under which findings of other files depend on this entity.
    package private(set) var given: Set<Tie> = []
    /// Names on whose owners its own findings depend.
    package private(set) var taken: Set<Tie> = []
    /// Of those taken, the ones that lead on from one entity to the next: replacements can go round in a circle.
    package private(set) var steps: [Step] = []

    /// One step to a replacement.
    package struct Step: Sendable, Hashable {
        package let tie: Tie
        /// Whose takers to look among for a name that is near, when nothing has the name itself.
        package let neighbours: Tie?
    }

    private mutating func follow(_ tie: Tie, neighbours: Tie? = nil) {
        taken.insert(tie)
        steps.append(Step(tie: tie, neighbours: neighbours))
    }
}

extension Entity {
    /// The ties of this entity, for all rules of `Catalog.findings`.
    package var ties: Ties {
        switch self {
        case .model(let model):
            Ties(.model, id: model.id.text, aliases: model.aliases, status: model.status)
        case .provider(let provider):
            Ties(.provider, id: provider.id.text, aliases: provider.aliases, status: provider.status)
        case .accelerator(let accelerator):
            Ties(
                .accelerator, id: accelerator.id.text, aliases: accelerator.aliases,
                status: accelerator.status)
        case .mapping(let mapping): Ties(mapping)
        }
    }
}

extension Ties {
    fileprivate init(_ space: Tie.Space, id: String, aliases: [Alias], status: Status) {
        given = [Tie(space, id)]
        taken = Set(aliases.map { Tie(space, $0.value) })
        // A model's prices are compared with each other only where there is a model.
        if space == .model { taken.insert(Tie(.offersOfModel, id)) }
        if let other = status.replacedBy { follow(Tie(space, other)) }
    }

    fileprivate init(_ mapping: Mapping) {
        let provider = Tie(.provider, mapping.provider.text)
        // Every price of a model is judged by all the others.
        given = [Tie(.offersOfModel, mapping.model.text)]
        taken = [provider, Tie(.model, mapping.model.text), Tie(.offersOfModel, mapping.model.text)]
        func offer(_ name: String) -> Tie { Tie(.offer, provider.name + "\n" + name) }
        for each in mapping.offers {
            given.insert(offer(each.providerModelID))
            if let other = each.status.replacedBy { follow(offer(other), neighbours: provider) }
        }
    }
}
