import Glibc
import Postgres
import Storage
import TestKit
import Testing

/// F1: every call to the database breaks in turn, until a run ends unharmed.
@Suite struct FaultsAtCallTests {
    /// The calls of one undisturbed ingest of the other state: of the two ways, which differ by a question or two, the
    /// shorter one.
    private func calls(_ history: inout FaultedHistory) throws -> [Operation] {
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

    @Test(arguments: [FaultPlan.Fault.refuse, .reset, .delay(milliseconds: 1)])
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
            for call in 1...(try calls(&history).count) {
                try history.disturb("\(fault) from call \(call) on", mustSucceed: false) { commit, state in
                    var settings = settings
                    settings.faults = FaultPlan(fault, atCall: call, isLasting: true)
                    _ = try Ingest.ofState(state, commit: commit, into: settings).run(
                        RegistryStates.rows[state])
                }
            }
        }
    }

    /// Each run is a process of its own, which ends like by `kill -9`.
    @Test func `a process killed at some call leaves what was, or what was wanted`() async throws {
        let settings = try ScratchDatabase.makeSchema()
        defer { ScratchDatabase.dropSchema(of: settings) }
        let url = try ScratchDatabase.serverURL()
        let schema = settings.searchPath?.first ?? ""
        var history = try FaultedHistory(settings)
        // Each process takes some time to start; the calls of every kind and all near the end are among these.
        let calls = try calls(&history)
        let chosen = calls.indices.filter { index in
            index < 8 || index >= calls.count - 12 || calls[index] != calls[index - 1] || index % 5 == 0
        }
        for call in chosen.map({ $0 + 1 }) {
            let before = try history.begin()
            let (commit, state) = (history.commitCount, history.next)
            await #expect(processExitsWith: .signal(SIGKILL)) {
                [
                    url = url as String, schema = schema as String, commit = commit as Int,
                    state = state as Int,
                    call = call as Int
                ] in
                var settings = ConnectionSettings(url: url)
                settings.searchPath = [schema]
                settings.faults = FaultPlan(.kill, atCall: call)
                _ = try Ingest.ofState(state, commit: commit, into: settings).run(RegistryStates.make(state))
            }
            try history.judge(
                "killed at call \(call), \(calls[call - 1])", since: before, Killed(), mustSucceed: false)
        }
    }
}

/// What stands for the word of a process that was killed.
private struct Killed: Error {}
