import Dispatch
import Glibc
import Postgres
import Synchronization
import Testing

/// Reads all tables again and again on a thread of its own, as a reader should (REPEATABLE READ, READ ONLY), while others
/// write. One connection serves until it fails; what failed is kept and told.
final class SteadyReader: Sendable {
    /// What was read, in order, and what could not be.
    struct Record: CustomStringConvertible, CustomReflectable {
        var readings: [TableContents] = []
        var failures: [any Error] = []

        /// Not every row of every reading, when an expectation fails.
        var description: String {
            "\(readings.count) readings of generations \(generations.sorted()), failures \(sqlStates)"
        }
        var customMirror: Mirror { Mirror(self, children: [:]) }

        /// The generations that were seen.
        var generations: Set<Int> { Set(readings.map(\.generation)) }
        /// Whether no reading saw an older generation than the one before.
        var isInOrder: Bool {
            zip(readings, readings.dropFirst()).allSatisfy { $0.generation <= $1.generation }
        }
        /// Whether all readings are as they should be.
        func areAll(_ isRight: (TableContents) -> Bool) -> Bool { readings.allSatisfy(isRight) }
        /// The SQLSTATEs of the failures.
        var sqlStates: Set<String> {
            Set(failures.map { ($0 as? PostgresError)?.sqlState ?? String(describing: $0) })
        }
    }

    /// What came of an attempt to read.
    enum Look {
        case read
        /// It waits for a lock.
        case waits
    }

    /// How often somebody asks whether the reader has looked, at most: far longer than a test takes.
    private static let patience = 60_000

    private let settings: ConnectionSettings
    private let record = Mutex(Record())
    /// How many readings were begun, and the number of the last that ended well.
    private let begun = Atomic(0)
    private let ended = Atomic(0)
    private let serverProcess = Atomic(0)
    private let isStopping = Atomic(false)
    private let thread = DispatchQueue(label: "reader")

    init(_ settings: ConnectionSettings) {
        var settings = settings
        settings.applicationName = "steady reader"
        self.settings = settings
        thread.async { [self] in
            while !isStopping.load(ordering: .relaxed) {
                do {
                    try read()
                } catch {
                    record.withLock { $0.failures.append(error) }
                    usleep(2_000)
                }
            }
        }
    }

    /// Reads over one connection until it is to stop, or cannot.
    private func read() throws {
        var connection = try Connection.open(settings)
        serverProcess.store(connection.serverProcess, ordering: .relaxed)
        while !isStopping.load(ordering: .relaxed) {
            let number = begun.add(1, ordering: .sequentiallyConsistent).newValue
            let contents = try TableContents.read(&connection)
            record.withLock { $0.readings.append(contents) }
            ended.store(number, ordering: .sequentiallyConsistent)
            usleep(1_000)
        }
    }

    /// Returns when a reading that began after this call has ended, or the reader waits for a lock.
    @discardableResult
    func lookAgain(sourceLocation: SourceLocation = #_sourceLocation) -> Look {
        let before = begun.load(ordering: .sequentiallyConsistent)
        for attempt in 1...Self.patience {
            if ended.load(ordering: .sequentiallyConsistent) > before { return .read }
            if attempt % 4 == 0, isWaiting { return .waits }
            usleep(1_000)
        }
        Issue.record("the reader has stopped to read", sourceLocation: sourceLocation)
        return .waits
    }

    private var isWaiting: Bool {
        let sql = "SELECT count(*) FROM pg_stat_activity WHERE pid = $1 AND wait_event_type = 'Lock'"
        let process = serverProcess.load(ordering: .relaxed)
        var count = 0
        if var observer = try? Connection.open(settings),
            let rows = try? observer.query(sql, [.integer(process)])
        {
            count = (try? rows.integer(0, 0)) ?? 0
        }
        return count > 0
    }

    /// Lets `body` run, and gives how many readings began and ended meanwhile.
    func count(during body: () throws -> Void) rethrows -> Int {
        let before = begun.load(ordering: .sequentiallyConsistent)
        try body()
        return max(0, ended.load(ordering: .sequentiallyConsistent) - before)
    }

    /// Ends the reading, and gives what was seen.
    func stop() -> Record {
        isStopping.store(true, ordering: .relaxed)
        thread.sync {}
        return record.withLock { $0 }
    }
}
