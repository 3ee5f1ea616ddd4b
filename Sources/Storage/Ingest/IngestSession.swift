import Postgres
import Synchronization

/// The connection that an ingest keeps between its calls: making one takes several round trips, more with TLS.
final class IngestSession: Sendable {
    private let lock = Mutex(())
    /// Touched under the lock alone. A `Mutex` of its own would ask for a connection that is `Sendable`.
    nonisolated(unsafe) private var idle: Connection?

    /// Gives the connection that was kept; nil when there is none.
    func take() -> Connection? {
        lock.withLock { _ in unsafe idle.take() }
    }

    /// Keeps a connection for the next call, unless it is of no more use.
    func keep(_ connection: consuming Connection) {
        guard connection.transactionStatus == .idle else { return }
        var kept: Connection? = connection
        lock.withLock { _ in unsafe idle = kept.take() }
    }
}
