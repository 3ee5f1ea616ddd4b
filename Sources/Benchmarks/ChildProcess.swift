@preconcurrency import Glibc

/// What a finished program cost.
struct ProcessCost {
    /// User and system time, of its own children too.
    var cpuSeconds: Double
    var wallSeconds: Double
    /// The most memory it held at once, in bytes; of a few programs, the largest one's. Linux counts from the
    /// moment of the fork, so the figure is never below this program's own memory then.
    var peakBytes: Int
}

/// Runs a program to its end and measures it. The first argument is the program, looked for on the PATH when it
/// has no slash. Its standard output is thrown away; what it writes to standard error is seen unless quieted.
///
/// Fails when it cannot start or ends with another status than the one expected.
func measure(
    _ arguments: [String], expecting expected: Int32 = 0, quiet: Bool = true
) throws(BenchmarkError) -> ProcessCost {
    let start = monotonicSeconds()
    let process = try spawn(arguments, outputTo: nil, quiet: quiet)
    let (status, usage) = wait(for: process)
    let wallSeconds = monotonicSeconds() - start
    guard status == expected else {
        throw BenchmarkError(
            "ended with status \(status), not \(expected): \(arguments.joined(separator: " "))")
    }
    return ProcessCost(
        cpuSeconds: seconds(usage.ru_utime) + seconds(usage.ru_stime), wallSeconds: wallSeconds,
        peakBytes: usage.ru_maxrss * 1_024)
}

/// What a program prints on standard output, without the line ends after it.
func output(of arguments: [String]) throws(BenchmarkError) -> String {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw BenchmarkError("cannot make a pipe") }
    let (reading, writing) = (ends[0], ends[1])
    defer { close(reading) }
    let process: pid_t
    do {
        defer { close(writing) }
        process = try spawn(arguments, outputTo: writing, quiet: true)
    }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 4_096)
    while case let count = read(reading, &block, block.count), count > 0 {
        bytes += block[..<count]
    }
    let (status, _) = wait(for: process)
    guard status == 0 else {
        throw BenchmarkError("ended with status \(status): \(arguments.joined(separator: " "))")
    }
    while bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
}

/// Starts a program; `nil` for its output means that nobody reads it.
private func spawn(_ arguments: [String], outputTo output: Int32?, quiet: Bool) throws(BenchmarkError)
    -> pid_t
{
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if let output {
        posix_spawn_file_actions_adddup2(&actions, output, 1)
    } else {
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    }
    if quiet {
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    }
    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var process = pid_t()
    guard let program = words[0], posix_spawnp(&process, program, &actions, nil, &words, environ) == 0 else {
        throw BenchmarkError("cannot start \(arguments.first ?? "nothing")")
    }
    return process
}

/// Waits for a program to end. One that a signal ended has the signal's number and 128 for a status, as in a shell.
private func wait(for process: pid_t) -> (status: Int32, usage: rusage) {
    var word: Int32 = 0
    var usage = rusage()
    while wait4(process, &word, 0, &usage) < 0, errno == EINTR {}
    let signal = word & 0x7f
    return (signal == 0 ? (word >> 8) & 0xff : 128 + signal, usage)
}

private func seconds(_ time: timeval) -> Double {
    Double(time.tv_sec) + Double(time.tv_usec) / 1e6
}

private func monotonicSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
