import Entities
import Postgres
import Storage
import TestKit
import Testing

@Suite struct ProbeTests {
    @Test func `templates decode and go in`() throws {
        var synthetic = SyntheticCatalog(offerCount: 200)
        try ScratchDatabase.withSchema { settings in
            var connection = try Connection.open(settings)
            try RegistryMigrations.runner.migrate(&connection)
            _ = try Ingest(.example(1), into: settings, .quiet).run(CatalogRows(synthetic.catalog))
            synthetic.change(each: 10)
            let rows = try CatalogRows(synthetic.catalog)
            let outcome = try Ingest(.example(2), into: settings, .quiet).run(rows)
            if case .done(let plan, _, _) = outcome { print(PlanSummary(plan, rows).text) }
        }
    }
}
