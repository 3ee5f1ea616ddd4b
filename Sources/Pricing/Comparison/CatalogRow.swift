package import Entities
package import Text

/// One price of one thing that is sold, in US dollars: the canonical row of a price list.
package struct CatalogRow: Sendable {
    package var workload: WorkloadKind
    package var provider: String
    /// What a bill calls it: the name that a request gives, with the terms where they are not the ordinary ones.
    package var skuKey: String
    package var skuName: String
    /// The model's id.
    package var modelKey: String
    /// `per_token`, `per_unit`, or the mode of an offer that is not served at once.
    package var billingMode: String
    package var price: UnitPrice
    /// Nil when it holds everywhere.
    package var region: String?
    package var sourceURL: String?
    package var sourceDate: CalendarDate
    package var confidence: Confidence
    package var sourceKind: String
    /// The meter that is priced; nil for a mix of tokens.
    package var meter: Meter?
    /// False for batches, reserved capacity and other classes of service, which are no substitute for the ordinary.
    package var isOrdinary = true
    /// What one replica does in an hour, in the dimension's own unit; nil where unknown, or where nothing is replicated.
    package var unitsPerHour: Double?

    package init(
        workload: WorkloadKind, provider: String, skuKey: String, skuName: String, modelKey: String,
        billingMode: String,
        price: UnitPrice, region: String? = nil, sourceURL: String? = nil, sourceDate: CalendarDate,
        confidence: Confidence, sourceKind: String, meter: Meter? = nil, unitsPerHour: Double? = nil
    ) {
        self.workload = workload
        self.provider = provider
        self.skuKey = skuKey
        self.skuName = skuName
        self.modelKey = modelKey
        self.billingMode = billingMode
        self.price = price
        self.region = region
        self.sourceURL = sourceURL
        self.sourceDate = sourceDate
        self.confidence = confidence
        self.sourceKind = sourceKind
        self.meter = meter
        self.unitsPerHour = unitsPerHour
    }

    /// The names of the columns that other tools expect, in their order.
    package static let columns = [
        "provider", "workload_type", "sku_key", "sku_name", "model_key", "billing_mode", "unit_price_usd",
        "unit_name",
        "region", "source_url", "source_date", "confidence", "source_kind",
    ]

    /// The row under those columns.
    package var fields: [String] {
        [
            provider, workload.rawValue, skuKey, skuName, modelKey, billingMode, price.amount.description,
            price.unit.name, region ?? "global", sourceURL ?? "", sourceDate.description, confidence.rawValue,
            sourceKind,
        ]
    }
}

/// What of the offers becomes rows, and how their prices become dollars.
package struct CatalogSelection: Sendable {
    package var day: CalendarDate
    package var exchangeRates = ExchangeRates([])
    /// What language models are priced by; nil makes a row of every rate.
    package var mix: TokenMix?

    package init(day: CalendarDate, mix: TokenMix? = nil) {
        self.day = day
        self.mix = mix
    }
}

/// Rows, and what could not become one.
package struct CatalogRows: Sendable {
    package fileprivate(set) var rows: [CatalogRow] = []
    /// Offers of a mix of which a part has no known price.
    package fileprivate(set) var incompleteCount = 0
    /// Prices in a currency of which no rate was given.
    package fileprivate(set) var otherCurrencyCount = 0
}

extension Catalog {
    /// The prices of offers on sale, in the order of the catalog; of language models either one for a mix of tokens or one
    /// for each meter.
    package func rows(_ selection: CatalogSelection) -> CatalogRows {
        var rows = CatalogRows()
        for offer in pricedOffers(on: selection.day) where offer.isOnSale {
            guard let model = model(offer.model) else { continue }
            let workload = WorkloadKind(of: model)
            if workload == .llm, let mix = selection.mix {
                guard let amount = EffectivePrice(of: offer, for: mix).price.amount else {
                    rows.incompleteCount += 1
                    continue
                }
                rows.add(
                    offer, model, workload, UnitPrice(amount, per: workload.comparableUnit), nil, selection)
            } else {
                for rate in offer.rates { rows.add(offer, model, workload, UnitPrice(rate), rate, selection) }
            }
        }
        return rows
    }
}

extension CatalogRows {
    fileprivate mutating func add(
        _ offer: PricedOffer, _ model: Model, _ workload: WorkloadKind, _ price: UnitPrice, _ rate: Rate?,
        _ selection: CatalogSelection
    ) {
        guard
            let dollars = selection.exchangeRates.dollars(
                price.amount, in: offer.period.currency, on: selection.day)
        else {
            otherCurrencyCount += 1
            return
        }
        let terms = [
            offer.mode == .serverless ? nil : offer.mode.rawValue,
            offer.tier == .standard ? nil : offer.tier.rawValue,
            rate?.size, rate?.quality,
        ].compactMap { $0 }
        let ordinary = price.unit.dimension == .token ? "per_token" : "per_unit"
        var row = CatalogRow(
            workload: workload, provider: offer.provider.text,
            skuKey: ([offer.name] + terms + (rate.map { [$0.meter.rawValue] } ?? [])).joined(
                separator: ":"),
            skuName: ([model.name] + terms).joined(separator: " "), modelKey: model.id.text,
            billingMode: offer.mode == .serverless ? ordinary : offer.mode.rawValue,
            price: UnitPrice(dollars, per: price.unit), region: offer.region,
            sourceURL: offer.period.source.url,
            sourceDate: offer.period.source.checkedOn,
            confidence: Confidence(in: offer.period.source.kind),
            sourceKind: offer.period.source.kind.rawValue, meter: rate?.meter,
            unitsPerHour: offer.replicaUnitsPerHour(price))
        row.isOrdinary = offer.isStandard
        rows.append(row)
    }
}

extension PricedOffer {
    /// What was measured of one replica; an offer that is served at once has none.
    fileprivate func replicaUnitsPerHour(_ price: UnitPrice) -> Double? {
        guard mode == .dedicated || mode == .provisioned, price.unit.dimension == .token else { return nil }
        return performance?.outputTokensPerSecond.map { $0.approximate * 3_600 }
    }
}
