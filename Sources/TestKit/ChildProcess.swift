@preconcurrency import Glibc

/// A program to be run to its end, and what it did.
package struct ChildProcess: Sendable {
    /// The program first, looked for on the PATH when it has no slash.
    package var arguments: [String]
    /// All of its environment; nil hands on this process's own.
    package var environment: [String: String]?
    /// The file that it reads as standard input.
    package var inputPath = "/dev/null"
    /// False where what it writes to standard error should be seen.
    package var isQuiet = true

    /// How a program ended and what it cost.
    package struct Outcome: Sendable {
        /// One that a signal ended has the signal's number and 128, as in a shell.
        package let status: Int32
        /// What it wrote to standard output, if that was kept.
        package let output: [UInt8]
        /// User and system time, of its own children too.
        package let cpuSeconds: Double
        /// The most memory it held at once; of a few programs, the largest one's. Linux counts from the moment of
        /// the fork, so the figure is never below this program's own memory then.
        package let peakBytes: Int

        /// The output as text without the line ends after it.
        package var text: String {
            let end = output.lastIndex { $0 != UInt8(ascii: "\n") }.map { $0 + 1 } ?? 0
            return String(decoding: output[..<end], as: UTF8.self)
        }
    }

    /// A program that could not be started.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    package init(_ arguments: [String], environment: [String: String]? = nil) {
        self.arguments = arguments
        self.environment = environment
    }

    /// Runs it and waits. Its output is kept in memory or thrown away.
    package func run(keepingOutput: Bool = false) throws(Failure) -> Outcome {
        guard keepingOutput else { return ChildProcess.outcome(of: try start(outputTo: nil), output: []) }
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw Failure(description: "cannot make a pipe") }
        // So that a program which another thread starts meanwhile does not keep the pipe open.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let (reading, writing) = (ends[0], ends[1])
        defer { close(reading) }
        let process: pid_t
        do {
            defer { close(writing) }
            process = try start(outputTo: writing)
        }
        var output: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = read(reading, &block, block.count), count > 0 { output += block[..<count] }
        return ChildProcess.outcome(of: process, output: output)
    }

    /// Begins it with this output, or with none, and does not wait for it.
    func start(outputTo output: Int32?) throws(Failure) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, inputPath, O_RDONLY, 0)
        if let output {
            posix_spawn_file_actions_adddup2(&actions, output, 1)
        } else {
            posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        }
        if isQuiet { posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0) }
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        var settings: [UnsafeMutablePointer<CChar>?] =
            (environment ?? [:]).map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in words + settings { free(text) } }
        var process = pid_t()
        let status = settings.withUnsafeMutableBufferPointer { settings in
            let all = environment == nil ? environ : settings.baseAddress
            return words[0].map { posix_spawnp(&process, $0, &actions, nil, &words, all) } ?? ENOENT
        }
        guard status == 0 else { throw Failure(description: "cannot start \(arguments.first ?? "nothing")") }
        return process
    }

    /// Waits for a process that was begun, and says what became of it.
    static func outcome(of process: pid_t, output: [UInt8]) -> Outcome {
        var word: Int32 = 0
        var usage = rusage()
        while wait4(process, &word, 0, &usage) < 0, errno == EINTR {}
        let signal = word & 0x7f
        return Outcome(
            status: signal == 0 ? (word >> 8) & 0xff : 128 + signal, output: output,
            cpuSeconds: seconds(usage.ru_utime) + seconds(usage.ru_stime), peakBytes: usage.ru_maxrss * 1_024)
    }

    private static func seconds(_ time: timeval) -> Double {
        Double(time.tv_sec) + Double(time.tv_usec) / 1e6
    }
}
