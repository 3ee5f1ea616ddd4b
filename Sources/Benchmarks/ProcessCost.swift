import Glibc
import TestKit

/// What a finished program cost.
struct ProcessCost {
    /// User and system time, of its own children too.
    var cpuSeconds: Double
    var wallSeconds: Double
    /// The most memory it held at once, in bytes; of a few programs, the largest one's.
    var peakBytes: Int
}

/// Runs a program to its end and measures it. The first argument is the program, looked for on the PATH when it
/// has no slash. Its standard output is thrown away; what it writes to standard error is seen unless quieted.
///
/// Fails when it cannot start or ends with another status than the one expected.
func measure(
    _ arguments: [String], expecting expected: Int32 = 0, quiet: Bool = true
) throws(BenchmarkError) -> ProcessCost {
    var process = ChildProcess(arguments)
    process.isQuiet = quiet
    let start = monotonicSeconds()
    let outcome = try finish(process, expecting: expected)
    return ProcessCost(
        cpuSeconds: outcome.cpuSeconds, wallSeconds: monotonicSeconds() - start, peakBytes: outcome.peakBytes)
}

/// What a program prints on standard output, without the line ends after it.
func output(of arguments: [String]) throws(BenchmarkError) -> String {
    try finish(ChildProcess(arguments), expecting: 0, keepingOutput: true).text
}

private func finish(
    _ process: ChildProcess, expecting expected: Int32, keepingOutput: Bool = false
) throws(BenchmarkError) -> ChildProcess.Outcome {
    let outcome: ChildProcess.Outcome
    do throws(ChildProcess.Failure) {
        outcome = try process.run(keepingOutput: keepingOutput)
    } catch {
        throw BenchmarkError(error.description)
    }
    guard outcome.status == expected else {
        throw BenchmarkError(
            "ended with status \(outcome.status), not \(expected): \(process.arguments.joined(separator: " "))"
        )
    }
    return outcome
}

/// Seconds since some moment, never going back.
func monotonicSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
