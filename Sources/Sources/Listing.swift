package import Entities
package import Text

/// What a source says of one model at one provider, in the source's own names.
package struct Listing: Sendable {
    package var provider: String
    /// The name that a request gives.
    package var name: String
    /// Other names that the source ties to it: a base model, a repository.
    package var otherNames: [String] = []
    package var title: String?
    /// Ascending; empty when no price is known.
    package var periods: [ListedPeriod] = []
    /// Tokens in and out together.
    package var contextTokens: Int?
    package var maximumInputTokens: Int?
    package var maximumOutputTokens: Int?
    package var inputModalities: [Modality] = []
    package var outputModalities: [Modality] = []
    package var precision: Precision?
    package var stage = Status.Stage.active
    package var retiresOn: CalendarDate?
    package var samplingParameters: [Offer.SamplingParameter] = []

    package init(provider: String, name: String) {
        self.provider = provider
        self.name = name
    }

    /// What is charged for a meter by the prices that are in force last: nil rates are unknown, not nothing.
    package func price(of meter: Meter) -> Price {
        guard let rate = periods.last?.rates.first(where: { $0.meter == meter }) else { return .unknown }
        return rate.price == .zero ? .free : .known(rate.pricePerMillion ?? rate.price)
    }
}

/// What a source says is charged over a stretch of days.
package struct ListedPeriod: Sendable, Hashable {
    /// Nil where the source only says that it holds now.
    package var from: CalendarDate?
    /// The first day on which it no longer holds.
    package var until: CalendarDate?
    package var rates: [ListedRate]
    package var tiers: [ListedTier] = []
    package var schedules: [ListedSchedule] = []
    package var variants: [ListedVariant] = []
}

/// The price of one meter in US dollars.
package struct ListedRate: Sendable, Hashable {
    package var meter: Meter
    package var price: Money
    /// Units that the price is for.
    package var per = 1_000_000
    package var freeReason: Rate.FreeReason?

    package var pricePerMillion: Money? { price.multiplied(by: 1_000_000 / per) }
}

/// Other rates for requests with more input tokens.
package struct ListedTier: Sendable, Hashable {
    package var fromTokens: Int
    /// Whether a request of exactly that many tokens belongs to it.
    package var isInclusive = false
    package var rates: [ListedRate]
}

/// Other rates at certain times of day, `HH:MM` UTC.
package struct ListedSchedule: Sendable, Hashable {
    package var from: String
    package var until: String
    package var rates: [ListedRate]
}

/// The same offer under other terms.
package struct ListedVariant: Sendable, Hashable {
    package var mode: Offer.Mode?
    package var tier: Offer.ServiceTier?
    package var rates: [ListedRate]
}

/// All listings of a snapshot, and what of it could not be read.
package struct Listings: Sendable {
    package var listings: [Listing] = []
    package var refusals: [Refusal] = []

    package init() {}
}
