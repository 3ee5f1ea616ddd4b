package import Entities
package import Pricing
package import Text

/// Everything that a ranking of one model's providers is made of, at any moment.
package struct RankedModel: Sendable {
    private let samples: [Provider.ID: [TelemetrySample]]
    private let prices: [Provider.ID: Price]
    private let formula: RankingFormula

    /// The providers are those that offer the model, and those that were probed; a provider's price is that of its first
    /// ordinary offer on a day, for a mix of tokens.
    package init(
        _ model: Model.ID, in catalog: Catalog, on day: CalendarDate, mix: TokenMix, rates: ExchangeRates,
        samples: [TelemetrySample], formula: RankingFormula
    ) {
        var prices: [Provider.ID: Price] = [:]
        for offer in catalog.pricedOffers(of: model, on: day) where offer.isOnSale && offer.isStandard {
            let price = EffectivePrice(of: offer, for: mix).price
            guard prices[offer.provider] ?? .unknown == .unknown else { continue }
            let dollars = price.amount.flatMap { rates.dollars($0, in: offer.period.currency, on: day) }
            prices[offer.provider] = dollars.map { $0 == .zero ? .free : .known($0) } ?? .unknown
        }
        for mapping in catalog.mappings(ofModel: model) where prices[mapping.provider] == nil {
            prices[mapping.provider] = .unknown
        }
        self.samples = Dictionary(grouping: samples) {
            catalog.provider(named: $0.provider.text)?.id ?? $0.provider
        }
        self.prices = prices
        self.formula = formula
    }

    /// The ranking at a moment, of the week before it.
    package func ranking(at moment: Int) -> ProviderRanking {
        let providers = Set(prices.keys).union(samples.keys).sorted()
        return ProviderRanking(
            providers.map { provider in
                (
                    Measurement(provider: provider, samples: samples[provider] ?? [], until: moment),
                    prices[provider] ?? .unknown
                )
            }, formula: formula)
    }

    /// The order that a published list has at a moment: that of a day earlier, changed every fifteen minutes by the rule
    /// of `PublishedOrder`.
    package func published(at moment: Int) -> [Provider.ID] {
        let moments = stride(from: moment - 86_400, through: moment, by: 900)
        return PublishedOrder(replaying: moments.lazy.map { ranking(at: $0) }).providers
    }
}
