package import Entities
package import Text

/// An offer that may take the place of what a line was billed for.
package struct Equivalent: Sendable, Hashable {
    package let provider: Provider.ID
    package let model: Model.ID
    /// The name that a request gives.
    package let name: String
    /// In US dollars.
    package let price: UnitPrice
    package let sourceKind: Source.Kind
    package let checkedOn: CalendarDate
}

/// What the registry knows of one kind of line.
package struct EquivalentPrices: Sendable {
    /// The price that the billed provider lists for the same.
    package fileprivate(set) var listed: UnitPrice?
    /// The middle price of all offers of the same model and meter that cost anything.
    package fileprivate(set) var median: UnitPrice?
    /// The cheapest that is acceptable.
    package fileprivate(set) var best: Equivalent?
    /// Why there is nothing to compare with.
    package fileprivate(set) var gap: InvoiceGap?
}

/// Why nothing can be said of a line that is in order.
package struct InvoiceGap: Sendable, Hashable {
    /// The kinds of reason, which are counted.
    package enum Reason: String, Sendable, CaseIterable {
        case noModel = "no_model"
        case unknownModel = "unknown_model"
        case noMeter = "no_meter"
        case noPrice = "no_price"
        case unitSlip = "probable_unit_error"
    }

    package let reason: Reason
    package let detail: String
}

/// Finds what may take the place of a line: the same model or one that the user accepts, the same meter, in force on the
/// line's day, on the ordinary terms.
struct EquivalentFinder: Sendable {
    private let catalog: Catalog
    private let terms: InvoiceTerms
    private var known: [Key: EquivalentPrices] = [:]

    /// What decides: lines that agree in it have the same answer.
    private struct Key: Hashable {
        let provider: String
        let workload: WorkloadKind
        let dimension: BillingDimension
        let model: String?
        let meter: Meter?
        let day: CalendarDate
        let region: String?
    }

    init(_ catalog: Catalog, _ terms: InvoiceTerms) {
        self.catalog = catalog
        self.terms = terms
    }

    /// Linear in the offers of the acceptable models; once for lines that are alike.
    mutating func prices(for line: InvoiceLine) -> EquivalentPrices {
        let key = Key(
            provider: line.provider, workload: line.workload, dimension: line.unit.dimension,
            model: line.model,
            meter: line.meter, day: line.day, region: line.region)
        if let known = known[key] { return known }
        // An invoice has some hundred kinds of line; one that has more must not grow without end.
        if known.count >= 10_000 { known.removeAll() }
        let prices = found(line)
        known[key] = prices
        return prices
    }

    private func found(_ line: InvoiceLine) -> EquivalentPrices {
        var prices = EquivalentPrices()
        let provider = catalog.provider(named: line.provider)?.id
        let model = line.model.flatMap { self.model(named: $0, at: provider) }
        if let name = line.model, model == nil, terms.floor == .sameModel {
            prices.gap = InvoiceGap(
                reason: .unknownModel, detail: "no model of the registry is called \"\(name)\"")
            return prices
        }
        let own = model.map { offers(of: [$0], for: line) } ?? []
        if line.meter == nil, terms.outputMillionths == nil {
            prices.gap = InvoiceGap(
                reason: .noMeter,
                detail:
                    "tokens of \(line.workload.rawValue) without a meter (input_text, output_text, cache_read …); "
                    + "add the column, or give --output-ratio")
        }
        let allowed: [Equivalent]
        switch terms.floor {
        case .sameModel: allowed = own
        case .models(let models): allowed = own + offers(of: models.filter { $0 != model }, for: line)
        case .anyModel: allowed = offers(of: catalog.models.map(\.id), for: line)
        }
        if line.model == nil, terms.floor == .sameModel {
            prices.gap =
                prices.gap
                ?? InvoiceGap(
                    reason: .noModel,
                    detail:
                        "names no model; add a column \"model\", or say with --floor which may take its place"
                )
        }
        prices.listed = own.filter { $0.provider == provider }.map(\.price).min { $0.isBelow($1) }
        let reference = own.map(\.price).filter { $0.amount > .zero }.sorted { $0.isBelow($1) }
        prices.median = reference.isEmpty ? nil : reference[reference.count / 2]
        if prices.gap == nil {
            prices.best = allowed.filter(isWanted).min(by: EquivalentFinder.precedes)
            if allowed.isEmpty {
                prices.gap = InvoiceGap(
                    reason: .noPrice,
                    detail: mismatch(model, line)
                        ?? "no price of \(line.meter?.rawValue ?? "this mix") by the \(line.unit.dimension.rawValue) "
                        + "is known on \(line.day)")
            }
        }
        return prices
    }

    /// Words for a model that does other work than the line says; nil where it does that work.
    private func mismatch(_ model: Model.ID?, _ line: InvoiceLine) -> String? {
        guard let model, let known = catalog.model(model).map({ WorkloadKind(of: $0) }),
            known != line.workload
        else {
            return nil
        }
        return "\(model) is sold for \(known.rawValue), the line says \(line.workload.rawValue)"
    }

    private func isWanted(_ offer: Equivalent) -> Bool {
        (terms.providers?.contains(offer.provider) ?? true)
            && (terms.includesFree || offer.price.amount > .zero)
    }

    /// By price, then by trust, the newer look, provider and name: a total order.
    private static func precedes(_ left: Equivalent, _ right: Equivalent) -> Bool {
        if left.price.isBelow(right.price) { return true }
        if right.price.isBelow(left.price) { return false }
        let ranks = (Confidence(in: left.sourceKind).rank, Confidence(in: right.sourceKind).rank)
        if ranks.0 != ranks.1 { return ranks.0 > ranks.1 }
        if left.checkedOn != right.checkedOn { return left.checkedOn > right.checkedOn }
        if left.provider != right.provider { return left.provider < right.provider }
        return left.model != right.model ? left.model < right.model : left.name < right.name
    }

    /// The model of a name: the registry's, or the one under which the provider sells it, or its part after the vendor.
    private func model(named name: String, at provider: Provider.ID?) -> Model.ID? {
        if let provider, let match = catalog.offer(named: name, atProvider: provider) {
            return match.mapping.model
        }
        if let model = catalog.model(named: name) { return model.id }
        let ending = "/" + name.lowercased()
        let alike = catalog.models.filter { $0.id.text.hasSuffix(ending) }
        return alike.count == 1 ? alike[0].id : nil
    }

    /// The offers of some models that do what the line was billed for, dollars by the line's dimension.
    private func offers(of models: [Model.ID], for line: InvoiceLine) -> [Equivalent] {
        models.filter { catalog.model($0).map { WorkloadKind(of: $0) } == line.workload }.flatMap { model in
            catalog.pricedOffers(of: model, on: line.day).compactMap { offer in
                guard offer.isStandard, offer.isOnSale, isNear(offer, line),
                    let price = price(of: offer, for: line),
                    let dollars = terms.exchangeRates.dollars(
                        price.amount, in: offer.period.currency, on: line.day)
                else { return nil }
                return Equivalent(
                    provider: offer.provider, model: offer.model, name: offer.name,
                    price: UnitPrice(dollars, per: price.unit), sourceKind: offer.period.source.kind,
                    checkedOn: offer.period.source.checkedOn)
            }
        }
    }

    private func isNear(_ offer: PricedOffer, _ line: InvoiceLine) -> Bool {
        guard !terms.crossesRegions, let wanted = line.region, let region = offer.region else { return true }
        return wanted.lowercased() == region.lowercased()
    }

    /// The price of the line's own meter, whatever the time unit, or of the mix that the user states.
    private func price(of offer: PricedOffer, for line: InvoiceLine) -> UnitPrice? {
        guard let meter = line.meter else {
            guard let output = terms.outputMillionths, line.unit.dimension == .token else { return nil }
            return EffectivePrice(of: offer, for: TokenMix(outputMillionths: output)).price.amount.map {
                UnitPrice($0, per: BillingUnit(.token, size: 1_000_000))
            }
        }
        if meter.billingUnit.dimension == .token { return offer.rate(of: meter).map { UnitPrice($0) } }
        // What a size or a quality costs is no price of a line that states neither.
        return offer.rates.filter {
            $0.meter.billingUnit.dimension == line.unit.dimension && $0.size == nil && $0.quality == nil
        }
        .map { UnitPrice($0) }.min { $0.isBelow($1) }
    }
}
