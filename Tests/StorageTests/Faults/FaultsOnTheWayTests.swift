import Dispatch
import Glibc
import Postgres
import Storage
import TestKit
import Testing

/// F3 and F4: what happens between the client and the server, byte by byte.
@Suite struct FaultsOnTheWayTests {
    private func ingest(_ state: Int, _ commit: Int, _ settings: ConnectionSettings) throws {
        _ = try Ingest.ofState(state, commit: commit, into: settings).run(RegistryStates.rows[state])
    }

    /// How many bytes an undisturbed ingest sends or gets.
    private func byteCount(
        _ direction: Weather.Direction, _ history: inout FaultedHistory, _ relay: Relay,
        _ settings: ConnectionSettings
    ) throws -> Int {
        for _ in 0..<2 {
            relay.change(to: Weather())
            try history.ingest(history.next, through: settings)
        }
        return relay.passed(direction)
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
            let count = try byteCount(direction, &history, relay, settings)
            for place in places(of: count) {
                relay.change(to: .cut(direction, after: place))
                try history.disturb("cut \(direction) after \(place)", mustSucceed: true) {
                    try ingest($1, $0, settings)
                }
            }
        }
    }

    @Test func `bytes that come one by one, or late, make no difference`() throws {
        try ScratchDatabase.withRelayedSchema { relay, settings, direct in
            var history = try FaultedHistory(direct)
            var slices = Weather()
            slices.sliceBytes = 1
            var delays = Weather()
            delays.delayMilliseconds = 5
            for weather in [slices, delays] {
                relay.change(to: weather)
                try history.disturb("\(weather)", mustSucceed: true) { try ingest($1, $0, settings) }
            }
        }
    }

    @Test(arguments: [Weather.CommitFault.cutBefore, .dropAnswer])
    func `a lost COMMIT, or its lost answer, is found out and made good`(fault: Weather.CommitFault) throws {
        try ScratchDatabase.withRelayedSchema { relay, settings, direct in
            var history = try FaultedHistory(direct)
            for _ in 0..<4 {
                relay.change(to: .commit(fault))
                try history.disturb("\(fault)", mustSucceed: true) { try ingest($1, $0, settings) }
                #expect(relay.hasStruck)
            }
        }
    }

    /// A session that is idle in a transaction the server ends by itself. One that stands in the middle of a pipeline it
    /// does not: then the others are told within a bound that the lock is held, and go on once that session is ended.
    @Test func `of a client that falls silent the others are rid, or told of it in time`() throws {
        try ScratchDatabase.withRelayedSchema { relay, settings, direct in
            var history = try FaultedHistory(direct)
            let count = try byteCount(.toServer, &history, relay, settings)
            for step in 1...12 {
                relay.change(to: .silence(.toServer, after: count * step / 13))
                let (commit, next) = (1_000 + step, history.next)
                let silent = SilentIngest(next, commit, before: history.commitCount + 1, settings)
                while !relay.hasStruck { usleep(500) }
                let before = try TableContents.read(direct)
                var patient = direct
                patient.lockTimeoutMilliseconds = 100
                do {
                    try history.ingest(next, through: patient)
                } catch let error as StorageError {
                    #expect(error.cause?.sqlState == "55P03", "\(error)")
                    let during = try TableContents.read(direct)
                    #expect(during == before)
                    // It names the session, and what ends it.
                    #expect(error.message.contains("(\"model-atlas ingest commit-\(commit)"), "\(error)")
                    let remedy = try #require(error.hint?.split(separator: "`").dropFirst().first)
                    var owner = try Connection.open(direct)
                    try owner.query(String(remedy))
                    try history.ingest(next, through: patient)
                }
                let after = try TableContents.read(direct)
                #expect(history.isVisible(after, as: next) && after.generation == before.generation + 1)
                // The hanging call ends with its connection; what it then tries again finds all done.
                relay.change(to: Weather())
                relay.endConnections()
                silent.wait()
                let finally = try TableContents.read(direct)
                #expect(history.isVisible(finally, as: next) && finally.generation == after.generation)
            }
        }
    }

    /// A reader that looks all the while never sees parts of two generations.
    @Test func `readers see one generation or the other, whole`() throws {
        try ScratchDatabase.withRelayedSchema { relay, settings, direct in
            var history = try FaultedHistory(direct)
            let reader = SteadyReader(direct)
            let count = try byteCount(.toServer, &history, relay, settings)
            for step in 1...24 {
                relay.change(to: step % 2 == 0 ? .cut(.toServer, after: count * step / 25) : Weather())
                try history.ingest(history.next, through: settings)
            }
            let seen = reader.stop()
            #expect(seen.count > 3)
            #expect(seen.allSatisfy(history.isWhole))
            #expect(zip(seen, seen.dropFirst()).allSatisfy { $0.generation <= $1.generation })
        }
    }
}

/// An ingest on a thread of its own, which hangs while its relay is silent.
private final class SilentIngest: Sendable {
    private let thread = DispatchQueue(label: "silent")

    /// Its commit comes before the one of a number, and those after it.
    init(_ state: Int, _ commit: Int, before later: Int, _ settings: ConnectionSettings) {
        var settings = settings
        settings.idleInTransactionTimeoutMilliseconds = 100
        thread.async { [settings] in
            // What becomes of it does not matter here.
            let ingest = Ingest.ofState(state, commit: commit, into: settings)
            _ = try? ingest.run(RegistryStates.rows[state]) { (stored) throws(StorageError) in
                (Int(stored.dropFirst("commit-".count)) ?? 0) < later ? .descendant : .ancestor
            }
        }
    }

    func wait() { thread.sync {} }
}
