import Entities
import Pricing
import TestKit
import Testing
import Text

/// Offers made from the templates.
enum PricingFixtures {
    static let day =
        CalendarDate(year: 2026, month: 9, day: 1) ?? EntityTemplates.mapping.offers[0].verifiedOn

    static func money(_ text: String) throws -> Money {
        try #require(Number(text).flatMap(Money.init))
    }

    /// A rate of the template with other contents.
    @Sendable static func rate(_ meter: Meter, _ price: String, per: Int = 1_000_000) throws -> Rate {
        var rate = EntityTemplates.mapping.offers[0].prices[0].rates[0]
        rate.meter = meter
        rate.price = try money(price)
        rate.per = per
        rate.freeReason = rate.price == .zero ? .freeTier : nil
        return rate
    }

    /// A mapping with one offer, which charges these rates since the first of January 2026.
    static func mapping(
        _ provider: String, _ model: String, _ rates: [Rate], currency: String = "USD"
    ) -> Mapping {
        var mapping = EntityTemplates.mapping
        mapping.provider = Provider.ID(provider)
        mapping.model = Model.ID(model)
        mapping.offers[0].providerModelID = model
        mapping.offers[0].prices[0].rates = rates
        mapping.offers[0].prices[0].currency = currency
        mapping.offers[0].prices[0].tiers = []
        mapping.offers[0].prices[0].variants = []
        mapping.offers[0].prices[0].schedules = []
        return mapping
    }

    static func offer(_ rates: [Rate]) throws -> PricedOffer {
        try #require(mapping("acme", "vendor/model", rates).pricedOffers(on: day).first)
    }

    static func model(_ id: String, _ variant: Model.Variant = .instruct) -> Entity {
        var model = EntityTemplates.model
        model.id = Model.ID(id)
        model.name = id
        model.aliases = []
        model.huggingFace = nil
        model.variant = variant
        return .model(model)
    }

    static func provider(_ id: String) -> Entity {
        var provider = EntityTemplates.provider
        provider.id = Provider.ID(id)
        provider.aliases = []
        return .provider(provider)
    }
}
