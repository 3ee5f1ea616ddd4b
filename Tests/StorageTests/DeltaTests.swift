import Entities
import Postgres
import TestKit
import Testing

@testable import Storage

/// What is sent of rows that differ, and that it is enough: many rows, of which only the columns that differ travel,
/// and tables so large that their keys are not read at first.
@Suite struct DeltaTests {
    /// What the database holds, against what an empty one would hold after the same ingest.
    private func expectAsAfterFirstLoad(
        _ catalog: Catalog, _ settings: ConnectionSettings, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        var connection = try Connection.open(settings)
        let delta = try contents(&connection)
        try empty(&connection)
        try ingest(1, catalog, settings)
        #expect(try contents(&connection) == delta, sourceLocation: sourceLocation)
    }

    /// A catalog, and the same with every so-many-th offer changed.
    private static func pair(_ offerCount: Int, changedEach step: Int) -> (before: Catalog, after: Catalog) {
        var synthetic = SyntheticCatalog(offerCount: offerCount)
        let before = synthetic.catalog
        synthetic.change(each: step)
        return (before, synthetic.catalog)
    }

    /// The names of the columns that a plan changes in offers that are there.
    private static func updatedColumns(_ plan: IngestPlan) -> [String] {
        plan[.offers].updatedColumns.map { Table.offers.schema.columns[$0] }
    }

    @Test func `of many changed offers only the columns that differ are sent, and all are as wanted`() throws
    {
        let (before, after) = Self.pair(1_000, changedEach: 10)
        try withDatabase { settings in
            try ingest(1, before, settings)
            let plan = try #require(try ingest(2, after, settings).plan)
            #expect(plan[.offers].changed.count == 90)
            let columns = Self.updatedColumns(plan)
            #expect(
                columns == [
                    "model_id", "provider_id", "provider_model_id", "maximum_output_tokens",
                    "input_per_million", "verified_on", "content_hash",
                ])
            try expectAsAfterFirstLoad(after, settings)
        }
    }

    @Test func `a column that somebody's hand changed is written with those that differ`() throws {
        let (before, after) = Self.pair(1_000, changedEach: 10)
        try withDatabase { settings in
            try ingest(1, before, settings)
            var connection = try Connection.open(settings)
            try connection.execute("UPDATE offers SET region = 'nowhere', stage = 'retired'")
            let plan = try #require(try ingest(2, after, settings).plan)
            let columns = Self.updatedColumns(plan)
            #expect(columns.contains("region") && columns.contains("stage"))
            let rows = try CatalogRows(after)
            let differing = try Verification.run(rows, in: settings).differences.count
            #expect(differing == 1_000 - 100)
        }
    }

    @Test func `many offers changed at random become what an empty database would get`() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("random changes of offers: seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        var synthetic = SyntheticCatalog(offerCount: 200)
        try withDatabase { settings in
            try ingest(1, synthetic.catalog, settings)
            for round in 2...7 {
                // Values come, change and go: a null that is to be written is as much as any value.
                synthetic.changeOffers { offer in
                    func maybe() -> Int? {
                        Bool.random(using: &generator) ? .random(in: 1...9, using: &generator) : nil
                    }
                    guard Int.random(in: 0..<3, using: &generator) > 0 else { return }
                    offer.limits.contextTokens = maybe().map { $0 * 1_000 }
                    offer.limits.maximumInputTokens = round % 2 == 0 ? nil : maybe()
                    offer.region = maybe().map { "region-\($0)" }
                    offer.extendsContext = Bool.random(using: &generator)
                    if round % 3 == 0 { offer.modalityChange = nil }
                    if round % 3 == 1 { offer.capabilityChange = nil }
                    if round == 5 { offer.prices.removeAll() }
                }
                let plan = try #require(try ingest(round, synthetic.catalog, settings).plan)
                #expect(plan[.offers].changed.count >= 50, "seed \(seed)")
                let rows = try CatalogRows(synthetic.catalog)
                let differences = try Verification.run(rows, in: settings).differences
                #expect(differences.isEmpty, "seed \(seed), round \(round): \(differences.prefix(3))")
            }
        }
    }

    @Test func `many offers that had ended return as they are wanted`() throws {
        let synthetic = SyntheticCatalog(offerCount: 400)
        let catalog = synthetic.catalog
        let without = Catalog(
            synthetic.models.map(Entity.model) + synthetic.providers.map(Entity.provider)
                + synthetic.mappings.prefix(300).map(Entity.mapping))
        try withDatabase { settings in
            try ingest(1, catalog, settings)
            #expect(try ingest(2, without, settings).plan?[.offers].ended.count == 100)
            #expect(try ingest(3, catalog, settings).plan?[.offers].returned.count == 100)
            var connection = try Connection.open(settings)
            let ended = try number(
                &connection, "SELECT count(*) FROM offers WHERE retired_at IS NOT NULL")
            #expect(ended == 0)
            try expectAsAfterFirstLoad(catalog, settings)
        }
    }

    @Test func `a table too large to read its keys at once is compared by its hashes`() throws {
        let (before, after) = Self.pair(5_200, changedEach: 100)
        try withDatabase { settings in
            try ingest(1, before, settings)
            let plan = try #require(try ingest(2, after, settings).plan)
            #expect(plan[.offers].changed.count == 46)
            #expect(plan[.offers].added.count == 6)
            #expect(plan[.offers].ended.count == 6)
            // The way back: what had ended returns.
            let back = try #require(try ingest(3, before, settings).plan)
            #expect(back[.offers].returned.count == 6)
            try expectAsAfterFirstLoad(before, settings)
        }
    }
}
