import Git
import Glibc
import Postgres
import Redis

/// Where a command reads from and writes to: the terminal for the program, strings for the tests.
struct Console: Sendable {
    /// Takes results and findings.
    var output: @Sendable (String) -> Void
    /// Takes progress and failures.
    var errorOutput: @Sendable (String) -> Void
    /// Gives the next line of the input without its line end; nil at the end.
    var inputLine: @Sendable () -> String?
    /// Gives all of the input as it is.
    var inputBytes: @Sendable () -> [UInt8]
    /// True when the output is a terminal that shows colours.
    var isTerminal: Bool
    /// True when progress may be shown on the error output.
    var showsProgress: Bool
    /// The folder that relative paths start from; empty for the process's own.
    var folder: String
    /// Processor cores that may be used.
    var coreCount: Int
    /// Gives a variable of the environment.
    var variable: @Sendable (String) -> String? = { _ in nil }

    /// Gives the seconds since 1970.
    var clock: @Sendable () -> Int = { time(nil) }

    /// What to break, in tests.
    var faults = Faults()

    /// The calls out of this program that fail, or end it, in tests: to git, the database and the cache.
    struct Faults: Sendable {
        var git: GitFaults?
        var database: FaultPlan?
        var cache: RedisFaults?
    }

    /// The console of the command that is running.
    @TaskLocal static var current = Console.standard

    /// The process's own streams.
    static var standard: Console {
        Console(
            output: { text in write(text, to: STDOUT_FILENO) },
            errorOutput: { text in write(text, to: STDERR_FILENO) },
            inputLine: { readLine(strippingNewline: true) },
            inputBytes: { readAll(from: STDIN_FILENO) },
            isTerminal: isatty(STDOUT_FILENO) == 1 && getenv("NO_COLOR") == nil,
            showsProgress: isatty(STDERR_FILENO) == 1,
            folder: "",
            coreCount: max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))),
            variable: { name in getenv(name).map { String(cString: $0) } })
    }

    /// A path as the command line gave it, from the console's folder.
    func path(_ given: String) -> String {
        given.hasPrefix("/") || folder.isEmpty ? given : folder + "/" + given
    }

    private static func readAll(from descriptor: Int32) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return bytes }
            bytes += chunk[..<count]
        }
    }

    /// Writes a whole text to a file descriptor; what cannot be written is lost, as on a closed pipe.
    static func write(_ text: String, to descriptor: Int32) {
        var text = text
        text.withUTF8 { buffer in
            var written = 0
            while written < buffer.count {
                let count = Glibc.write(
                    descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written)
                if count < 0, errno != EINTR { return }
                written += max(0, count)
            }
        }
    }
}
