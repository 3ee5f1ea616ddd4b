import Dispatch
import Glibc
import Postgres
import Storage
import Synchronization
import TestKit
import Testing

/// F6, F8 to F13, F16, F22 and F23: what a server, its other clients and its owner do to an ingest.
@Suite struct FaultsInTheServerTests {
    private func ingest(_ state: Int, _ commit: Int, _ settings: ConnectionSettings) throws {
        _ = try Ingest.ofState(state, commit: commit, into: settings).run(RegistryStates.rows[state])
    }

    /// The failure of an ingest; nil when it went in.
    private func failure(_ body: () throws -> Void) -> StorageError? {
        do {
            try body()
            return nil
        } catch let error as StorageError {
            return error
        } catch {
            Issue.record(error)
            return nil
        }
    }

    @Test func `a later commit that comes between makes the earlier one nothing to do`() throws {
        try ScratchDatabase.withSchema { settings in
            let history = try FaultedHistory(settings)
            var isFirst = true
            let late = Ingest.ofState(7, commit: 101, into: settings)
            // Planned on what is there, and overtaken before it takes the lock.
            let outcome = try late.run(RegistryStates.rows[7]) { (stored) throws(StorageError) in
                if isFirst {
                    isFirst = false
                    _ = try Ingest.ofState(0, commit: 102, into: settings, compared).run(
                        RegistryStates.rows[0])
                }
                return stored == "commit-102" ? .ancestor : .descendant
            }
            guard case .older(_, "commit-102") = outcome else {
                Issue.record("\(outcome)")
                return
            }
            let contents = try TableContents.read(settings)
            #expect(history.isVisible(contents, as: 0) && contents.commit == "commit-102")
        }
    }

    /// To note a commit although its tree is there.
    private var compared: Ingest.Options {
        var options = Ingest.Options()
        options.comparesRows = true
        return options
    }

    @Test func `a deadlock is outlived`() throws {
        try ScratchDatabase.withSchema { settings in
            var history = try FaultedHistory(settings)
            try history.disturb("deadlock", mustSucceed: true) { commit, state in
                let rival = Rival(settings)
                try ingest(state, commit, settings)
                // It gets the state row, which the ingest held, only when the ingest was the one to give way.
                #expect(rival.wait())
            }
        }
    }

    @Test func `a lock that is not given back, and a statement that takes too long, are said so`() throws {
        try ScratchDatabase.withSchema { settings in
            var history = try FaultedHistory(settings)
            var impatient = settings
            impatient.lockTimeoutMilliseconds = 20
            var holder = try Connection.open(settings)
            try holder.execute("BEGIN; SELECT * FROM registry_state FOR UPDATE")
            try history.disturb("lock", mustSucceed: false) { commit, state in
                let error = failure { try ingest(state, commit, impatient) }
                #expect(error?.cause?.sqlState == "55P03")
                try holder.execute("COMMIT")
                if let error { throw error }
            }
            try holder.execute("BEGIN; SELECT * FROM registry_state FOR UPDATE")
            var hasty = settings
            hasty.statementTimeoutMilliseconds = 50
            try history.disturb("statement", mustSucceed: false) { commit, state in
                let error = failure { try ingest(state, commit, hasty) }
                #expect(error?.cause?.sqlState == "57014")
                try holder.execute("COMMIT")
                if let error { throw error }
            }
        }
    }

    @Test func `a server that takes no writes or no more clients, and a role without rights, are named`()
        throws
    {
        try ScratchDatabase.withSchema { settings in
            var history = try FaultedHistory(settings)
            var owner = try Connection.open(settings)
            let schema = settings.searchPath?.first ?? ""
            let url = try ScratchDatabase.serverURL()
            let role = "reader_\(schema)"
            try owner.execute(
                """
                CREATE ROLE \(role) LOGIN; GRANT USAGE ON SCHEMA \(schema) TO \(role);
                GRANT SELECT, UPDATE, INSERT ON ALL TABLES IN SCHEMA \(schema) TO \(role)
                """)
            defer { _ = try? owner.execute("DROP OWNED BY \(role); DROP ROLE \(role)") }
            func asRole() -> ConnectionSettings {
                var settings = ConnectionSettings(url: url.replacing("user=postgres", with: "user=\(role)"))
                settings.searchPath = [schema]
                return settings
            }
            let faults: [(state: String, words: String, setUp: String, undo: String)] = [
                (
                    "25006", "replica", "ALTER ROLE \(role) SET default_transaction_read_only = on",
                    "ALTER ROLE \(role) RESET ALL; GRANT ALL ON ALL TABLES IN SCHEMA \(schema) TO \(role)"
                ),
                (
                    "42501", "rights", "REVOKE DELETE ON ALL TABLES IN SCHEMA \(schema) FROM \(role)",
                    "SELECT 1"
                ),
                (
                    "53300", "connections", "ALTER ROLE \(role) CONNECTION LIMIT 0",
                    "ALTER ROLE \(role) CONNECTION LIMIT -1"
                ),
            ]
            for fault in faults {
                try owner.execute(fault.setUp)
                try history.disturb(fault.state, mustSucceed: false) { commit, state in
                    let error = failure { try ingest(state, commit, asRole()) }
                    #expect(error?.cause?.sqlState == fault.state, "\(String(describing: error))")
                    #expect(error?.description.contains(fault.words) == true, "\(String(describing: error))")
                    if let error { throw error }
                }
                try owner.execute(fault.undo)
            }
        }
    }

    @Test func `rows hidden by a policy are drift, and nothing is written`() throws {
        try ScratchDatabase.withSchema { settings in
            var history = try FaultedHistory(settings)
            var owner = try Connection.open(settings)
            let schema = settings.searchPath?.first ?? ""
            let role = "hidden_\(schema)"
            try owner.execute(
                """
                CREATE ROLE \(role) LOGIN; GRANT ALL ON SCHEMA \(schema) TO \(role);
                GRANT ALL ON ALL TABLES IN SCHEMA \(schema) TO \(role);
                ALTER TABLE models ENABLE ROW LEVEL SECURITY
                """)
            defer { _ = try? owner.execute("DROP OWNED BY \(role); DROP ROLE \(role)") }
            try history.disturb("row level security", mustSucceed: false) { commit, state in
                var settings = ConnectionSettings(
                    url: try ScratchDatabase.serverURL().replacing("user=postgres", with: "user=\(role)"))
                settings.searchPath = [schema]
                try ingest(state, commit, settings)
            }
        }
    }

    @Test func `a full disk leaves everything as it was`() throws {
        try ScratchDatabase.withSchema { settings in
            var history = try FaultedHistory(settings)
            // A trigger says in the middle of the transaction what a server without room says.
            var owner = try Connection.open(settings)
            try owner.execute(
                """
                CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = '53100'; END $$;
                CREATE TRIGGER no_room BEFORE UPDATE ON models FOR EACH ROW EXECUTE FUNCTION no_room()
                """)
            try history.disturb("disk full", mustSucceed: false) { commit, state in
                defer { _ = try? owner.execute("DROP TRIGGER no_room ON models; DROP FUNCTION no_room()") }
                let error = failure { try ingest(state, commit, settings) }
                #expect(error?.cause?.sqlState == "53100")
                if let error { throw error }
            }
        }
    }

    /// Clock jumps: nothing that decides comes from a clock.
    @Test func `clocks that jump make no difference`() throws {
        try ScratchDatabase.withSchema { settings in
            var history = try FaultedHistory(settings)
            let times = Mutex([5_000_000_000, -7, 0, 9_000_000_000_000, 3])
            try history.disturb("clock", mustSucceed: true) { commit, state in
                let surroundings = Ingest.Surroundings(
                    microseconds: {
                        times.withLock {
                            $0.append($0.removeFirst()); return $0[0]
                        }
                    },
                    sleep: { _ in }, random: { _ in 0 })
                _ = try Ingest(RegistryStates.commit(commit, state: state), into: settings, surroundings)
                    .run(RegistryStates.rows[state])
            }
        }
    }

    /// F16: migrations that are broken off, and several that migrate at once.
    @Test func `a migration broken off at any call is taken up, and two at once make one`() throws {
        try ScratchDatabase.withSchema { settings in
            var call = 0
            while true {
                call += 1
                var owner = try Connection.open(settings)
                let schema = settings.searchPath?.first ?? ""
                try owner.execute("DROP SCHEMA \(schema) CASCADE; CREATE SCHEMA \(schema)")
                var broken = settings
                broken.faults = FaultPlan(.reset, atCall: call * 7)
                if var connection = try? Connection.open(broken) {
                    _ = try? RegistryMigrations.runner.migrate(&connection)
                }
                let failures = Mutex(0)
                DispatchQueue.concurrentPerform(iterations: 2) { _ in
                    do {
                        var connection = try Connection.open(settings)
                        try RegistryMigrations.runner.migrate(&connection)
                    } catch { failures.withLock { $0 += 1 } }
                }
                #expect(failures.withLock { $0 } == 0, "call \(call * 7)")
                try RegistryMigrations.runner.requireCurrent(&owner)
                guard broken.faults?.hasStruck == true else { break }
            }
            #expect(call > 4)
        }
    }
}

/// Holds a row that an ingest writes, and once somebody waits for it wants the state row, which that one holds: now each
/// waits for the other, and the server ends one of them.
private final class Rival: Sendable {
    private let thread = DispatchQueue(label: "rival")
    private let hasBoth = Atomic(false)

    /// Returns when the row is held.
    init(_ settings: ConnectionSettings) {
        let ready = DispatchSemaphore(value: 0)
        thread.async {
            defer { ready.signal() }
            guard var connection = try? Connection.open(settings),
                var observer = try? Connection.open(settings)
            else { return }
            _ = try? connection.execute(
                "BEGIN; SELECT * FROM models WHERE model_id = 'acme/rocket-1' FOR UPDATE")
            let process = connection.serverProcess
            ready.signal()
            let sql = "SELECT count(*) FROM pg_stat_activity WHERE $1 = ANY (pg_blocking_pids(pid))"
            for _ in 0..<2_000 {
                let rows = try? observer.query(sql, [.integer(process)])
                if (try? rows?.integer(0, 0)) ?? 0 > 0 { break }
                usleep(2_000)
            }
            let state = try? connection.query("SELECT 1 FROM registry_state FOR UPDATE").count
            self.hasBoth.store(state == 1, ordering: .sequentiallyConsistent)
            _ = try? connection.execute("ROLLBACK")
        }
        ready.wait()
    }

    /// Waits for its end; whether it had both locks at once.
    func wait() -> Bool {
        thread.sync {}
        return hasBoth.load(ordering: .sequentiallyConsistent)
    }
}
