import Entities
import Postgres
import Synchronization
import TestKit
import Testing

@testable import Storage

/// What is not done, and how it is said.
@Suite struct RefusalTests {
    private static let catalog = SyntheticCatalog(offerCount: 240).catalog

    /// The catalog without the offers of a number of providers.
    private static func without(providers count: Int) -> Catalog {
        let synthetic = SyntheticCatalog(offerCount: 240)
        let gone = Set(synthetic.providers.prefix(count).map(\.id))
        return Catalog(
            synthetic.models.map(Entity.model) + synthetic.providers.map(Entity.provider)
                + synthetic.mappings.filter { !gone.contains($0.provider) }.map(Entity.mapping))
    }

    private func standing(
        _ number: Int, _ lineage: Lineage, _ settings: ConnectionSettings,
        _ change: (inout Ingest.Options) -> Void = { _ in }
    ) throws -> Ingest.Standing {
        var options = Ingest.Options()
        change(&options)
        return try Ingest(.example(number), into: settings, .quiet, options: options)
            .standing { (_) throws(StorageError) in lineage }
    }

    @Test func `an older commit is nothing to do, and a diverged one is refused`() throws {
        try withDatabase { settings in
            #expect(try standing(1, .diverged, settings) == .first)
            try ingest(2, Self.catalog, settings)
            #expect(try standing(3, .descendant, settings) == .needed)
            #expect(try standing(1, .ancestor, settings) == .older(generation: 1, than: "commit-2"))
            #expect(try standing(1, .ancestor, settings) { $0.rewinds = true } == .needed)
            for lineage in [Lineage.diverged, .cannotBeProved] {
                let error = failure { _ = try standing(3, lineage, settings) }
                #expect(error?.code == .ancestry)
                #expect(error?.hint?.contains("--allow-diverged") == true)
                #expect(try standing(3, lineage, settings) { $0.allowsDivergence = true } == .needed)
            }
            // To allow a diverged commit is not to allow an older one.
            let older = try standing(1, .ancestor, settings) { $0.allowsDivergence = true }
            #expect(older == .older(generation: 1, than: "commit-2"))
        }
    }

    @Test func `more than a slip of the hand is not retired`() throws {
        try withDatabase { settings in
            try ingest(1, Self.catalog, settings)
            var connection = try Connection.open(settings)
            let before = try contents(&connection)
            let error = failure {
                try ingest(2, Self.without(providers: 3), settings, options: Ingest.Options())
            }
            #expect(error?.code == .retirement)
            #expect(error?.description.contains("--allow-retire") == true)
            #expect(try contents(&connection) == before)
            let plan = try ingest(2, Self.without(providers: 3), settings).plan
            #expect(plan?.totals.retired ?? 0 > 12)
        }
    }

    /// The state row and the rows are read one after the other: rows that a later commit added between the two are none
    /// that this one takes away.
    @Test func `what another ingest adds while a plan is made is no retirement`() throws {
        var synthetic = SyntheticCatalog(offerCount: 240)
        let later = try CatalogRows(SyntheticCatalog(offerCount: 300).catalog)
        try withDatabase { settings in
            try ingest(1, Self.catalog, settings)
            synthetic.change(each: 40)
            let rows = try CatalogRows(synthetic.catalog)
            var asked: [String] = []
            let outcome = try Ingest(.example(2), into: settings, .quiet).run(rows) {
                (stored) throws(StorageError) in
                asked.append(stored)
                // The state row is read, and the rows are not.
                if asked.count == 1 { _ = try Ingest(.example(3), into: settings, .quiet).run(later) }
                return stored == "commit-3" ? .ancestor : .descendant
            }
            guard case .older(generation: 2, than: "commit-3") = outcome else {
                Issue.record("\(outcome)")
                return
            }
            #expect(asked == ["commit-1", "commit-3"])
            #expect(try Verification.run(later, in: settings).differences.isEmpty)
            // Once it is really asked for, it is one.
            let error = failure { try ingest(4, synthetic.catalog, settings, options: Ingest.Options()) }
            #expect(error?.code == .retirement)
        }
    }

    @Test func `a database of an older or newer program is not touched`() throws {
        try withDatabase { settings in
            var connection = try Connection.open(settings)
            try connection.execute("INSERT INTO schema_migrations VALUES (1000, 'later', 'x')")
            let newer = failure { try ingest(1, Self.catalog, settings) }
            #expect(newer?.code == .schema)
            #expect(newer?.hint?.contains("newer program") == true)
            try connection.execute("DELETE FROM schema_migrations WHERE version >= 7")
            let older = failure { try ingest(1, Self.catalog, settings) }
            #expect(older?.hint == "run `registry migrate` first")
        }
        try ScratchDatabase.withSchema { settings in
            let empty = try standing(1, .descendant, settings)
            #expect(empty == .noTables)
        }
    }

    /// F18: somebody's hand takes rows away after the plan was made and the state row locked.
    @Test func `a row that goes under the lock is drift`() throws {
        var synthetic = SyntheticCatalog(offerCount: 80)
        let before = synthetic.catalog
        synthetic.change(each: 10)
        // Of its model offers are checked later, and no row is added that refers to one.
        let model = synthetic.mappings[45].model.text
        let tables = ["offer_rate_limits", "offer_names", "price_rates", "price_periods", "offers"]
        let sql = tables.map { "DELETE FROM \($0) WHERE model_id = '\(model)'" }.joined(separator: ";")
        try withDatabase { settings in
            try ingest(1, before, settings)
            let looks = Atomic(0)
            let surroundings = Ingest.Surroundings(
                microseconds: {
                    // The second look at the clock comes right after the lock.
                    guard looks.add(1, ordering: .relaxed).newValue == 2 else { return 0 }
                    do {
                        var hand = try Connection.open(settings)
                        try hand.execute(sql)
                    } catch { Issue.record(error) }
                    return 0
                }, sleep: { _ in }, random: { _ in 0 })
            let rows = try CatalogRows(synthetic.catalog)
            let error = failure {
                _ = try Ingest(.example(2), into: settings, surroundings, options: .retiring).run(rows)
            }
            #expect(error?.code == .drift, "\(String(describing: error))")
            var connection = try Connection.open(settings)
            #expect(try number(&connection, "SELECT generation FROM registry_state") == 1)
            // The next run sees what is there.
            try ingest(2, synthetic.catalog, settings)
            #expect(try Verification.run(rows, in: settings).differences.isEmpty)
        }
    }

    @Test func `a database that does otherwise than planned is left as it was`() throws {
        try withDatabase { settings in
            try ingest(1, Self.catalog, settings)
            var connection = try Connection.open(settings)
            try connection.execute(
                """
                CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
                CREATE TRIGGER refuse BEFORE UPDATE ON offers FOR EACH ROW
                    WHEN (new.retired_at IS NOT NULL) EXECUTE FUNCTION refuse()
                """)
            let before = try contents(&connection)
            let error = failure { try ingest(2, Self.without(providers: 1), settings) }
            #expect(error?.code == .drift)
            #expect(error?.hint?.contains("registry verify") == true)
            #expect(try contents(&connection) == before)
            let generation = try number(&connection, "SELECT generation FROM registry_state")
            #expect(generation == 1)
        }
    }
}
