import Dispatch
import Glibc
import Postgres
import Storage
import Synchronization
import TestKit
import Testing

/// F6, F8, F9, F11 to F13 and F22: what a server, its other clients and its owner do to an ingest.
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

    @Test func `a server that takes no writes or no more clients is named`() throws {
        try ScratchDatabase.withSchema { settings in
            var history = try FaultedHistory(settings)
            let grants = "GRANT SELECT, UPDATE, INSERT ON ALL TABLES IN SCHEMA {schema} TO {role}"
            try withRole(grants, in: settings) { asRole, role in
                var owner = try Connection.open(settings)
                let schema = settings.searchPath?.first ?? ""
                let faults: [(state: String, words: String, setUp: String, undo: String)] = [
                    (
                        "25006", "replica", "ALTER ROLE \(role) SET default_transaction_read_only = on",
                        "ALTER ROLE \(role) RESET ALL; GRANT ALL ON ALL TABLES IN SCHEMA \(schema) TO \(role)"
                    ),
                    (
                        "53300", "connections", "ALTER ROLE \(role) CONNECTION LIMIT 0",
                        "ALTER ROLE \(role) CONNECTION LIMIT -1"
                    ),
                ]
                for fault in faults {
                    try owner.execute(fault.setUp)
                    try history.disturb(fault.state, mustSucceed: false) { commit, state in
                        let error = failure { try ingest(state, commit, asRole) }
                        #expect(error?.cause?.sqlState == fault.state, "\(String(describing: error))")
                        #expect(
                            error?.description.contains(fault.words) == true, "\(String(describing: error))")
                        if let error { throw error }
                    }
                    try owner.execute(fault.undo)
                }
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
