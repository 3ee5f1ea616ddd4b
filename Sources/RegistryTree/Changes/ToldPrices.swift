import Entities
import Text

/// Which fields of a file price moves tell already: the amounts of the periods in force on both sides.
///
/// What is told of a period that is over is told as a field: past prices are facts like others.
struct ToldPrices {
    private struct Period: Hashable {
        let offer: String
        let start: String
    }

    private var periods: Set<Period> = []

    /// Rentals without an end on both sides, by what their items are known by.
    private var rentals: Set<String> = []

    init(_ before: Entity, _ after: Entity) {
        if case .provider(let old) = before, case .provider(let new) = after {
            rentals = Set(old.openRentals).intersection(new.openRentals)
        }
        guard case .mapping(let old) = before, case .mapping(let new) = after else { return }
        for offer in new.offers {
            guard let period = offer.periodInForce,
                let other = old.offers.first(where: { $0.providerModelID == offer.providerModelID }),
                other.periodInForce?.effective.from == period.effective.from
            else { continue }
            periods.insert(
                Period(offer: offer.providerModelID, start: period.effective.from.description))
        }
    }

    /// True when price moves say what the change says.
    func covers(_ change: FieldChange) -> Bool {
        guard let last = change.steps.last else { return false }
        if change.steps[0].name == "accelerator_offers" {
            let item = change.steps[0].item ?? ""
            return rentals.contains(item) && ["price_per_accelerator_hour", "currency"].contains(last.name)
        }
        guard change.steps.count > 2, change.steps[1].name == "prices",
            let offer = change.steps[0].item, let start = change.steps[1].item,
            periods.contains(Period(offer: offer, start: start))
        else { return false }
        if last.item != nil { return ["rates", "tiers", "schedules", "variants"].contains(last.name) }
        return ["price", "per", "currency"].contains(last.name)
    }
}

extension Provider {
    /// Rentals without an end, as the items of their list are known.
    fileprivate var openRentals: [String] {
        acceleratorOffers.filter { $0.effective.until == nil }.map { offer in
            let words = [
                offer.accelerator.text, offer.sku, offer.commitment.rawValue, offer.region,
                offer.effective.from.description,
            ]
            return words.compactMap { $0 }.joined(separator: " ")
        }
    }
}
