import Postgres
import Synchronization
import TestKit
import Testing

@testable import Storage

/// F6 and F12: while an ingest stands still before one of its calls something else happens, before each call in turn.
@Suite struct FaultsMeanwhileTests {
    /// Commits are numbered as they follow each other.
    private func ingest(
        _ number: Int, state: Int, _ settings: ConnectionSettings
    ) throws -> Ingest.Outcome {
        try Ingest.ofState(state, commit: number, into: settings).run(RegistryStates.rows[state]) {
            (stored) throws(StorageError) in
            (Int(stored.dropFirst("commit-".count)) ?? 0) < number ? .descendant : .ancestor
        }
    }

    /// Waits for a lock as long as nobody minds.
    private static func impatient(_ settings: ConnectionSettings) -> ConnectionSettings {
        var settings = settings
        settings.lockTimeoutMilliseconds = 20
        return settings
    }

    @Test func `a later commit that comes at any step of an earlier one is what stands in the end`() throws {
        try ScratchDatabase.withSchema { settings in
            var connection = try Connection.open(settings)
            try RegistryMigrations.runner.migrate(&connection)
            let impatient = Self.impatient(settings)
            var (call, overtaken) = (0, 0)
            while true {
                call += 1
                let number = 3 * call
                _ = try ingest(number, state: 0, settings)
                let isIn = Atomic(false)
                var paused = settings
                let plan = FaultPlan(
                    .after {
                        // Once the earlier one has the state row, the later one must wait, and does not for long.
                        let outcome = try? ingest(number + 2, state: 5, impatient)
                        isIn.store(outcome?.plan != nil, ordering: .relaxed)
                    }, atCall: call)
                paused.faults = plan
                let earlier = try ingest(number + 1, state: 3, paused)
                guard plan.hasStruck else { break }
                if isIn.load(ordering: .relaxed) {
                    if case .older(_, than: "commit-\(number + 2)") = earlier { overtaken += 1 }
                } else {
                    #expect(earlier.plan != nil, "call \(call)")
                    #expect(try ingest(number + 2, state: 5, settings).plan != nil, "call \(call)")
                }
                #expect(try RegistryState.read(&connection)?.commit == "commit-\(number + 2)", "call \(call)")
                let differences = try Verification.run(RegistryStates.rows[5], in: settings).differences
                #expect(differences.isEmpty, "call \(call)")
            }
            #expect(call > 20 && overtaken > 5, "\(call) calls, \(overtaken) overtaken")
        }
    }

    /// Before the ingest goes on, a reader has found its way back too.
    @Test func `a server that is stopped and started at any step is outlived, by readers too`() throws {
        try ScratchDatabase.withStoppableServer { server in
            let settings = ConnectionSettings(url: server.url)
            var history = try FaultedHistory(settings)
            let reader = SteadyReader(settings)
            var (call, looks) = (0, 0)
            while true {
                call += 1
                let mode = call % 2 == 0 ? LocalServer.StopMode.fast : .immediate
                var broken = settings
                let isRead = Atomic(false)
                let plan = FaultPlan(
                    .after {
                        do {
                            try server.stop(mode)
                            try server.start()
                        } catch { Issue.record(error) }
                        isRead.store(reader.lookAgain() == .read, ordering: .relaxed)
                    }, atCall: call)
                broken.faults = plan
                try history.disturb("\(mode) restart at call \(call)", mustSucceed: true) { commit, state in
                    _ = try Ingest.ofState(state, commit: commit, into: broken).run(
                        RegistryStates.rows[state])
                }
                guard plan.hasStruck else { break }
                looks += isRead.load(ordering: .relaxed) ? 1 : 0
            }
            #expect(call > 20)
            let seen = reader.stop()
            #expect(looks == call - 1)
            #expect(seen.areAll(history.isWhole) && seen.isInOrder)
            #expect(seen.generations.count > 20)
            // While the server was away it could say so, or nothing.
            #expect(
                seen.sqlStates.isSubset(of: ["57P01", "57P02", "57P03", "08001", "08006", "08007"]),
                "\(seen.sqlStates)")
            #expect(!seen.failures.isEmpty)
        }
    }

    /// F18: somebody's hand puts a row there that the plan adds.
    @Test func `a row that a hand adds at any step is drift, or seen, or comes too late`() throws {
        var synthetic = SyntheticCatalog(offerCount: 20)
        let before = try CatalogRows(synthetic.catalog)
        synthetic.change(each: 10)
        let wanted = try CatalogRows(synthetic.catalog)
        let sql = """
            INSERT INTO offers SELECT (jsonb_populate_record(
                o, jsonb_build_object('provider_model_id', provider_model_id || '-v2'))).*
            FROM offers AS o WHERE provider_model_id = 'accounts/models/family-model-5'
            """
        var (call, drifted) = (0, 0)
        var hasStruck = true
        while hasStruck {
            call += 1
            try withDatabase { settings in
                _ = try Ingest(.example(1), into: settings, .quiet).run(before)
                let impatient = Self.impatient(settings)
                let plan = FaultPlan(
                    .after {
                        guard var hand = try? Connection.open(impatient) else { return }
                        _ = try? hand.execute(sql)
                    }, atCall: call)
                var disturbed = settings
                disturbed.faults = plan
                do {
                    _ = try Ingest(.example(2), into: disturbed, .quiet, options: .retiring).run(wanted)
                } catch let error as StorageError {
                    #expect(error.code == .drift, "call \(call): \(error)")
                    drifted += 1
                    _ = try Ingest(.example(2), into: settings, .quiet, options: .retiring).run(wanted)
                }
                #expect(try Verification.run(wanted, in: settings).differences.isEmpty, "call \(call)")
                hasStruck = plan.hasStruck
            }
        }
        #expect(call > 20 && drifted > 0, "\(call) calls, \(drifted) drifted")
    }
}
