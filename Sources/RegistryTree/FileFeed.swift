import Dispatch
import Synchronization

/// The files of a listing, handed out in batches while the listing still goes on.
final class FileFeed: Sendable {
    /// Some files, and the number that the first of them has in the listing.
    struct Batch {
        let start: Int
        let files: [ListedFile]
    }

    private struct State {
        var batches: [Batch] = []
        var taken = 0
        var fileCount = 0
    }

    /// Files of a batch: enough to make the taking cheap, few enough for all readers to end together.
    static let batchSize = 16

    private let state = Mutex(State())
    /// One signal for every batch, and one for the end, which each reader passes on.
    private let signals = DispatchSemaphore(value: 0)

    /// How many batches were put in so far.
    var batchCount: Int { state.withLock { $0.batches.count } }

    /// How many files were put in so far.
    var fileCount: Int { state.withLock { $0.fileCount } }

    /// Puts in the next files of the listing.
    func add(_ files: ArraySlice<ListedFile>) {
        var rest = files
        while !rest.isEmpty {
            let some = Array(rest.prefix(FileFeed.batchSize))
            rest = rest.dropFirst(FileFeed.batchSize)
            state.withLock { state in
                state.batches.append(Batch(start: state.fileCount, files: some))
                state.fileCount += some.count
            }
            signals.signal()
        }
    }

    /// Says that no more files come.
    func close() {
        signals.signal()
    }

    /// The next batch, waiting for it while the listing goes on; nil after the last. Each batch goes to one reader.
    func next() -> Batch? {
        signals.wait()
        let batch: Batch? = state.withLock { state in
            guard state.taken < state.batches.count else { return nil }
            defer {
                // What was taken is kept by its reader alone.
                state.batches[state.taken] = Batch(start: 0, files: [])
                state.taken += 1
            }
            return state.batches[state.taken]
        }
        if batch == nil { signals.signal() }
        return batch
    }
}
