import Dispatch
import Postgres
import Storage
import Synchronization

/// An ingest on a thread of its own, which hangs while its relay is silent.
final class HangingIngest: Sendable {
    private let thread = DispatchQueue(label: "hanging")
    private let end = DispatchSemaphore(value: 0)
    private let result = Mutex<Swift.Result<Ingest.Outcome, StorageError>?>(nil)

    /// Its commit comes before the one of a number (`commit-7`), and those after it.
    init(_ ingest: Ingest, _ rows: CatalogRows, before later: Int) {
        thread.async { [self] in
            let outcome = Swift.Result { () throws(StorageError) in
                try ingest.run(rows) { (stored) throws(StorageError) in
                    (Int(stored.dropFirst("commit-".count)) ?? 0) < later ? .descendant : .ancestor
                }
            }
            result.withLock { $0 = outcome }
            end.signal()
        }
    }

    /// Waits for its end; false when that does not come for far longer than anything here takes.
    func endsByItself() -> Bool {
        defer { end.signal() }
        return end.wait(timeout: .now() + .seconds(60)) == .success
    }

    /// Waits for its end, and gives what came of it.
    func wait() throws -> Ingest.Outcome? {
        thread.sync {}
        return try result.withLock { $0 }?.get()
    }
}
