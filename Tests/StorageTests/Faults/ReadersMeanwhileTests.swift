import Dispatch
import Postgres
import Synchronization
import TestKit
import Testing

@testable import Storage

/// What a reader sees that looks all the while: one generation or the other, whole.
@Suite struct ReadersMeanwhileTests {
    /// What the reader did at each call of an ingest.
    private final class Looks: Sendable {
        private let looks = Mutex<[SteadyReader.Look]>([])

        func add(_ look: SteadyReader.Look) { looks.withLock { $0.append(look) } }
        func count(_ look: SteadyReader.Look) -> Int { looks.withLock { $0.count { $0 == look } } }
    }

    /// Settings with which an ingest stands still before each call until the reader has looked.
    private func watched(
        _ settings: ConnectionSettings, by reader: SteadyReader, _ looks: Looks
    ) -> ConnectionSettings {
        var settings = settings
        settings.faults = FaultPlan(.after { looks.add(reader.lookAgain()) }, atCall: 1, isLasting: true)
        return settings
    }

    @Test func `of a first load with few rows a reader sees nothing, then all, and never waits`() throws {
        try ScratchDatabase.withSchema { settings in
            var history = try FaultedHistory(settings)
            try history.empty()
            let (reader, looks) = (SteadyReader(settings), Looks())
            let watched = watched(settings, by: reader, looks)
            try history.ingest(7, through: watched)
            reader.lookAgain()
            let seen = reader.stop()
            #expect(watched.faults?.calls.contains(.copyData) == true)
            #expect(looks.count(.waits) == 0 && looks.count(.read) == watched.faults?.calls.count)
            #expect(seen.sqlStates == [] && seen.isInOrder && seen.generations == [0, 1])
            #expect(seen.areAll(history.isWhole))
        }
    }

    /// Keys and indexes are taken away and made again: readers wait for that, and see nothing of it.
    @Test func `of a first load with many rows a reader sees nothing, then waits, then sees all`() throws {
        let rows = try CatalogRows(SyntheticCatalog(offerCount: 2_050).catalog)
        try withDatabase { settings in
            let (reader, looks) = (SteadyReader(settings), Looks())
            reader.lookAgain()
            let watched = watched(settings, by: reader, looks)
            _ = try Ingest(.example(1), into: watched, .quiet).run(rows)
            reader.lookAgain()
            let seen = reader.stop()
            let wanted = try TableContents.read(settings)
            #expect(wanted.commit == "commit-1" && wanted.visible.count > 3 * 2_050)
            #expect(looks.count(.read) > 10 && looks.count(.waits) > 10)
            #expect(seen.generations == [0, 1] && seen.isInOrder)
            #expect(seen.areAll { $0 == wanted || ($0.commit == nil && $0.all.isEmpty) })
            #expect(seen.sqlStates == [])
        }
    }

    @Test func `while eight ingests of one commit run at once a reader sees one generation after the other`()
        throws
    {
        try ScratchDatabase.withSchema { settings in
            var history = try FaultedHistory(settings)
            let first = history.commitCount
            let reader = SteadyReader(settings)
            var meanwhile = 0
            for round in 1...6 {
                reader.lookAgain()
                meanwhile += try reader.count {
                    try history.disturb("round \(round)", mustSucceed: true) { commit, state in
                        try Self.eight {
                            _ = try Ingest.ofState(state, commit: commit, into: settings).run(
                                RegistryStates.rows[state])
                        }
                    }
                }
            }
            reader.lookAgain()
            let seen = reader.stop()
            #expect(meanwhile >= 6)
            #expect(seen.sqlStates == [] && seen.isInOrder)
            #expect(seen.generations == Set(first...first + 6))
            #expect(seen.areAll(history.isWhole))
        }
    }

    /// Runs `body` on eight threads, and throws what one of them threw.
    private static func eight(_ body: @escaping @Sendable () throws -> Void) throws {
        let failure = Mutex<(any Error)?>(nil)
        let queues = (1...8).map { DispatchQueue(label: "ingest \($0)") }
        for queue in queues {
            queue.async {
                do { try body() } catch { failure.withLock { $0 = error } }
            }
        }
        for queue in queues { queue.sync {} }
        if let failure = failure.withLock({ $0 }) { throw failure }
    }

    /// Each stands still once, at another call each time, until the reader has looked; every second one is cut too.
    @Test func `while ingests are cut on their way a reader sees one generation after the other`() throws {
        try ScratchDatabase.withRelayedSchema { relay, settings, direct in
            var history = try FaultedHistory(direct)
            let count = try history.byteCount(.toServer, through: settings, relay)
            let first = history.commitCount
            let (reader, looks) = (SteadyReader(direct), Looks())
            reader.lookAgain()
            for step in 1...24 {
                relay.change(to: step % 2 == 0 ? .cut(.toServer, after: count * step / 25) : Weather())
                var watched = settings
                watched.faults = FaultPlan(.after { looks.add(reader.lookAgain()) }, atCall: step * 4)
                try history.ingest(history.next, through: watched)
                #expect(relay.hasStruck == (step % 2 == 0), "step \(step)")
            }
            reader.lookAgain()
            let seen = reader.stop()
            #expect(looks.count(.read) > 12 && looks.count(.waits) == 0)
            #expect(seen.sqlStates == [] && seen.isInOrder)
            #expect(seen.generations.isSuperset(of: [first, first + 24]) && seen.generations.count > 12)
            #expect(seen.areAll(history.isWhole))
        }
    }
}
