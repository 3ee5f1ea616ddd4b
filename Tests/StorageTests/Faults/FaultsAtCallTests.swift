import Postgres
import Storage
import TestKit
import Testing

/// F1: every call to the database breaks in turn, until a run ends unharmed.
@Suite struct FaultsAtCallTests {
    /// The calls of one undisturbed ingest of the other state: of the two ways, which differ by a question or two, the
    /// shorter one.
    func calls(_ history: inout FaultedHistory) throws -> [Operation] {
        var ways: [[Operation]] = []
        for _ in 0..<2 {
            let counting = FaultPlan()
            var settings = history.direct
            settings.faults = counting
            try history.ingest(7 - history.state, through: settings)
            ways.append(counting.calls)
        }
        return ways.min { $0.count < $1.count } ?? []
    }

    @Test(arguments: [FaultPlan.Fault.refuse, .reset])
    func `one broken call is outlived, whichever it is`(fault: FaultPlan.Fault) throws {
        try ScratchDatabase.withSchema { settings in
            var history = try FaultedHistory(settings)
            let count = try calls(&history).count
            var call = 0
            while true {
                call += 1
                let faults = FaultPlan(fault, atCall: call)
                try history.disturb("\(fault) at call \(call)", mustSucceed: true) { commit, state in
                    var settings = settings
                    settings.faults = faults
                    _ = try Ingest.ofState(state, commit: commit, into: settings).run(
                        RegistryStates.rows[state])
                }
                guard faults.hasStruck else { break }
            }
            #expect(call >= count)
        }
    }

    @Test(arguments: [FaultPlan.Fault.refuse, .reset])
    func `a server that stays away from some call on leaves what was, or what was wanted`(
        fault: FaultPlan.Fault
    ) throws {
        try ScratchDatabase.withSchema { settings in
            var history = try FaultedHistory(settings)
            let count = try calls(&history).count
            var call = 0
            while true {
                call += 1
                let faults = FaultPlan(fault, atCall: call, isLasting: true)
                try history.disturb("\(fault) from call \(call) on", mustSucceed: false) { commit, state in
                    var settings = settings
                    settings.faults = faults
                    _ = try Ingest.ofState(state, commit: commit, into: settings).run(
                        RegistryStates.rows[state])
                }
                guard faults.hasStruck else { break }
            }
            #expect(call > count)
        }
    }

    /// The client stands still for longer than the server lets a session be idle in a transaction: between two calls of
    /// a transaction the server ends it, and the client finds out when it goes on.
    @Test func `a client that is late for any call is let down by its server, and then has done nothing`()
        throws
    {
        try ScratchDatabase.withSchema { settings in
            var history = try FaultedHistory(settings)
            let count = try calls(&history).count
            var (call, refused, outlived) = (0, 0, 0)
            var isOver = false
            while !isOver {
                call += 1
                let faults = FaultPlan(.delay(milliseconds: 40), atCall: call)
                let before = history.commitCount
                try history.disturb("late for call \(call)", mustSucceed: false) { commit, state in
                    var late = settings
                    late.faults = faults
                    late.idleInTransactionTimeoutMilliseconds = 15
                    do throws(StorageError) {
                        _ = try Ingest.ofState(state, commit: commit, into: late).run(
                            RegistryStates.rows[state])
                        isOver = !faults.hasStruck
                        if faults.calls.filter({ $0 == .connect }).count > 1 { outlived += 1 }
                    } catch {
                        #expect(error.cause?.sqlState == "25P03", "call \(call): \(error)")
                        refused += 1
                        throw error
                    }
                }
                #expect(history.commitCount > before)
            }
            print("late for \(call) calls: \(refused) refused, \(outlived) outlived on another connection")
            #expect(call >= count && refused + outlived > 5)
        }
    }

    /// Kills an ingest at every call, until one ends unharmed; the number of the last. Each is a process of its own, which
    /// ends as by `kill -9`: a copy of this one, which has read the registry.
    private static func killAtEveryCall(_ url: String, _ schema: String, emptying: Bool) throws -> Int {
        var settings = ConnectionSettings(url: url)
        settings.searchPath = [schema]
        var history = try FaultedHistory(settings)
        var call = 0
        while true {
            call += 1
            if emptying { try history.empty() }
            let before = try history.begin()
            let status = ForkedProcess.run {
                var settings = settings
                settings.faults = FaultPlan(.kill, atCall: call)
                _ = try Ingest.ofState(history.next, commit: history.commitCount, into: settings)
                    .run(RegistryStates.rows[history.next])
            }
            let failure = status == 0 ? nil : Ended(status: status)
            try history.judge("killed at call \(call)", since: before, failure, mustSucceed: false)
            guard status == ForkedProcess.killed else {
                #expect(status == 0, "call \(call)")
                return call
            }
        }
    }

    @Test(arguments: [false, true])
    func `a process killed at any call leaves what was, or what was wanted`(isFirstLoad: Bool) async throws {
        let settings = try ScratchDatabase.makeSchema()
        defer { ScratchDatabase.dropSchema(of: settings) }
        let url = try ScratchDatabase.serverURL()
        let schema = settings.searchPath?.first ?? ""
        await #expect(processExitsWith: .success) {
            [url = url as String, schema = schema as String, isFirstLoad = isFirstLoad as Bool] in
            let last = try FaultsAtCallTests.killAtEveryCall(url, schema, emptying: isFirstLoad)
            #expect(last > 60)
        }
    }
}

/// How a process ended that did not end well.
private struct Ended: Error {
    let status: Int32
}
