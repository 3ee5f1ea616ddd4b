package import Entities
import Text

/// Catalogs of any size, in memory: the same entities every time, each with ids, prices and days of its own.
package struct SyntheticCatalog {
    /// Offers of one model, each at another provider.
    private static let offersPerModel = 20
    private static let providerCount = 40

    package private(set) var models: [Model] = []
    package private(set) var providers: [Provider] = []
    package private(set) var mappings: [Mapping] = []

    /// A catalog of so many offers: a model has 20, and each has one price period of three rates; some have another
    /// name and some an earlier period.
    package init(offerCount: Int) {
        for number in 0..<SyntheticCatalog.providerCount {
            var provider = EntityTemplates.provider
            provider.id = Provider.ID("provider-\(number)")
            provider.aliases = []
            provider.acceleratorOffers = []
            providers.append(provider)
        }
        let modelCount = (offerCount + SyntheticCatalog.offersPerModel - 1) / SyntheticCatalog.offersPerModel
        for number in 0..<modelCount {
            var model = EntityTemplates.model
            model.id = Model.ID("vendor-\(number % 97)/family-model-\(number)")
            model.aliases = [EntityTemplates.model.aliases[0]]
            model.aliases[0].value = "Model-\(number)"
            model.huggingFace = nil
            models.append(model)
        }
        for number in 0..<offerCount {
            let model = models[number / SyntheticCatalog.offersPerModel]
            let place = number % SyntheticCatalog.offersPerModel
            var mapping = EntityTemplates.mapping
            mapping.model = model.id
            mapping.provider = providers[(number / 7 + place) % SyntheticCatalog.providerCount].id
            mapping.offers[0] = SyntheticCatalog.offer(number)
            mappings.append(mapping)
        }
    }

    private static func offer(_ number: Int) -> Offer {
        var offer = EntityTemplates.mapping.offers[0]
        offer.providerModelID = "accounts/models/family-model-\(number)"
        offer.rateLimits = []
        offer.performance = nil
        if number % 10 == 0 {
            offer.aliases[0].value = "Alias-\(number)"
        } else {
            offer.aliases = []
        }
        var period = offer.prices[0]
        (period.tiers, period.schedules, period.variants) = ([], [], [])
        for index in period.rates.indices {
            period.rates[index].price = Money(trillionths: Int128(10_000_000_000 * (1 + number % 90 + index)))
        }
        offer.prices = [period]
        if number % 20 == 0, let from = CalendarDate("2025-06-01") {
            period.effective.until = period.effective.from
            period.effective.from = from
            offer.prices.insert(period, at: 0)
        }
        return offer
    }

    /// Changes nearly every so-many-th offer: a new price, a later check and another limit, in turn, and of each
    /// ten of these takes one away and puts a new one in its place.
    package mutating func change(each step: Int) {
        for (turn, number) in stride(from: step / 2, to: mappings.count, by: step).enumerated() {
            var offer = mappings[number].offers[0]
            switch turn % 10 {
            case 0: offer.providerModelID += "-v2"
            case 1...3:
                offer.prices[offer.prices.count - 1].rates[0].price = Money(trillionths: Int128(turn + 7))
            case 4...6: offer.verifiedOn = CalendarDate("2026-09-01") ?? offer.verifiedOn
            default: offer.limits.maximumOutputTokens = 16_384 + turn
            }
            mappings[number].offers[0] = offer
        }
    }

    /// Changes every offer.
    package mutating func changeOffers(_ change: (inout Offer) -> Void) {
        for number in mappings.indices { change(&mappings[number].offers[0]) }
    }

    /// Takes an offer away.
    package mutating func remove(mapping number: Int) {
        mappings.remove(at: number)
    }

    /// The entities as a catalog.
    package var catalog: Catalog {
        Catalog(
            [.accelerator(EntityTemplates.accelerator)] + models.map(Entity.model)
                + providers.map(Entity.provider) + mappings.map(Entity.mapping))
    }
}
