import Documents
package import Entities
import Text

/// Turns listings into mapping files: each under the model that its name stands for.
package struct OfferHarvest {
    private let catalog: Catalog
    private let names: ModelNames
    /// The limits of the models, by id.
    private let modelLimits: [String: TokenLimits]
    private let origin: Origin
    /// What kind of source the listings are.
    private let kind: Source.Kind
    private var files: [String: (provider: String, model: String, offers: [Value])] = [:]
    private var seen: Set<String> = []
    package private(set) var refusals: [Refusal] = []
    package private(set) var nameProposals: [NameProposal] = []

    package init(
        catalog: Catalog, names: ModelNames, modelLimits: [String: TokenLimits]? = nil, origin: Origin,
        kind: Source.Kind
    ) {
        self.catalog = catalog
        self.names = names
        self.modelLimits = modelLimits ?? catalog.tokenLimits
        self.origin = origin
        self.kind = kind
    }

    /// The proposed files, by path.
    package var proposals: [Proposal] {
        files.sorted { $0.key < $1.key }.map { path, file in
            Proposal(
                path: path,
                record: Record([
                    ("schema", "mapping/v1"), ("provider", .text(file.provider)),
                    ("model", .text(file.model)),
                    ("offers", .list(file.offers.sorted(by: OfferHarvest.precedes))),
                ]))
        }
    }

    /// The order of offers in a file: by name, ignoring case as names do.
    private static func precedes(_ offer: Value, _ other: Value) -> Bool {
        let names = [offer, other].map { $0["provider_model_id"]?.text?.lowercased() ?? "" }
        return names[0] < names[1]
    }

    /// Takes a listing of a provider, whose id in the registry is known, if it is one of a known model.
    package mutating func take(_ listing: Listing, atProvider provider: String) {
        let subject = "\(listing.provider)/\(listing.name)"
        guard listing.name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            return refuse(.unreadable, subject, "the name holds characters that no request takes")
        }
        guard let match = model(of: listing, atProvider: provider) else {
            refuse(.unknownModel, subject, "no model of the registry is called so")
            nameProposals += names.proposals(for: listing.name).prefix(1)
            return
        }
        guard seen.insert("\(provider)\n\(listing.name.lowercased())").inserted else {
            return refuse(.repeated, subject, "\"\(provider)\" has an offer of that name already")
        }
        if let known = catalog.offer(named: listing.name, atProvider: Provider.ID(provider))?.offer,
            known.providerModelID.lowercased() != listing.name.lowercased()
        {
            return refuse(.repeated, subject, "the same as \"\(known.providerModelID)\", whose alias it is")
        }
        if listing.periods.isEmpty { refuse(.noPrice, subject, "no price is said, so none is written") }
        let offer = offer(listing, match)
        let path = "mappings/\(provider)/\(match.model).yaml"
        files[path, default: (provider, match.model, [])].offers.append(.record(offer))
    }

    /// An offer that the registry has already keeps its model.
    private func model(of listing: Listing, atProvider provider: String) -> ModelNames.Match? {
        let match = names.match(listing.otherNames + [listing.name])
        if let known = catalog.offer(named: listing.name, atProvider: Provider.ID(provider)) {
            return ModelNames.Match(
                model: known.mapping.model.text, rules: [.exact], precision: match?.precision)
        }
        return match
    }

    private mutating func offer(_ listing: Listing, _ match: ModelNames.Match) -> Record {
        var offer = Record([
            ("provider_model_id", .text(listing.name)), ("mode", "serverless"), ("tier", "standard"),
        ])
        let limits = limits(of: listing, within: modelLimits[match.model])
        if !limits.isEmpty { offer["limits"] = .record(limits) }
        if let precision = listing.precision ?? ModelNames.precision(in: listing.name) {
            offer["quantization"] = [("weights", Value.text(precision.rawValue))].record
        }
        if !listing.samplingParameters.isEmpty {
            offer["sampling_parameters"] = .list(listing.samplingParameters.map { .text($0.rawValue) })
        }
        let context = limits["context"]?.integer ?? modelLimits[match.model]?.contextTokens
        let periods = listing.periods.map { reachable($0, of: listing, context: context) }
        if !periods.isEmpty { offer["prices"] = .list(periods.map { $0.value(seen: origin, kind: kind) }) }
        // Who is known to go is advised against from then on.
        let isLeaving = listing.retiresOn != nil && listing.stage == .active
        var status = Record([("stage", .text((isLeaving ? Status.Stage.deprecated : listing.stage).rawValue))]
        )
        status["retires_on"] = listing.retiresOn.map { .text($0.description) }
        offer["status"] = .record(status)
        offer["verified_on"] = .text(origin.seenOn.description)
        return offer
    }

    /// The limits that can be true: what is above the context, or above the model's own limit, is a fault of the source.
    private mutating func limits(of listing: Listing, within model: TokenLimits?) -> Record {
        let subject = "\(listing.provider)/\(listing.name)"
        var context = listing.contextTokens
        if let own = context, let most = model?.contextTokens, own > most {
            refuse(.implausibleLimit, subject, "a context of \(own) tokens, but the model has \(most)")
            context = nil
        }
        let ceiling = context ?? model?.contextTokens
        var record = Record()
        if let context, context != model?.contextTokens { record["context"] = Value(context) }
        for (name, limit, most) in [
            ("max_input", listing.maximumInputTokens, model?.maximumInputTokens),
            ("max_output", listing.maximumOutputTokens, model?.maximumOutputTokens),
        ] {
            guard let limit, limit != most else { continue }
            if let ceiling = [ceiling, most].compactMap({ $0 }).min(), limit > ceiling {
                refuse(
                    .implausibleLimit, subject, "\(name) of \(limit) tokens, but at most \(ceiling) can be")
            } else {
                record[name] = Value(limit)
            }
        }
        return record
    }

    /// The period without tiers that no request of the offer can reach.
    private mutating func reachable(
        _ period: ListedPeriod, of listing: Listing, context: Int?
    ) -> ListedPeriod {
        guard let context else { return period }
        for tier in period.tiers where tier.fromTokens >= context {
            refuse(
                .implausibleLimit, "\(listing.provider)/\(listing.name)",
                "a price tier from \(tier.fromTokens) tokens in a context of \(context)")
        }
        var period = period
        period.tiers.removeAll { $0.fromTokens >= context }
        return period
    }

    private mutating func refuse(_ reason: Refusal.Reason, _ subject: String, _ detail: String) {
        refusals.append(Refusal(reason, subject, detail))
    }
}

extension Catalog {
    /// The limits of every model that has any, by id.
    var tokenLimits: [String: TokenLimits] {
        var limits: [String: TokenLimits] = [:]
        for model in models {
            guard let own = model.limits else { continue }
            limits[model.id.text] = TokenLimits(
                contextTokens: own.contextTokens, maximumInputTokens: own.maximumInputTokens,
                maximumOutputTokens: own.maximumOutputTokens)
        }
        return limits
    }
}
