import Entities
import Postgres
import TestKit
import Testing

@testable import Storage

/// Wherever the database comes from, afterwards it holds what the commit says.
@Suite struct ConvergenceTests {
    /// Two hundred registries, drawn from the schemas, and more until every column of every table has differed once. Large
    /// ones stand between: into a large one from a small one, from one large one to another, and back.
    @Test func `an ingest over another equals an ingest into nothing`() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("convergence: seed \(seed)")
        var registry = RandomRegistry(seed: seed)
        var coverage = ColumnCoverage()
        var before: CatalogRows?
        var number = 0
        try withDatabase { worn in
            try withDatabase { fresh in
                var old = try Connection.open(worn)
                var new = try Connection.open(fresh)
                while number < 200 || number < 1_000 && !coverage.missing.isEmpty {
                    number += 1
                    let isLarge = number == 100 || number == 101
                    let rows = try CatalogRows(registry.next(isLarge: isLarge))
                    let plan = try Self.bring(number, rows, worn).plan
                    try empty(&new)
                    try Self.bring(1, rows, fresh)
                    let isEqual = try contents(&old) == contents(&new)
                    try #require(isEqual, "seed \(seed), registry \(number)")
                    if isLarge {
                        expectLargeWays(plan, rows, after: before, "seed \(seed), registry \(number)")
                    }
                    if let before { coverage.note(before, rows) }
                    before = rows
                }
                #expect(try RegistryState.read(&old)?.generation == number)
            }
        }
        #expect(coverage.missing == [], "seed \(seed): columns that never differed")
    }

    @discardableResult
    private static func bring(
        _ number: Int, _ rows: CatalogRows, _ settings: ConnectionSettings
    ) throws -> Ingest.Outcome {
        try Ingest(.example(number), into: settings, .quiet, options: .retiring).run(rows)
    }

    /// Large is what leaves keys out of a first load, and what has its columns compared before the lock.
    private func expectLargeWays(
        _ plan: IngestPlan?, _ rows: CatalogRows, after before: CatalogRows?, _ label: String
    ) {
        #expect(RandomRegistry.largeOfferCount >= 2_050)
        #expect(rows[.offers].rows.count == RandomRegistry.largeOfferCount, "\(label)")
        guard before?[.offers].rows.count == RandomRegistry.largeOfferCount else { return }
        #expect(plan.map { (50...10_000).contains($0[.offers].changed.count) } == true, "\(label)")
        #expect(plan?[.offers].differingColumns?.isEmpty == false, "\(label)")
    }

    @Test func `what was copied in one go is what was written row by row`() throws {
        let catalog = SyntheticCatalog(offerCount: 300).catalog
        try withDatabase { settings in
            var connection = try Connection.open(settings)
            try ingest(1, catalog, settings)
            let copied = try contents(&connection)
            try empty(&connection)
            // One retired row, and it is no first load any more.
            var models = SyntheticCatalog(offerCount: 1).models
            models[0].id = "vendor/gone"
            try ingest(1, Catalog(models.map(Entity.model)), settings)
            try ingest(2, catalog, settings)
            #expect(try contents(&connection) == copied)
        }
    }

    @Test func `what vanishes is retired, and returns as it was`() throws {
        var catalogs = [SyntheticCatalog(offerCount: 60), SyntheticCatalog(offerCount: 60)]
        let whole = catalogs[0].catalog
        let gone = catalogs[1].models[1].id
        try withDatabase { settings in
            var connection = try Connection.open(settings)
            try ingest(1, whole, settings)
            let before = try contents(&connection)
            let rest = Catalog(
                catalogs[1].models.filter { $0.id != gone }.map(Entity.model)
                    + catalogs[1].providers.map(Entity.provider)
                    + catalogs[1].mappings.filter { $0.model != gone }.map(Entity.mapping))
            try ingest(2, rest, settings)
            let current = try number(
                &connection, "SELECT count(*) FROM offers WHERE model_id = $1 AND retired_at IS NULL",
                [.text(gone.text)])
            let retired = try number(
                &connection, "SELECT count(*) FROM offers WHERE model_id = $1 AND retired_generation = 2",
                [.text(gone.text)])
            #expect(current == 0)
            #expect(retired == 20)
            let returned = try ingest(3, whole, settings).plan
            #expect(returned?.totals.returned == 22)
            #expect(returned?.totals.added == 0)
            #expect(try contents(&connection) == before)
        }
        catalogs.removeAll()
    }

    @Test func `a price that changes in place stays readable as history`() throws {
        var synthetic = SyntheticCatalog(offerCount: 20)
        let before = synthetic.catalog
        synthetic.change(each: 7)
        try withDatabase { settings in
            var connection = try Connection.open(settings)
            try ingest(1, before, settings)
            let old = try contents(&connection)
            let plan = try ingest(2, synthetic.catalog, settings).plan
            #expect(plan?[.pricePeriods].ended.isEmpty == false)
            let history = """
                SELECT count(*) FROM price_rates AS rate JOIN price_periods AS period
                ON period.model_id = rate.model_id AND period.period_id = rate.period_id
                WHERE period.superseded_generation = 2
                """
            #expect(try number(&connection, history) > 0)
            try ingest(3, before, settings)
            #expect(try contents(&connection) == old)
        }
    }
}
