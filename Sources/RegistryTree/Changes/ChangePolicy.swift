import Entities
import Text

/// What a change may do without a maintainer looking at it.
package struct ChangePolicy: Sendable {
    /// Prices may move so far, either way.
    package var largestPriceMovePercent = 30
    /// Concerns that are none this time.
    package var accepted: Set<Concern.Kind> = []

    package init() {}

    /// What a change does that asks for a maintainer: sorted by kind, then in the order of the change.
    package func concerns(about change: RegistryChange) -> [Concern] {
        var concerns: [Concern] = []
        for path in change.changedRules { concerns.append(Concern(.rules, path, subject: path)) }
        for file in change.uncompared {
            concerns.append(Concern(.unreadable, file.path, subject: file.path))
        }
        for entity in change.entities { concerns += self.concerns(about: entity) }
        return Concern.Kind.allCases.filter { !accepted.contains($0) }.flatMap { kind in
            concerns.filter { $0.kind == kind }
        }
    }

    private func concerns(about entity: EntityChange) -> [Concern] {
        var concerns: [Concern] = []
        if entity.event == .added, entity.kind == .provider {
            concerns.append(Concern(.newProvider, entity.path, subject: entity.id))
        }
        switch entity.event.word {
        case .removed, .renamed:
            let id = if case .renamed(let old) = entity.event { old } else { entity.id }
            if !entity.dependants.isEmpty {
                concerns.append(Concern(.removal, entity.path, subject: id))
            }
        case .altered:
            if entity.kind == .mapping, !entity.dependants.isEmpty {
                let lost = entity.fields.first {
                    $0.steps.count == 1 && $0.steps[0].name == "offers" && $0.new == nil
                }
                if let lost { concerns.append(Concern(.removal, entity.path, subject: lost.name)) }
            }
            if entity.kind == .mapping {
                for field in entity.fields where field.rewritesPrices {
                    concerns.append(Concern(.pastPrices, entity.path, subject: field.name))
                }
            }
        case .added: break
        }
        for move in entity.prices where move.exceeds(percent: largestPriceMovePercent) {
            concerns.append(Concern(.priceMove, entity.path, subject: move.offer, move: move))
        }
        return concerns
    }
}

/// One reason why a maintainer should look at a change.
package struct Concern: Sendable, Hashable {
    /// What asks for it, the gravest first.
    package enum Kind: String, Sendable, CaseIterable {
        /// The schemas or the suppression list change: what is right is not what it was.
        case rules
        /// A file cannot be compared.
        case unreadable
        /// Something goes, or gets another id, that others build on.
        case removal
        /// A price that the change does not bring into force is written anew, or gone.
        case pastPrices = "past-prices"
        /// A price moves further than the policy lets it.
        case priceMove = "price-move"
        case newProvider = "new-provider"
    }

    package let kind: Kind
    /// The file that it is about.
    package let path: String
    /// What in that file, or the file itself.
    package let subject: String
    /// The price that moved too far.
    package let move: PriceMove?

    init(_ kind: Kind, _ path: String, subject: String, move: PriceMove? = nil) {
        self.kind = kind
        self.path = path
        self.subject = subject
        self.move = move
    }
}

extension FieldChange {
    /// True when a price that was written down is another now, or its period is gone: what price moves tell has been
    /// left out of the fields before.
    fileprivate var rewritesPrices: Bool {
        guard old != nil, steps.count > 1, steps[0].name == "offers", steps[1].name == "prices",
            let last = steps.last
        else { return false }
        if steps.count == 2 { return new == nil }
        return last.item != nil && ["rates", "tiers", "schedules", "variants"].contains(last.name)
            || ["price", "per", "currency"].contains(last.name)
    }
}
