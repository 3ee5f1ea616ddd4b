import Glibc

/// A copy of this process that does one thing and ends. It starts within milliseconds: nothing is loaded again, and
/// what was read before is there.
///
/// Of all threads only the caller's goes on in the copy, and what another one held stays held there. So this is for a
/// process in which nothing else runs, as that of an exit test, and for work on one thread.
package enum ForkedProcess {
    /// Runs `body` in a copy and waits. The copy ends with 0 when `body` returned and with 1 when it threw; one that a
    /// signal ended has the signal's number and 128, as in a shell.
    package static func run(_ body: () throws -> Void) -> Int32 {
        let process = fork()
        if process == 0 {
            do { try body() } catch { _exit(1) }
            _exit(0)
        }
        precondition(process > 0, "a process can be copied")
        return ChildProcess.outcome(of: process, output: []).status
    }

    /// The status of a copy that was killed as by `kill -9`.
    package static let killed = 128 + SIGKILL
}
