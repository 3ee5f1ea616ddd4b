import Postgres
import Storage
import TestKit
import Testing

/// F3 and F4: what happens between the client and the server, byte by byte.
@Suite struct FaultsOnTheWayTests {
    private func ingest(_ state: Int, _ commit: Int, _ settings: ConnectionSettings) throws {
        _ = try Ingest.ofState(state, commit: commit, into: settings).run(RegistryStates.rows[state])
    }

    /// All bytes of the start and the end, and some of those between, which are many of the same kind.
    private func places(of count: Int) -> [Int] {
        (0...count).filter { $0 % max(1, count / 60) == 0 || $0 > count - 24 }
    }

    @Test(arguments: Weather.Direction.allCases)
    func `a connection cut after any byte is made again, and the ingest done`(
        direction: Weather.Direction
    ) throws {
        try ScratchDatabase.withRelayedSchema { relay, settings, direct in
            var history = try FaultedHistory(direct)
            let count = try history.byteCount(direction, through: settings, relay)
            for place in places(of: count) {
                relay.change(to: .cut(direction, after: place))
                try history.disturb("cut \(direction) after \(place)", mustSucceed: true) {
                    try ingest($1, $0, settings)
                }
            }
        }
    }

    /// A line of 5 kB/s and one of 200 ms keep a transaction open for seconds.
    @Test func `bytes that come one by one, slowly or late make no difference, and hold no reader up`() throws
    {
        try ScratchDatabase.withRelayedSchema { relay, settings, direct in
            var history = try FaultedHistory(direct)
            let first = history.commitCount
            let reader = SteadyReader(direct)
            reader.lookAgain()
            var (sliced, slow, late) = (Weather(), Weather(), Weather())
            sliced.sliceBytes = 1
            slow.bytesPerSecond = 5_000
            late.delayMilliseconds = 200
            for weather in [sliced, slow, late] {
                relay.change(to: weather)
                let count = try reader.count {
                    try history.disturb("\(weather)", mustSucceed: true) { try ingest($1, $0, settings) }
                }
                #expect(count > 1, "\(weather)")
            }
            reader.lookAgain()
            let seen = reader.stop()
            #expect(seen.sqlStates == [] && seen.isInOrder)
            #expect(seen.areAll(history.isWhole))
            #expect(seen.generations == Set(first...first + 3))
        }
    }

    /// Asked for once an attempt, the lineage tells how many there were: where the generation is found there, one.
    @Test(arguments: Weather.CommitFault.allCases)
    func `a lost COMMIT is made good, and after a lost answer the generation tells that it was done`(
        fault: Weather.CommitFault
    ) throws {
        try ScratchDatabase.withRelayedSchema(overTCP: true) { relay, settings, direct in
            var history = try FaultedHistory(direct)
            for _ in 0..<4 {
                relay.change(to: .commit(fault))
                var attempts = 0
                try history.disturb("\(fault)", mustSucceed: true) { commit, state in
                    let ingest = Ingest.ofState(state, commit: commit, into: settings)
                    _ = try ingest.run(RegistryStates.rows[state]) { (_) throws(StorageError) in
                        attempts += 1
                        return .descendant
                    }
                }
                #expect(relay.hasStruck)
                #expect(attempts == (fault.reachesServer ? 1 : 2))
            }
        }
    }
}
