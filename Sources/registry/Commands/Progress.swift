import Commands
import Glibc
import Synchronization

/// A line on the terminal that says how far a long run has come.
enum Progress {
    /// Clears the line.
    static let erasure = "\r\u{1B}[2K"

    /// Something to tell the progress to, from any thread; it writes to the error output at most ten times a second.
    static func reporter(label: String) -> @Sendable (Int, Int) -> Void {
        let last = Atomic(milliseconds())
        return { done, total in
            let now = milliseconds()
            let before = last.load(ordering: .relaxed)
            guard now - before >= 100,
                last.compareExchange(expected: before, desired: now, ordering: .relaxed).exchanged
            else { return }
            Console.write("\(erasure)\(label) \(done) of \(total) files", to: STDERR_FILENO)
        }
    }

    private static func milliseconds() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
    }
}
