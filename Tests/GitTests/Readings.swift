import Synchronization

/// What several threads found.
final class Readings: Sendable {
    private let list = Mutex<[Result<[String], any Error>]>([])

    var all: [Result<[String], any Error>] { list.withLock { $0 } }

    func append(_ reading: Result<[String], any Error>) {
        list.withLock { $0.append(reading) }
    }
}
