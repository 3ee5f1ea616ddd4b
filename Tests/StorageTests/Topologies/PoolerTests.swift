import Dispatch
import Glibc
import Postgres
import Synchronization
import TestKit
import Testing

@testable import Storage

/// F20: behind pgbouncer in transaction mode, where each transaction may get another session.
@Suite struct PoolerTests {
    @Test func `ingests go through, and leave no setting behind`() throws {
        try ScratchPooler.withDatabase(sessionCount: 2) { settings, direct in
            var history = try FaultedHistory(direct)
            for round in 1...6 {
                try history.disturb("pooled \(round)", mustSucceed: true) { commit, state in
                    _ = try Ingest.ofState(state, commit: commit, into: settings).run(
                        RegistryStates.rows[state])
                }
            }
            var connection = try Connection.open(settings)
            let rows = try connection.query("SELECT current_setting('statement_timeout')")
            #expect(try rows.text(0, 0) == "0")
        }
    }

    @Test func `several at once through two sessions write once`() throws {
        try ScratchPooler.withDatabase(sessionCount: 2) { settings, direct in
            var history = try FaultedHistory(direct)
            try history.disturb("six at once", mustSucceed: true) { commit, state in
                let failures = Mutex<[String]>([])
                DispatchQueue.concurrentPerform(iterations: 6) { _ in
                    do {
                        _ = try Ingest.ofState(state, commit: commit, into: settings).run(
                            RegistryStates.rows[state])
                    } catch { failures.withLock { $0.append("\(error)") } }
                }
                #expect(failures.withLock { $0 } == [])
            }
        }
    }

    /// Lets several bring in a commit at once; what each of them did.
    private func atOnce(
        _ count: Int, _ commit: Int, _ rows: CatalogRows, _ settings: ConnectionSettings
    ) -> (written: Int, failures: [String]) {
        let results = Mutex<(written: Int, failures: [String])>((0, []))
        DispatchQueue.concurrentPerform(iterations: count) { _ in
            do {
                let plan = try Ingest(.example(commit), into: settings, .quiet).run(rows).plan
                if plan != nil { results.withLock { $0.written += 1 } }
            } catch { results.withLock { $0.failures.append("\(error)") } }
        }
        return results.withLock { $0 }
    }

    @Test func `tables are made, filled by COPY, changed by eight at once and verified, in two sessions`()
        throws
    {
        try ScratchPooler.withDatabase(sessionCount: 2) { settings, direct in
            var connection = try Connection.open(settings)
            try RegistryMigrations.runner.migrate(&connection)
            try RegistryMigrations.runner.requireCurrent(&connection)
            // So many that keys and indexes are taken away and made anew.
            var synthetic = SyntheticCatalog(offerCount: 2_050)
            var observer = try Connection.open(direct)
            let keys = try SchemaTests.attachments(&observer)
            let first = try ingest(1, synthetic.catalog, settings, options: Ingest.Options()).plan
            #expect(first?.isFirstLoad == true && first?.totals.added ?? 0 > 2_050)
            #expect(try SchemaTests.attachments(&observer) == keys)
            synthetic.change(each: 100)
            var rows = try CatalogRows(synthetic.catalog)
            let one = atOnce(1, 2, rows, settings)
            #expect(one.written == 1 && one.failures == [])
            #expect(try Verification.run(rows, in: settings).differences.isEmpty)
            synthetic.change(each: 90)
            rows = try CatalogRows(synthetic.catalog)
            let eight = atOnce(8, 3, rows, settings)
            #expect(eight.written == 1 && eight.failures == [])
            // By the pooler's sessions and past them.
            #expect(try Verification.run(rows, in: settings).differences.isEmpty)
            #expect(try Verification.run(rows, in: direct).differences.isEmpty)
            #expect(try number(&observer, "SELECT generation FROM registry_state") == 3)
            // A verification finds by this way what it finds by the other.
            try observer.execute("UPDATE offers SET tier = 'flex' WHERE provider_model_id LIKE '%-7'")
            #expect(try Verification.run(rows, in: settings).differences.count == 1)
            let sessions = try number(
                &observer,
                """
                SELECT count(*) FROM pg_stat_activity
                WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
                """)
            #expect((1...2).contains(sessions))
        }
    }
}
