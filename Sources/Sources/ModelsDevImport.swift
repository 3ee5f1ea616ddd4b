import Documents
package import Entities
import Text

/// models.dev as files of the registry: its base models, the providers that serve any of them, and their offers.
package enum ModelsDevImport {
    /// Reads one snapshot of `api.json`.
    ///
    /// Throws when it is not JSON, or has no provider. Linear in the bytes, but for names that no model has.
    package static func harvest(
        from snapshot: Snapshot, knowing catalog: Catalog
    ) throws(SourceError) -> Harvest {
        let file = try snapshot.json()
        let providers = ModelsDev.providers(in: file)
        guard !providers.isEmpty else {
            throw SourceError("\"\(snapshot.name)\" is not models.dev's: no provider with models in it")
        }
        var harvest = Harvest()
        var models = ModelsDevModels(catalog: catalog, origin: snapshot.origin)
        models.take(ModelsDev.models(in: file))
        harvest.proposals += models.proposals

        let listings = ModelsDev.listings(in: file)
        harvest.refusals += models.refusals + listings.refusals
        var offers = OfferHarvest(
            catalog: catalog, names: models.names, modelLimits: models.limits, origin: snapshot.origin,
            kind: .thirdParty)
        let ids = Dictionary(
            providers.map { ($0.id, ModelsDevProviders.id(of: $0, in: catalog)) },
            uniquingKeysWith: { first, _ in first })
        for listing in listings.listings {
            guard let provider = ids[listing.provider] ?? nil else { continue }
            offers.take(listing, atProvider: provider)
        }
        harvest.proposals += offers.proposals
        harvest.refusals += offers.refusals
        harvest.nameProposals = offers.nameProposals

        let served = Set(offers.proposals.compactMap { $0.record["provider"]?.text })
        for provider in providers {
            guard let id = ids[provider.id] ?? nil, served.contains(id) else { continue }
            let proposal = ModelsDevProviders.proposal(provider, id: id, origin: snapshot.origin)
            if !harvest.proposals.contains(where: { $0.path == proposal.path }) {
                harvest.proposals.append(proposal)
            }
        }
        return harvest
    }
}
