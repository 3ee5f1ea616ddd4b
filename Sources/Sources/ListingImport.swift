import Documents
package import Entities
import Text

/// Sources that list offers of models which the registry knows: prices and limits, no models of their own.
package enum ListingImport {
    /// Reads one snapshot of such a source.
    ///
    /// Throws when it is not the source's at all.
    package static func harvest(
        of source: SourceName, from snapshot: Snapshot, knowing catalog: Catalog
    ) throws(SourceError) -> Harvest {
        let listings = try listings(of: source, in: snapshot)
        guard !listings.listings.isEmpty else {
            throw SourceError(
                "\"\(snapshot.name)\" is not \(source.rawValue)'s: nothing that it would hold is in it")
        }
        var harvest = Harvest()
        harvest.refusals = listings.refusals
        var offers = OfferHarvest(
            catalog: catalog, names: ModelNames(catalog), origin: snapshot.origin,
            kind: source == .openRouter || source == .chutes ? .providerAPI : .thirdParty)
        var unknown: [String: Int] = [:]
        for listing in listings.listings {
            let subject = "\(listing.provider)/\(listing.name)"
            if source == .liteLLM || source == .genAIPrices {
                // Lists of prices: they know an offer by its price, and resellers under names of their own making.
                guard !listing.periods.isEmpty else {
                    harvest.refusals.append(
                        Refusal(.noPrice, subject, "no price that can be believed, so no offer"))
                    continue
                }
                guard listing.provider != "openrouter", !listing.provider.hasPrefix("huggingface_") else {
                    harvest.refusals.append(
                        Refusal(
                            .notComparable, subject, "a reseller, whose own interface says what it charges"))
                    continue
                }
            }
            guard let provider = catalog.provider(named: listing.provider) else {
                unknown[listing.provider, default: 0] += 1
                continue
            }
            offers.take(listing, atProvider: provider.id.text)
        }
        for (provider, count) in unknown.sorted(by: { $0.key < $1.key }) {
            harvest.refusals.append(
                Refusal(.unknownProvider, provider, "\(count) offers of a provider that the registry has not")
            )
        }
        harvest.proposals = offers.proposals
        harvest.refusals += offers.refusals
        harvest.nameProposals = offers.nameProposals
        return harvest
    }

    /// What a snapshot of a source lists; of models.dev without its base models.
    ///
    /// Throws when it is not the source's at all.
    package static func listings(of source: SourceName, in snapshot: Snapshot) throws(SourceError) -> Listings
    {
        let file = try snapshot.json()
        switch source {
        case .modelsDev: return ModelsDev.listings(in: file)
        case .liteLLM: return LiteLLM.listings(in: file, seenOn: snapshot.origin.seenOn)
        case .genAIPrices: return GenAIPrices.listings(in: file, seenOn: snapshot.origin.seenOn)
        case .openRouter: return OpenRouter.listings(in: file)
        case .chutes: return try Chutes.listings(in: file, named: snapshot.name)
        case .huggingFace, .priceCSV, .accelerators:
            throw SourceError("\(source.rawValue) lists no offers of models")
        }
    }
}
