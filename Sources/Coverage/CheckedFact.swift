package import Entities
package import Text

/// Something that the registry says holds now, and the day on which somebody last looked whether it does.
///
/// What a file took from a pinned commit or a paper stays true and is none; nor is a price that has ended.
package struct CheckedFact: Sendable, Hashable {
    /// What the fact is about.
    package enum Topic: String, Sendable, CaseIterable {
        case offer, rental, provider, model, accelerator
    }

    package let topic: Topic
    package let path: String
    /// Which of the facts of its file it is, in a name of the provider's; empty when it is the file as a whole.
    package let name: String
    /// Of the provider that the fact is about; nil for a model or accelerator, or where the provider is unknown.
    package let providerKind: Provider.Kind?
    package let checkedOn: CalendarDate
}

extension Catalog {
    /// Everything that can turn out not to hold any more, in the order of the catalog. Linear in the registry.
    package var checkedFacts: [CheckedFact] {
        offerFacts + providers.filter(\.status.isLive).flatMap(facts) + ownFacts
    }

    /// Whoever saw an offer as written saw its price, and the other way round: the later day counts.
    private var offerFacts: [CheckedFact] {
        mappings.flatMap { mapping in
            mapping.offers.filter(\.status.isLive).map { offer in
                CheckedFact(
                    topic: .offer, path: mapping.path, name: offer.providerModelID,
                    providerKind: provider(mapping.provider)?.kind,
                    checkedOn: max(
                        offer.verifiedOn, offer.openPeriod?.source.checkedOn ?? offer.verifiedOn))
            }
        }
    }

    private func facts(of provider: Provider) -> [CheckedFact] {
        let own = CheckedFact(
            topic: .provider, path: provider.path, name: "", providerKind: provider.kind,
            checkedOn: provider.source.checkedOn)
        let open = provider.acceleratorOffers.filter { $0.effective.until == nil }
        return [own]
            + open.map { rental in
                CheckedFact(
                    topic: .rental, path: provider.path, name: rental.words, providerKind: provider.kind,
                    checkedOn: rental.source.checkedOn)
            }
    }

    private var ownFacts: [CheckedFact] {
        models.filter(\.status.isLive).map {
            CheckedFact(
                topic: .model, path: $0.path, name: "", providerKind: nil, checkedOn: $0.source.checkedOn)
        }
            + accelerators.filter(\.status.isLive).map {
                CheckedFact(
                    topic: .accelerator, path: $0.path, name: "", providerKind: nil,
                    checkedOn: $0.source.checkedOn)
            }
    }
}

extension Status {
    fileprivate var isLive: Bool { stage != .retired }
}

extension AcceleratorOffer {
    /// The rental among the others of its provider, in words.
    fileprivate var words: String {
        [accelerator.text, sku, commitment.rawValue, region].compactMap { $0 }.joined(separator: " ")
    }
}
