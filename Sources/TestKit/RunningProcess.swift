package import Glibc

/// A program that goes on while a test does other things: a server, as a rule.
///
/// It is killed when its owner lets go of it, and also when the tests' own process ends in any way: a shell beside it
/// reads from a pipe that nobody writes to, and kills it when the pipe ends.
package final class RunningProcess {
    /// Its number, to send it signals.
    package let process: pid_t
    private let guardian: pid_t
    private let lifeline: Int32
    private var outcome: ChildProcess.Outcome?

    /// Starts a program; what it writes to its output goes to a file.
    package init(_ program: ChildProcess, outputPath: String = "/dev/null") throws(ChildProcess.Failure) {
        let output = open(outputPath, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        defer { close(output) }
        var ends: [Int32] = [0, 0]
        guard output >= 0, pipe(&ends) == 0 else {
            throw ChildProcess.Failure(description: "cannot open \(outputPath) or a pipe")
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { close(ends[0]) }
        lifeline = ends[1]
        process = try program.start(outputTo: output)
        var shell = ChildProcess([
            "/bin/sh", "-c", "trap '' HUP INT TERM; read -r line; kill -9 \"$1\"", "sh", "\(process)",
        ])
        // The system's name for a descriptor of ours: the shell opens the pipe anew, for reading.
        shell.inputPath = "/proc/self/fd/\(ends[0])"
        guardian = try shell.start(outputTo: nil)
    }

    deinit {
        signal(SIGCONT)
        signal(SIGKILL)
        wait()
    }

    /// False once it has ended by itself or by a signal.
    package var isRunning: Bool {
        guard outcome == nil else { return false }
        var information = siginfo_t()
        let status = waitid(P_PID, id_t(process), &information, WEXITED | WNOWAIT | WNOHANG)
        return status == 0 && information.si_signo == 0
    }

    /// Sends it a signal; does nothing once it has ended.
    package func signal(_ number: Int32) {
        if outcome == nil { kill(process, number) }
    }

    /// Waits for its end and says how it ended.
    @discardableResult
    package func wait() -> ChildProcess.Outcome {
        if let outcome { return outcome }
        // Held as a zombie until the guardian is gone, so that its number cannot become another's meanwhile.
        var information = siginfo_t()
        while waitid(P_PID, id_t(process), &information, WEXITED | WNOWAIT) < 0, errno == EINTR {}
        kill(guardian, SIGKILL)
        _ = ChildProcess.outcome(of: guardian, output: [])
        close(lifeline)
        let outcome = ChildProcess.outcome(of: process, output: [])
        self.outcome = outcome
        return outcome
    }
}
