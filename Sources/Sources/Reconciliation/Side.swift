package import Entities
import Text

/// What one side of a comparison says of one model at one provider, and where that comes from.
package struct Statement: Sendable {
    package var listing: Listing
    /// Where all of it comes from and when it was seen there, but for the fields below.
    package var origin: Origin
    /// Fields that come from elsewhere.
    package var otherOrigins: [ListedField: Origin] = [:]
    /// True when there is a price, but in another currency than US dollars: it is not compared.
    package var isPricedOtherwise = false
    /// The registry's model, where the side itself says so.
    package var model: Model.ID?

    package init(_ listing: Listing, origin: Origin) {
        self.listing = listing
        self.origin = origin
    }

    /// Where what is said of a field comes from.
    package func origin(of field: ListedField) -> Origin { otherOrigins[field] ?? origin }
}

/// One of the two sides of a comparison.
package struct Side: Sendable {
    /// `models-dev`, `registry`.
    package let name: String
    /// The file; nil for the registry.
    package let file: String?
    /// Where a snapshot comes from; nil for the registry, whose facts each say so for themselves.
    package let origin: Origin?
    package let statements: [Statement]
    /// Records that were left out.
    package let refusals: [Refusal]

    /// A side from its parts.
    package init(
        name: String, file: String? = nil, origin: Origin? = nil, statements: [Statement],
        refusals: [Refusal] = []
    ) {
        self.name = name
        self.file = file
        self.origin = origin
        self.statements = statements
        self.refusals = refusals
    }

    /// What a snapshot of a source lists. An empty list is a side too, with nothing on it.
    ///
    /// Throws when the snapshot is not the source's at all, or the source lists no offers.
    package init(_ source: SourceName, in snapshot: Snapshot) throws(SourceError) {
        let listings = try ListingImport.listings(of: source, in: snapshot)
        self.init(
            name: source.rawValue, file: snapshot.name, origin: snapshot.origin,
            statements: listings.listings.map { Statement($0, origin: snapshot.origin) },
            refusals: listings.refusals)
    }

    /// The offers of a registry, as they stand from now on. Linear in the registry.
    package init(registry catalog: Catalog) {
        let statements = catalog.mappings.flatMap { mapping in
            mapping.offers.map { $0.statement(of: mapping, in: catalog) }
        }
        self.init(name: "registry", statements: statements)
    }
}

extension Offer {
    /// The offer in the form of a source's listing, with what it takes from its model.
    fileprivate func statement(of mapping: Mapping, in catalog: Catalog) -> Statement {
        let model = catalog.model(mapping.model)
        let period = openPeriod
        var listing = Listing(provider: mapping.provider.text, name: providerModelID)
        listing.otherNames = aliases.filter { $0.match == .exact }.map(\.value)
        listing.title = model?.name
        listing.contextTokens = limits.contextTokens ?? model?.limits?.contextTokens
        listing.maximumInputTokens = limits.maximumInputTokens ?? model?.limits?.maximumInputTokens
        listing.maximumOutputTokens = limits.maximumOutputTokens ?? model?.limits?.maximumOutputTokens
        listing.inputModalities = modalities(\.input, of: model)
        listing.outputModalities = modalities(\.output, of: model)
        listing.precision = quantization?.weights == .unknown ? nil : quantization?.weights
        listing.stage = status.stage
        listing.retiresOn = status.retiresOn
        listing.samplingParameters = samplingParameters
        if let period, period.currency == "USD" { listing.periods = [ListedPeriod(period)] }

        // An offer has no source but that of its prices: who saw one saw the other.
        let seenOn = max(verifiedOn, period?.source.checkedOn ?? verifiedOn)
        var statement = Statement(listing, origin: Origin(url: period?.source.url, seenOn: seenOn))
        statement.otherOrigins = model.map(origins) ?? [:]
        statement.isPricedOtherwise = period.map { $0.currency != "USD" } ?? false
        statement.model = mapping.model
        return statement
    }

    /// Of the fields that the offer leaves to its model.
    private func origins(from model: Model) -> [ListedField: Origin] {
        let limitSource = model.limits?.source ?? model.source
        let own: [(field: ListedField, isOwn: Bool, source: Source)] = [
            (.context, limits.contextTokens != nil, limitSource),
            (.maximumInput, limits.maximumInputTokens != nil, limitSource),
            (.maximumOutput, limits.maximumOutputTokens != nil, limitSource),
            (.inputModalities, modalityChange != nil, model.source),
            (.outputModalities, modalityChange != nil, model.source),
        ]
        var origins: [ListedField: Origin] = [:]
        for (field, isOwn, source) in own where !isOwn {
            origins[field] = Origin(url: source.url, seenOn: source.checkedOn)
        }
        return origins
    }

    private func modalities(_ direction: KeyPath<Modalities, [Modality]>, of model: Model?) -> [Modality] {
        let removed = modalityChange?.removed?[keyPath: direction] ?? []
        let added = modalityChange?.added?[keyPath: direction] ?? []
        return (model?.modalities[keyPath: direction] ?? []).filter { !removed.contains($0) } + added
    }
}

extension ListedPeriod {
    /// The base rates of a period of the registry; those of one size or quality among several are left out.
    fileprivate init(_ period: PricePeriod) {
        self.init(
            from: period.effective.from, until: period.effective.until,
            rates: period.rates.filter { $0.size == nil && $0.quality == nil }.map { rate in
                var listed = ListedRate(meter: rate.meter, price: rate.price, per: rate.per)
                listed.freeReason = rate.freeReason
                return listed
            })
    }
}

extension SourceName {
    /// The sources that list offers of models, and so can be compared.
    package static let listing: [SourceName] = [.modelsDev, .liteLLM, .genAIPrices, .openRouter, .chutes]
}
