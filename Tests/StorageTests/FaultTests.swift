import Entities
import Postgres
import Synchronization
import TestKit
import Testing

@testable import Storage

/// Failures that pass, and those that do not.
@Suite struct FaultTests {
    private static let before = SyntheticCatalog(offerCount: 40)

    private static var after: Catalog {
        var synthetic = before
        synthetic.change(each: 5)
        return synthetic.catalog
    }

    /// Every call into libpq in turn is broken once; the ingest notices, looks what became of it and ends well.
    @Test(arguments: [FaultPlan.Fault.reset, .refuse])
    func `an ingest that is cut off at any call ends well, once`(fault: FaultPlan.Fault) throws {
        let rows = [try CatalogRows(Self.before.catalog), try CatalogRows(Self.after)]
        try withDatabase { settings in
            _ = try Ingest(.example(1), into: settings, .quiet).run(rows[0])
            var connection = try Connection.open(settings)
            var place = 1
            while true {
                let plan = FaultPlan(fault, atCall: place)
                var broken = settings
                broken.faults = plan
                let commit = RegistryCommit.example(place + 1)
                _ = try Ingest(commit, into: broken, .quiet).run(rows[place % 2])
                let state = try #require(try RegistryState.read(&connection))
                #expect(state.commit == commit.id, "call \(place)")
                #expect(state.generation == place + 1, "call \(place)")
                guard plan.hasStruck else { break }
                place += 1
            }
            #expect(place > 20)
            #expect(try Verification.run(rows[place % 2], in: settings).differences.isEmpty)
            let commits = try number(&connection, "SELECT count(*) FROM registry_commits")
            #expect(commits == place + 1)
        }
    }

    @Test(arguments: [FaultPlan.Fault.reset, .refuse])
    func `a first load that is cut off at any call ends well, once`(fault: FaultPlan.Fault) throws {
        let rows = try CatalogRows(Catalog([.accelerator(EntityTemplates.accelerator)]))
        try withDatabase { settings in
            var connection = try Connection.open(settings)
            var place = 1
            while true {
                let plan = FaultPlan(fault, atCall: place)
                var broken = settings
                broken.faults = plan
                let outcome = try Ingest(.example(1), into: broken, .quiet).run(rows)
                let generation = try number(&connection, "SELECT generation FROM registry_state")
                #expect(generation == 1, "call \(place)")
                // A COMMIT without an answer may be found done by the next attempt.
                #expect(outcome.plan?.isFirstLoad != false, "call \(place)")
                guard plan.hasStruck else { break }
                place += 1
                try empty(&connection)
            }
            #expect(place > 20)
            #expect(try Verification.run(rows, in: settings).differences.isEmpty)
        }
    }

    /// COMMIT went out and nothing came back, then or later: whoever asked must not take it for a failure.
    @Test func `what became of a COMMIT that nobody can tell is said so, and the next run settles it`() throws
    {
        let rows = [try CatalogRows(Self.before.catalog), try CatalogRows(Self.after)]
        try withDatabase { settings in
            var connection = try Connection.open(settings)
            var number = 0
            /// Goes to the one registry or the other, as the next commit.
            func ingest(_ goal: Int, _ settings: ConnectionSettings) throws {
                number += 1
                _ = try Ingest(.example(number), into: settings, .quiet).run(rows[goal])
            }
            for goal in [0, 1, 0] { try ingest(goal, settings) }
            let counting = FaultPlan()
            var counted = settings
            counted.faults = counting
            try ingest(1, counted)
            var unknown = 0
            // The last calls: COMMIT, its answer, and the hint that follows it.
            for call in (counting.calls.count - 8)...counting.calls.count {
                try ingest(0, settings)
                var lost = settings
                lost.faults = FaultPlan(.reset, atCall: call, isLasting: true)
                do {
                    try ingest(1, lost)
                } catch let error as StorageError {
                    if error.cause == nil {
                        unknown += 1
                        #expect(error.code == .database, "call \(call)")
                        #expect(
                            error.message.hasPrefix(
                                "the connection was lost at COMMIT, and since then the database does not answer: "
                                    + "whether commit-\(number) is in it is not known ("),
                            "call \(call): \(error)")
                        #expect(
                            error.hint
                                == "run it again once the database is back; what is there already is not written twice"
                        )
                    } else {
                        #expect(error.isTransient, "call \(call): \(error)")
                    }
                }
                _ = try Ingest(.example(number), into: settings, .quiet).run(rows[1])
                let state = try #require(try RegistryState.read(&connection))
                #expect(state.generation == number && state.commit == "commit-\(number)", "call \(call)")
                #expect(try Verification.run(rows[1], in: settings).differences.isEmpty, "call \(call)")
            }
            #expect(unknown > 0)
        }
    }

    @Test func `a lock that others hold is waited for, again and again, and not for ever`() throws {
        let rows = try CatalogRows(Self.before.catalog)
        try withDatabase { settings in
            var impatient = settings
            impatient.lockTimeoutMilliseconds = 20
            let pauses = Mutex<[Int]>([])
            let surroundings = Ingest.Surroundings(
                microseconds: { 0 }, sleep: { pause in pauses.withLock { $0.append(pause) } },
                random: { $0 })
            var holder = try Connection.open(settings)
            try holder.execute("BEGIN; SELECT * FROM registry_state FOR UPDATE")
            let error = failure { _ = try Ingest(.example(1), into: impatient, surroundings).run(rows) }
            #expect(error?.cause?.sqlState == "55P03")
            #expect(pauses.withLock { $0 } == [50, 100, 200, 400, 800])
            try holder.execute("ROLLBACK")
            _ = try Ingest(.example(1), into: impatient, surroundings).run(rows)
        }
    }

    @Test func `what will not pass is not tried again`() throws {
        let rows = try CatalogRows(Self.before.catalog)
        try withDatabase { settings in
            var connection = try Connection.open(settings)
            try connection.execute("ALTER TABLE offers ADD CHECK (provider_model_id NOT LIKE '%-7')")
            let pauses = Mutex(0)
            let surroundings = Ingest.Surroundings(
                microseconds: { 0 }, sleep: { _ in pauses.withLock { $0 += 1 } }, random: { $0 })
            let error = failure { _ = try Ingest(.example(1), into: settings, surroundings).run(rows) }
            #expect(error?.cause?.sqlState == "23514")
            #expect(pauses.withLock { $0 } == 0)
            let offers = try number(&connection, "SELECT count(*) FROM offers")
            #expect(offers == 0)
        }
    }
}
