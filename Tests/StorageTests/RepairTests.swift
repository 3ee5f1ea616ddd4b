import Postgres
import TestKit
import Testing

@testable import Storage

/// What `ingest --repair` keeps, and who may come between.
@Suite struct RepairTests {
    @Test func `a repair that brings another commit in keeps the prices that it ends`() throws {
        var synthetic = SyntheticCatalog(offerCount: 20)
        let before = synthetic.catalog
        synthetic.change(each: 7)
        try withDatabase { settings in
            try ingest(1, before, settings)
            var options = Ingest.Options.retiring
            options.repairs = true
            try ingest(2, synthetic.catalog, settings, options: options)
            var connection = try Connection.open(settings)
            let history = """
                SELECT count(*) FROM price_rates AS rate JOIN price_periods AS period
                ON period.model_id = rate.model_id AND period.period_id = rate.period_id
                WHERE period.superseded_generation = 2
                """
            #expect(try number(&connection, history) > 0)
        }
    }

    @Test func `a later commit that comes at any step of a repair of an earlier one is what stands`() throws {
        var synthetic = SyntheticCatalog(offerCount: 20)
        let before = try CatalogRows(synthetic.catalog)
        synthetic.change(each: 7)
        let after = try CatalogRows(synthetic.catalog)
        try withDatabase { settings in
            var connection = try Connection.open(settings)
            var options = Ingest.Options.retiring
            options.repairs = true
            var call = 0
            while true {
                call += 1
                try empty(&connection)
                _ = try Ingest(.example(1), into: settings, .quiet).run(before)
                let plan = FaultPlan(
                    .after { _ = try? Ingest(.example(2), into: settings, .quiet).run(after) }, atCall: call)
                var paused = settings
                paused.faults = plan
                _ = try Ingest(.example(1), into: paused, .quiet, options: options).run(before) {
                    (stored) throws(StorageError) in stored == "commit-2" ? .ancestor : .descendant
                }
                guard plan.hasStruck else { break }
                let state = try #require(try RegistryState.read(&connection))
                #expect(state.commit == "commit-2", "call \(call): generation \(state.generation)")
            }
        }
    }
}
