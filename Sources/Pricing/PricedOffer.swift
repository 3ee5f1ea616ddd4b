package import Entities
package import Text

/// An offer under one set of terms, with what it charges on a day: what is compared with others.
package struct PricedOffer: Sendable {
    package let provider: Provider.ID
    package let model: Model.ID
    /// The name that a request gives.
    package let name: String
    package let mode: Offer.Mode
    package let tier: Offer.ServiceTier
    /// Nil when it holds in all regions of the provider.
    package let region: String?
    package let stage: Status.Stage
    package let performance: Performance?
    /// As far as the offer states them; else the model's hold.
    package let limits: TokenLimits
    package let period: PricePeriod
    /// The base rates of these terms.
    package private(set) var rates: [Rate]
    package let tiers: [PriceTier]

    /// Whether it is what most calls are billed by: served at once, in the ordinary class.
    package var isStandard: Bool { mode == .serverless && tier == .standard }

    /// Whether it can be bought: neither retired nor hidden from the provider's list.
    package var isOnSale: Bool { stage != .retired && stage != .hidden }

    /// The base rate of a meter that is priced without a size or a quality.
    package func rate(of meter: Meter) -> Rate? {
        rates.first { $0.subject == Rate.Subject(meter: meter) }
    }

    /// The offer as it is charged at a minute of a day, UTC: where a schedule has begun and not ended, its rates replace
    /// those of the same meter, size and quality.
    package func charged(atMinute minute: Int, of day: CalendarDate) -> PricedOffer {
        // The first of January 1970 was a Thursday.
        let today = ((day.daysSinceEpoch + 3) % 7 + 7) % 7
        var offer = self
        for schedule in period.schedules {
            let runsOver = schedule.untilMinute <= schedule.fromMinute
            let isBegun = minute >= schedule.fromMinute && (runsOver || minute < schedule.untilMinute)
            let isFromYesterday = runsOver && minute < schedule.untilMinute
            let isDay: (Int) -> Bool = { index in
                schedule.days.isEmpty || schedule.days.contains(PriceSchedule.Day.allCases[(index + 7) % 7])
            }
            guard isBegun && isDay(today) || isFromYesterday && isDay(today - 1) else { continue }
            offer.rates = offer.rates.map { rate in
                schedule.rates.first { $0.subject == rate.subject } ?? rate
            }
        }
        return offer
    }

    /// In byte order of provider, model and name, then by terms: no two compare equal unless a file repeats one.
    package static func precedes(_ left: PricedOffer, _ right: PricedOffer) -> Bool {
        left.sortKey.lexicographicallyPrecedes(right.sortKey) { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    private var sortKey: [String] {
        [provider.text, model.text, name, mode.rawValue, tier.rawValue, region ?? ""]
    }
}

extension Catalog {
    /// Every offer whose price on a day is known, under each of its terms, in the order of the catalog.
    package func pricedOffers(on day: CalendarDate) -> [PricedOffer] {
        mappings.flatMap { mapping in mapping.pricedOffers(on: day) }
    }

    /// The same of one model.
    package func pricedOffers(of model: Model.ID, on day: CalendarDate) -> [PricedOffer] {
        mappings(ofModel: model).flatMap { $0.pricedOffers(on: day) }
    }
}

extension Mapping {
    /// The offers whose price on a day is known; other terms of the same offer follow it.
    package func pricedOffers(on day: CalendarDate) -> [PricedOffer] {
        offers.flatMap { offer -> [PricedOffer] in
            guard let period = offer.period(on: day) else { return [] }
            let base = priced(offer, period, nil)
            return [base] + period.variants.map { priced(offer, period, $0) }
        }
    }

    private func priced(_ offer: Offer, _ period: PricePeriod, _ variant: PriceVariant?) -> PricedOffer {
        PricedOffer(
            provider: provider, model: model, name: offer.providerModelID, mode: variant?.mode ?? offer.mode,
            tier: variant?.tier ?? offer.tier, region: variant?.region ?? offer.region,
            stage: offer.status.stage,
            performance: offer.performance, limits: offer.limits, period: period,
            rates: variant?.rates ?? period.rates,
            tiers: variant?.tiers ?? period.tiers)
    }
}
