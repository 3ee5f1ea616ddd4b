import Documents
import Entities
import TestKit

/// Registries drawn from the schemas, so that every table and column has its share: the same few ids each time, of
/// which some are absent, some as they last were, some a little different and some drawn anew.
struct RandomRegistry {
    private static let accelerators = ["a100", "h100", "tpu"]
    private static let models = (0..<6).map { "\(["alpha", "beta"][$0 % 2])/model-\($0)" }
    private static let providers = ["cloud", "lab", "reseller", "host"]
    private static let manyOffers = 86
    /// How many offers a large registry has.
    static let largeOfferCount = models.count * providers.count * manyOffers

    private var draw: SchemaDraw
    /// What was drawn last under each name.
    private var drawn: [String: (record: Record, entity: Entity)] = [:]

    init(seed: UInt64) {
        draw = SchemaDraw(seed: seed)
    }

    /// The next one. A large one lacks no id, and has so many offers that keys, statements and reads go other ways.
    mutating func next(isLarge: Bool = false) -> Catalog {
        let accelerators = present(Self.accelerators, all: isLarge)
        let models = present(Self.models, all: isLarge)
        let providers = present(Self.providers, all: isLarge)
        var entities = accelerators.map { id in entity(.accelerator, id) { $0["id"] = .text(id) } }
        for id in models {
            entities.append(
                entity(.model, id) { record in
                    record["id"] = .text(id)
                    record["vendor"] = .text(String(id.prefix { $0 != "/" }))
                })
        }
        for id in providers { entities.append(provider(id, renting: accelerators)) }
        for model in models {
            for provider in providers where isLarge || draw.chance(2, of: 3) {
                entities.append(mapping(model, provider, isLarge))
            }
        }
        return Catalog(entities)
    }

    private mutating func provider(_ id: String, renting accelerators: [String]) -> Entity {
        var entity = entity(.provider, id) { record in
            record["id"] = .text(id)
            let offers = record["accelerator_offers"]?.list ?? []
            record["accelerator_offers"] = .list(
                offers.enumerated().map { place, offer in
                    offer.with("accelerator", .text(Self.accelerators[place % Self.accelerators.count]))
                })
        }
        // What it rented out may be gone by now.
        if case .provider(var provider) = entity {
            provider.acceleratorOffers.removeAll { !accelerators.contains($0.accelerator.text) }
            entity = .provider(provider)
        }
        return entity
    }

    private mutating func mapping(_ model: String, _ provider: String, _ isLarge: Bool) -> Entity {
        entity(.mapping, "\(model) \(provider) \(isLarge)") { record in
            record["model"] = .text(model)
            record["provider"] = .text(provider)
            let offers = record["offers"]?.list ?? []
            let count = isLarge ? Self.manyOffers : offers.count
            // Each name is the provider's only one, whatever was drawn.
            record["offers"] = .list(
                (0..<count).map { place in
                    let offer = offers[place % offers.count]
                    return Self.sortable(offer).with("provider_model_id", .text("\(model)-\(place)"))
                })
        }
    }

    /// The same offer; where its last price has three rates, they are those by which offers are sorted.
    private static func sortable(_ offer: Value) -> Value {
        guard var prices = offer["prices"]?.list, let last = prices.popLast(),
            let rates = last["rates"]?.list, rates.count == 3
        else { return offer }
        let meters: [Value] = ["input_text", "output_text", "cache_read"]
        let sorted = zip(rates, meters).map { rate, meter in
            rate.with("meter", meter).with("size", nil).with("quality", nil)
        }
        return offer.with(
            "prices", .list(prices + [last.with("rates", .list(sorted)).with("effective_to", nil)]))
    }

    /// What a name stood for last, or something new in which `change` sets what other entities depend on.
    private mutating func entity(
        _ kind: EntityKind, _ name: String, _ change: (inout Record) -> Void
    ) -> Entity {
        let file = "\(kind.rawValue).schema.json"
        var record: Record
        if let known = drawn[name], !draw.chance(1, of: 3) {
            if draw.chance(1, of: 2) { return known.entity }
            record = draw.varied(known.record, file)
        } else {
            record = draw.record(file)
        }
        change(&record)
        guard let entity = EntityTemplates.entity(kind, Value.record(record).json) else {
            preconditionFailure("what the schema allows is an entity: \(Value.record(record).json)")
        }
        drawn[name] = (record, entity)
        return entity
    }

    private mutating func present(_ ids: [String], all: Bool) -> [String] {
        ids.filter { _ in all || draw.chance(2, of: 3) }
    }
}

extension Value {
    /// The same record with another value behind a name, or with none.
    fileprivate func with(_ name: String, _ value: Value?) -> Value {
        var record = record ?? Record()
        record[name] = value
        return .record(record)
    }
}
