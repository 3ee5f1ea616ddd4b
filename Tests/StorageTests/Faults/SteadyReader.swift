import Dispatch
import Postgres
import Synchronization

/// Reads all tables again and again, on a thread of its own, while others write.
final class SteadyReader: Sendable {
    private let readings = Mutex<[TableContents]>([])
    private let isStopping = Atomic(false)
    private let thread = DispatchQueue(label: "reader")

    init(_ settings: ConnectionSettings) {
        thread.async { [self] in
            while !isStopping.load(ordering: .relaxed) {
                // A server that is being restarted under the reader has nothing to say.
                guard let contents = try? TableContents.read(settings) else { continue }
                readings.withLock { $0.append(contents) }
            }
        }
    }

    /// Ends the reading, and gives what was read, in order.
    func stop() -> [TableContents] {
        isStopping.store(true, ordering: .relaxed)
        thread.sync {}
        return readings.withLock { $0 }
    }
}
