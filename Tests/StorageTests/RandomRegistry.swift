import Entities
import TestKit
import Text

/// A small registry with chance in every part: which entities there are, their names, limits and prices.
struct RandomRegistry {
    private static let vendors = ["alpha", "beta"]
    private var generator: SeededGenerator

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
    }

    /// The next one: another draw from the same few ids, so that entities come, go and return.
    mutating func next() -> Catalog {
        var entities: [Entity] = []
        let accelerators = draw(["a100", "h100", "tpu"]).map { accelerator($0) }
        let models = draw((0..<6).map { "\(Self.vendors[$0 % 2])/model-\($0)" }).map { model($0) }
        let providers = draw(["cloud", "lab", "reseller", "host"]).map { provider($0, accelerators) }
        for model in models {
            for provider in providers where chance(2, of: 3) {
                entities.append(.mapping(mapping(model, provider)))
            }
        }
        entities += accelerators.map(Entity.accelerator) + models.map(Entity.model)
        entities += providers.map(Entity.provider)
        return Catalog(entities)
    }

    private mutating func accelerator(_ id: String) -> Accelerator {
        var accelerator = EntityTemplates.accelerator
        accelerator.id = Accelerator.ID(id)
        accelerator.aliases[0].value = pick([id + " 80GB", id.uppercased()])
        accelerator.powerWatts = pick([nil, 300, 700])
        accelerator.rates.fp8 = pick([nil, accelerator.rates.fp8])
        accelerator.memory.marketingGB = pick([nil, Number("80"), Number("80.5")])
        return accelerator
    }

    private mutating func model(_ id: String) -> Model {
        var model = EntityTemplates.model
        model.id = Model.ID(id)
        model.name = pick(["Plain", "Née \"quoted\" \\ {a,b}", "模型"])
        model.aliases = pick([[], model.aliases, [model.aliases[1]]])
        model.huggingFace?.repo = pick(["x/" + id, id])
        model.architecture = pick([nil, model.architecture])
        model.weights = pick([[], model.weights, model.weights.reversed()])
        model.benchmarks = pick([[], model.benchmarks])
        if chance(1, of: 2) { model.parameters?.active = nil }
        model.capabilities = pick([[], [.tools], [.vision, .tools]])
        model.source.note = pick([nil, "seen"])
        return model
    }

    private mutating func provider(_ id: String, _ accelerators: [Accelerator]) -> Provider {
        var provider = EntityTemplates.provider
        provider.id = Provider.ID(id)
        provider.regions = pick([[], provider.regions, provider.regions.reversed()])
        provider.api = pick([nil, provider.api])
        let template = provider.acceleratorOffers[0]
        provider.acceleratorOffers = []
        for accelerator in accelerators {
            for _ in 0..<pick([0, 1, 2]) {
                var offer = template
                offer.accelerator = accelerator.id
                offer.pricePerAcceleratorHour = price()
                offer.effective.until = pick([nil, CalendarDate("2026-06-01")])
                provider.acceleratorOffers.append(offer)
            }
        }
        return provider
    }

    private mutating func mapping(_ model: Model, _ provider: Provider) -> Mapping {
        var mapping = EntityTemplates.mapping
        mapping.model = model.id
        mapping.provider = provider.id
        let template = mapping.offers[0]
        mapping.offers = (0..<pick([1, 1, 2])).map { offer($0, template, model) }
        return mapping
    }

    private mutating func offer(_ number: Int, _ template: Offer, _ model: Model) -> Offer {
        var offer = template
        offer.providerModelID = "\(model.id)-\(number)"
        offer.aliases = pick([[], offer.aliases])
        offer.rateLimits = pick([[], offer.rateLimits])
        offer.performance = pick([nil, offer.performance])
        offer.limits.contextTokens = pick([nil, 8_192, 131_072])
        offer.quantization = pick([nil, offer.quantization])
        var periods: [PricePeriod] = []
        for _ in 0..<pick([0, 1, 1, 2]) {
            var period = template.prices[0]
            period.rates[0].price = price()
            period.tiers = pick([[], period.tiers])
            period.schedules = pick([[], period.schedules])
            period.variants = pick([[], period.variants])
            period.effective.until = pick([nil, CalendarDate("2026-03-01")])
            period.isCancelled = chance(1, of: 5)
            period.note = pick([nil, "list price"])
            periods.append(period)
        }
        offer.prices = periods
        return offer
    }

    private mutating func price() -> Money {
        Money(trillionths: pick([0, 1, 150_000_000_000, 2_490_000_000_000, 123_456_789_000_000_000]))
    }

    private mutating func draw(_ ids: [String]) -> [String] {
        ids.filter { _ in chance(2, of: 3) }
    }

    private mutating func chance(_ part: Int, of whole: Int) -> Bool {
        Int.random(in: 0..<whole, using: &generator) < part
    }

    private mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int.random(in: 0..<values.count, using: &generator)]
    }
}
