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
        let (old, new) = (try CatalogRows(Self.before.catalog), try CatalogRows(Self.after))
        try withDatabase { settings in
            var connection = try Connection.open(settings)
            for isFirst in [true, false] {
                var place = 1
                while true {
                    try empty(&connection)
                    if !isFirst { _ = try Ingest(.example(1), into: settings, .quiet).run(old) }
                    var broken = settings
                    let plan = FaultPlan(fault, atCall: place)
                    broken.faults = plan
                    _ = try Ingest(.example(2), into: broken, .quiet).run(new)
                    let state = try #require(try RegistryState.read(&connection))
                    #expect(state.commit == "commit-2", "call \(place)")
                    #expect(state.generation == (isFirst ? 1 : 2), "call \(place)")
                    let commits = try number(&connection, "SELECT count(*) FROM registry_commits")
                    #expect(commits == state.generation, "call \(place)")
                    guard plan.hasStruck else { break }
                    place += 1
                }
                #expect(place > 20)
                #expect(try Verification.run(new, in: settings).differences.isEmpty)
            }
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
