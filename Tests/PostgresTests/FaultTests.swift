import Postgres
import TestKit
import Testing

/// One piece of work with every way to the server in it, broken at each call in turn.
@Suite struct FaultTests {
    private static let rowCount = 1_200

    private func work(_ settings: ConnectionSettings) throws {
        var connection = try Connection.open(settings)
        try connection.withTransaction { (connection) throws(PostgresError) in
            try connection.query("SELECT count(*) FROM t")
            try connection.pipeline { (pipeline) throws(PostgresError) in
                for key in 0..<600 {
                    try pipeline.execute("INSERT INTO t VALUES ($1)", [.integer(key)])
                }
            }
            try connection.copy(into: "t", columns: ["a"]) { (writer) throws(PostgresError) in
                for key in 600..<Self.rowCount { try writer.write([.integer(key)]) }
            }
        }
    }

    @Test(arguments: [FaultPlan.Fault.refuse, .reset, .delay(milliseconds: 0)])
    func `whichever call breaks, all or nothing is there`(fault: FaultPlan.Fault) throws {
        try ScratchDatabase.withSchema { settings in
            var observer = try Connection.open(settings)
            try observer.execute("CREATE TABLE t (a bigint PRIMARY KEY)")
            let counting = FaultPlan()
            var broken = settings
            broken.faults = counting
            try work(broken)
            // The hundreds of equal calls of the pipeline need not be broken one by one.
            let calls = counting.calls
            let places = calls.indices.filter { index in
                index < 30 || index > calls.count - 30 || calls[index] != calls[index - 1] || index % 97 == 0
            }
            for place in places {
                try observer.execute("DELETE FROM t")
                broken.faults = FaultPlan(fault, atCall: place + 1)
                broken.applicationName = "faults \(settings.searchPath ?? []) \(place)"
                var code: PostgresError.Code?
                do { try work(broken) } catch let error as PostgresError { code = error.code }
                try waitForEnd(of: broken.applicationName, &observer)
                let stored = try number(&observer, "SELECT count(*) FROM t")
                switch code {
                case nil: #expect(stored == Self.rowCount, "call \(place + 1), \(calls[place])")
                case .unknownOutcome: #expect([0, Self.rowCount].contains(stored))
                default: #expect(stored == 0, "call \(place + 1), \(calls[place])")
                }
                if case .delay = fault { #expect(code == nil) }
                #expect(broken.faults?.hasStruck == true)
            }
        }
    }

    @Test func `every kind of call is counted`() throws {
        try ScratchDatabase.withSchema { settings in
            var settings = settings
            let plan = FaultPlan()
            settings.faults = plan
            var connection = try Connection.open(settings)
            try connection.execute("CREATE TABLE t (a bigint PRIMARY KEY)")
            try work(settings)
            try connection.cancelHandle?.cancel()
            #expect(Set(plan.calls) == Set(Operation.allCases))
            #expect(!plan.hasStruck)
        }
    }

    @Test func `a lasting fault strikes from its call on`() throws {
        var settings = try ScratchDatabase.serverSettings()
        let plan = FaultPlan(.refuse, atCall: 2, isLasting: true)
        settings.faults = plan
        for attempt in 1...3 {
            #expect(failure { _ = try Connection.open(settings) }?.isTransient == true)
            #expect(plan.calls.count == attempt + 1)
        }
    }

    @Test func `a cancel request can be broken too`() throws {
        var settings = try ScratchDatabase.serverSettings()
        let counting = FaultPlan()
        settings.faults = counting
        _ = try Connection.open(settings)
        settings.faults = FaultPlan(.refuse, atCall: counting.calls.count + 1)
        let connection = try Connection.open(settings)
        let handle = connection.cancelHandle
        #expect(failure { try handle?.cancel() }?.isTransient == true)
    }
}
