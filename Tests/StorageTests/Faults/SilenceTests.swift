import Glibc
import Postgres
import Synchronization
import TestKit
import Testing

@testable import Storage

/// F3: clients that fall silent in the middle of an ingest, and servers that do. What others see of it and can do.
@Suite struct SilenceTests {
    /// Waits for a lock as long as nobody minds.
    private func patient(_ settings: ConnectionSettings) -> ConnectionSettings {
        var settings = settings
        settings.lockTimeoutMilliseconds = 100
        return settings
    }

    /// Runs what an ingest says to run when a silent session keeps it out.
    private func end(_ error: StorageError, of commit: String, _ settings: ConnectionSettings) throws {
        #expect(error.cause?.sqlState == "55P03", "\(error)")
        #expect(error.message.contains("(\"model-atlas ingest \(commit)"), "\(error)")
        let remedy = try #require(error.hint?.split(separator: "`").dropFirst().first)
        var owner = try Connection.open(settings)
        try owner.query(String(remedy))
    }

    /// A session that is idle in a transaction the server ends by itself. One that stands in the middle of a pipeline it
    /// does not: then the others are told within a bound that the lock is held, and go on once that session is ended.
    @Test func `of a client that falls silent the others are rid, or told of it in time`() throws {
        try ScratchDatabase.withRelayedSchema { relay, settings, direct in
            var history = try FaultedHistory(direct)
            let count = try history.byteCount(.toServer, through: settings, relay)
            var hasty = settings
            hasty.idleInTransactionTimeoutMilliseconds = 100
            for step in 1...12 {
                relay.change(to: .silence(.toServer, after: count * step / 13))
                let (commit, next) = (1_000 + step, history.next)
                let silent = HangingIngest(
                    .ofState(next, commit: commit, into: hasty), RegistryStates.rows[next],
                    before: history.commitCount + 1)
                while !relay.hasStruck { usleep(500) }
                let patient = patient(direct)
                // Readers wait for none of it.
                let before = try TableContents.read(patient)
                do {
                    try history.ingest(next, through: patient)
                } catch let error as StorageError {
                    #expect(try TableContents.read(patient) == before)
                    try end(error, of: "commit-\(commit)", direct)
                    try history.ingest(next, through: patient)
                }
                let after = try TableContents.read(direct)
                #expect(history.isVisible(after, as: next) && after.generation == before.generation + 1)
                // The hanging call ends with its connection; what it then tries again finds all done.
                relay.change(to: Weather())
                relay.endConnections()
                #expect(try silent.wait()?.plan == nil)
                #expect(try TableContents.read(direct) == after)
            }
        }
    }

    /// New rows go in before the lock (decision 26): whoever falls silent then keeps nobody out but an ingest that adds
    /// the same rows.
    @Test func `a client that falls silent after its new rows holds up neither readers nor other changes`()
        throws
    {
        try ScratchDatabase.withRelayedSchema { relay, settings, direct in
            var history = try FaultedHistory(direct)
            let counting = FaultPlan()
            var silenced = settings
            silenced.faults = counting
            try history.ingest(7, through: silenced)
            // The last pipeline changes what is there, the one before it adds rows.
            let syncs = counting.calls.indices.filter { counting.calls[$0] == .sync }
            let call = try #require(syncs.dropLast().last) + 1
            try history.ingest(0, through: direct)
            silenced.faults = FaultPlan(
                .after { relay.change(to: .silence(.toClient, after: 0)) }, atCall: call)
            let silent = HangingIngest(
                .ofState(7, commit: 1_000, into: silenced), RegistryStates.rows[7],
                before: history.commitCount + 1)
            while !relay.hasStruck { usleep(500) }
            var observer = try Connection.open(direct)
            let held = try observer.query(
                """
                SELECT concat_ws(', ', s.state, CASE WHEN s.backend_xid IS NULL THEN 'nothing' END, (
                    SELECT min(l.mode) FROM pg_locks AS l WHERE l.pid = s.pid AND l.mode <> 'AccessShareLock'
                        AND l.relation = 'registry_state'::regclass))
                FROM pg_stat_activity AS s WHERE s.application_name LIKE 'model-atlas ingest commit-1000%'
                """)
            // It has written, is in its transaction, and has not locked the state row.
            try #require(held.count == 1)
            #expect(try held.text(0, 0) == "idle in transaction")
            let patient = patient(direct)
            #expect(history.isVisible(try TableContents.read(patient), as: 0))
            // Another change goes in; state 2 takes an offer away and adds nothing.
            try history.ingest(2, through: patient)
            #expect(try Verification.run(RegistryStates.rows[2], in: patient).differences.isEmpty)
            // The same rows wait, and it is said for whom.
            let error = failure { try history.ingest(7, through: patient) }
            try end(#require(error), of: "commit-1000", direct)
            try history.ingest(7, through: patient)
            let after = try TableContents.read(patient)
            #expect(history.isVisible(after, as: 7))
            relay.change(to: Weather())
            relay.endConnections()
            #expect(try silent.wait()?.plan == nil)
            #expect(try TableContents.read(direct) == after)
        }
    }

    /// Few rows keep their keys, and readers go on; of many the keys are taken away, and readers of those tables wait.
    @Test(arguments: [12, 2_050])
    func `of a first load that falls silent in mid-COPY all are told in time, and go on once it is ended`(
        offerCount: Int
    ) throws {
        let rows = try CatalogRows(SyntheticCatalog(offerCount: offerCount).catalog)
        let hasKeys = offerCount < 100
        try ScratchDatabase.withRelayedSchema { relay, settings, direct in
            var observer = try Connection.open(direct)
            try RegistryMigrations.runner.migrate(&observer)
            let counting = FaultPlan()
            var silenced = direct
            silenced.faults = counting
            _ = try Ingest(.example(1), into: silenced, .quiet).run(rows)
            let wanted = try TableContents.read(&observer).visible
            try empty(&observer)
            let nothing = try TableContents.read(&observer)
            // In the middle of its pieces, most of which are large where there are many rows.
            let pieces = counting.calls.indices.filter { counting.calls[$0] == .copyData }
            silenced = settings
            silenced.faults = FaultPlan(
                .after { relay.change(to: .silence(.toServer, after: 0)) },
                atCall: pieces[pieces.count / 2] + 1)
            let silent = HangingIngest(Ingest(.example(1), into: silenced, .quiet), rows, before: 2)
            while !relay.hasStruck { usleep(500) }
            let copying = """
                SELECT count(*) FROM pg_stat_progress_copy JOIN pg_class ON oid = relid
                WHERE datname = current_database() AND relnamespace = current_schema()::regnamespace
                """
            #expect(try number(&observer, copying) == 1)
            let patient = patient(direct)
            // The state row is read by all who ask whether there is something new.
            let standing = try Ingest(.example(2), into: patient, .quiet).standing {
                (_) throws(StorageError) in .unknown
            }
            #expect(standing == .first)
            var reader = try Connection.open(patient)
            if hasKeys {
                #expect(try TableContents.read(&reader) == nothing)
            } else {
                let refusal = #expect(throws: PostgresError.self) { try TableContents.read(&reader) }
                #expect(refusal?.sqlState == "55P03")
                let error = failure { _ = try Verification.run(rows, in: patient) }
                #expect(error?.cause?.sqlState == "55P03")
                #expect(error?.hint?.contains("pg_terminate_backend") == true)
            }
            let second = Ingest(.example(2), into: patient, .quiet)
            let error = failure { _ = try second.run(rows) }
            try end(#require(error), of: "commit-1", direct)
            #expect(try TableContents.read(&reader) == nothing)
            #expect(try second.run(rows).plan?.isFirstLoad == true)
            let after = try TableContents.read(&reader)
            #expect(after.visible == wanted && after.commit == "commit-2" && after.generation == 1)
            relay.change(to: Weather())
            relay.endConnections()
            #expect(try silent.wait()?.plan == nil)
            #expect(try TableContents.read(&reader) == after)
        }
    }

    /// Half open, or stopped: the client's system gives the connection up after what the settings say, or we do, and the
    /// ingest goes on as after any other loss. What the server still holds of it is ended as in the tests above.
    @Test(arguments: [false, true])
    func `a server that falls silent or vanishes is given up in the time of the settings`(
        vanishes: Bool
    ) throws {
        try ScratchDatabase.withRelayedSchema(overTCP: true) { relay, settings, direct in
            var history = try FaultedHistory(direct)
            for direction in Weather.Direction.allCases {
                let count = try history.byteCount(direction, through: settings, relay)
                for place in [count / 2, count * 19 / 20] {
                    relay.change(
                        to: vanishes ? .vanishing(direction, after: place) : .silence(direction, after: place)
                    )
                    try history.disturb("lost \(direction) after \(place)", mustSucceed: false) {
                        commit, state in
                        var bounded = patient(settings)
                        bounded.statementTimeoutMilliseconds = 3_000
                        bounded.graceMilliseconds = 100
                        bounded.tcpUserTimeoutMilliseconds = 300
                        bounded.idleInTransactionTimeoutMilliseconds = 100
                        let lonely = HangingIngest(
                            .ofState(state, commit: commit, into: bounded), RegistryStates.rows[state],
                            before: commit)
                        #expect(lonely.endsByItself(), "\(direction) after \(place)")
                        #expect(relay.hasStruck)
                        // Both the ingest that hangs there and what the server has of it.
                        relay.endConnections()
                        do {
                            _ = try lonely.wait()
                        } catch let error as StorageError {
                            // It waited for its own first attempt, in the middle of a pipeline.
                            #expect(error.cause?.sqlState == "55P03", "\(error)")
                            throw error
                        }
                    }
                }
            }
        }
    }
}
