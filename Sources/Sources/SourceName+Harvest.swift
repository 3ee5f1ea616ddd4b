package import Entities

extension SourceName {
    /// What snapshots of the source say, as proposals for a registry.
    ///
    /// Throws when a file is not the source's at all.
    package func harvest(
        from snapshots: [Snapshot], knowing catalog: Catalog
    ) throws(SourceError) -> Harvest {
        // What one repository's files say belongs together.
        if self == .huggingFace {
            return try HuggingFaceImport.harvest(from: snapshots, knowing: catalog)
        }
        var all = Harvest()
        for snapshot in snapshots {
            let one =
                switch self {
                case .modelsDev: try ModelsDevImport.harvest(from: snapshot, knowing: catalog)
                case .liteLLM, .genAIPrices, .openRouter, .chutes:
                    try ListingImport.harvest(of: self, from: snapshot, knowing: catalog)
                case .priceCSV: try PriceTable.harvest(from: snapshot, knowing: catalog)
                case .accelerators: try AcceleratorTable.harvest(from: snapshot, knowing: catalog)
                case .huggingFace: Harvest()
                }
            all.proposals += one.proposals
            all.refusals += one.refusals
            all.nameProposals += one.nameProposals
            all.alarms += one.alarms
        }
        return all
    }
}
