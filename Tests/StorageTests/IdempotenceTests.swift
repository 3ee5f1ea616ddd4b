import Dispatch
import Entities
import Postgres
import Synchronization
import TestKit
import Testing

@testable import Storage

/// Once is as good as twice, and as good as eight at once.
@Suite struct IdempotenceTests {
    @Test func `a hundred thousand offers that did not change are not written`() throws {
        let rows = try CatalogRows(SyntheticCatalog(offerCount: 100_000).catalog)
        try ScratchDatabase.withOwnServer { settings in
            var connection = try Connection.open(settings)
            try RegistryMigrations.runner.migrate(&connection)
            // What the server does by itself, a minute after a load, is in its log too.
            try connection.execute("ALTER SYSTEM SET autovacuum = off")
            try connection.execute("SELECT pg_reload_conf()")
            _ = try Ingest(.example(1), into: settings, .quiet).run(rows)
            try connection.execute("VACUUM ANALYZE")
            try connection.execute("CHECKPOINT")
            let before = try Self.position(&connection)
            var options = Ingest.Options()
            options.comparesRows = true
            let outcome = try Ingest(.example(1), into: settings, .quiet, options: options).run(rows)
            let after = try Self.position(&connection)
            #expect(outcome.plan == nil)
            #expect(after - before <= 16_384)
            let dead = try number(
                &connection,
                """
                SELECT sum(pg_stat_get_dead_tuples(oid))::bigint FROM pg_class
                WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'
                """)
            #expect(dead == 0)
            let generation = try number(&connection, "SELECT generation FROM registry_state")
            #expect(generation == 1)
        }
    }

    @Test func `the same tree is not looked at again`() throws {
        let catalog = SyntheticCatalog(offerCount: 20).catalog
        try withDatabase { settings in
            try ingest(1, catalog, settings)
            var counted = settings
            counted.faults = FaultPlan()
            let ingest = Ingest(.example(1), into: counted, .quiet)
            let standing = try ingest.standing { (_) throws(StorageError) in .diverged }
            #expect(standing == .current(generation: 1))
            #expect(counted.faults?.calls.filter { $0 == .sync || $0 == .flush }.count == 1)
        }
    }

    @Test func `another commit of the same rows is noted and writes no row`() throws {
        let catalog = SyntheticCatalog(offerCount: 20).catalog
        try withDatabase { settings in
            try ingest(1, catalog, settings)
            let plan = try #require(try ingest(2, catalog, settings).plan)
            #expect(plan.isEmpty)
            var connection = try Connection.open(settings)
            let state = try #require(try RegistryState.read(&connection))
            #expect(state.commit == "commit-2")
            #expect(state.generation == 2)
            #expect(state.repository == "repository")
        }
    }

    @Test func `a later commit of the same tree is noted, so that none between the two can come after it`()
        throws
    {
        let rows = try CatalogRows(SyntheticCatalog(offerCount: 20).catalog)
        try withDatabase { settings in
            _ = try Ingest(.example(1), into: settings, .quiet).run(rows)
            let revert = RegistryCommit(
                repository: nil, id: "commit-3", tree: "tree-1",
                committedAt: Timestamp(microsecondsSinceEpoch: 0))
            let ingest = Ingest(revert, into: settings, .quiet)
            let standing = try ingest.standing { (_) throws(StorageError) in .descendant }
            #expect(standing == .sameTree)
            let plan = try ingest.note { (_) throws(StorageError) in .descendant }.plan
            #expect(plan?.isEmpty == true)
            let late = try Ingest(.example(2), into: settings, .quiet).standing {
                (stored) throws(StorageError) in stored == "commit-3" ? .ancestor : .descendant
            }
            #expect(late == .older(generation: 2, than: "commit-3"))
        }
    }

    @Test func `who notes a tree after another did has nothing to do, or is older`() throws {
        let rows = try CatalogRows(SyntheticCatalog(offerCount: 20).catalog)
        func sameTree(_ number: Int) -> RegistryCommit {
            RegistryCommit(
                repository: nil, id: "commit-\(number)", tree: "tree-1",
                committedAt: Timestamp(microsecondsSinceEpoch: 0))
        }
        try withDatabase { settings in
            _ = try Ingest(.example(1), into: settings, .quiet).run(rows)
            let noted = try Ingest(sameTree(3), into: settings, .quiet).note { (_) throws(StorageError) in
                .descendant
            }
            #expect(noted.plan?.isEmpty == true)
            // The same commit again, as an ingest that had looked before the first noted it.
            let again = try Ingest(sameTree(3), into: settings, .quiet).note { (_) throws(StorageError) in
                .descendant
            }
            guard case .unchanged(generation: 2) = again else {
                Issue.record("\(again)")
                return
            }
            let late = try Ingest(.example(2), into: settings, .quiet).note { (_) throws(StorageError) in
                .ancestor
            }
            guard case .older(generation: 2, than: "commit-3") = late else {
                Issue.record("\(late)")
                return
            }
        }
    }

    @Test func `sources that nobody names any more cost no second look`() throws {
        var synthetic = SyntheticCatalog(offerCount: 20)
        try withDatabase { settings in
            try ingest(1, synthetic.catalog, settings)
            var connection = try Connection.open(settings)
            try connection.execute(
                """
                INSERT INTO sources (source_id, kind, checked_on, content_hash)
                SELECT 'old-' || number, 'manual', '2020-01-01', decode(md5(number::text), 'hex')
                FROM generate_series(1, 5001) AS number
                """)
            synthetic.change(each: 20)
            let rows = try CatalogRows(synthetic.catalog)
            _ = try Ingest(.example(2), into: settings, .quiet).run(rows)
            let stored = try StoredRoots.readAll(wanted: rows, &connection)
            #expect(stored[.sources]?.others.isEmpty == true)
            #expect(stored[.sources]?.count ?? 0 > 5_001)
        }
    }

    @Test(arguments: [2, 8]) func `of several at once one writes`(count: Int) throws {
        var synthetic = SyntheticCatalog(offerCount: 200)
        let before = try CatalogRows(synthetic.catalog)
        synthetic.change(each: 10)
        let rows = try CatalogRows(synthetic.catalog)
        try withDatabase { settings in
            _ = try Ingest(.example(1), into: settings, .quiet).run(before)
            let outcomes = Mutex<[Bool]>([])
            let failures = Mutex<[String]>([])
            let group = DispatchGroup()
            for _ in 0..<count {
                DispatchQueue.global().async(group: group) {
                    do {
                        let outcome = try Ingest(.example(2), into: settings, .quiet).run(rows)
                        outcomes.withLock { $0.append(outcome.plan != nil) }
                    } catch {
                        failures.withLock { $0.append("\(error)") }
                    }
                }
            }
            group.wait()
            #expect(failures.withLock { $0 } == [])
            #expect(outcomes.withLock { $0.count } == count)
            #expect(outcomes.withLock { $0.filter { $0 }.count } == 1)
            var connection = try Connection.open(settings)
            let generation = try number(&connection, "SELECT generation FROM registry_state")
            #expect(generation == 2)
            #expect(try Verification.run(rows, in: settings).differences.isEmpty)
        }
    }

    /// How many bytes of log the server has written since its first start.
    private static func position(_ connection: inout Connection) throws -> Int {
        try number(&connection, "SELECT (pg_current_wal_lsn() - '0/0'::pg_lsn)::bigint")
    }
}
