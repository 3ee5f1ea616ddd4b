package import Git
import Glibc
package import Postgres
package import Redis

/// Where a command reads from and writes to: the terminal for the program, strings for the tests.
package struct Console: Sendable {
    /// Takes results and findings.
    package var output: @Sendable (String) -> Void
    /// Takes progress and failures.
    package var errorOutput: @Sendable (String) -> Void
    /// Gives the next line of the input without its line end; nil at the end.
    package var inputLine: @Sendable () -> String?
    /// Gives all of the input as it is.
    package var inputBytes: @Sendable () -> [UInt8]
    /// True when the output is a terminal that shows colours.
    package var isTerminal: Bool
    /// True when progress may be shown on the error output.
    package var showsProgress: Bool
    /// The folder that relative paths start from; empty for the process's own.
    package var folder: String
    /// Processor cores that may be used.
    package var coreCount: Int
    /// Gives a variable of the environment.
    package var variable: @Sendable (String) -> String? = { _ in nil }

    /// Gives the seconds since 1970.
    package var clock: @Sendable () -> Int = { time(nil) }

    /// What to break, in tests.
    package var faults = Faults()

    /// The calls out of this program that fail, or end it, in tests: to git, the database and the cache.
    package struct Faults: Sendable {
        package var git: GitFaults?
        package var database: FaultPlan?
        package var cache: RedisFaults?

        package init(
            git: GitFaults? = nil, database: FaultPlan? = nil, cache: RedisFaults? = nil
        ) {
            self.git = git
            self.database = database
            self.cache = cache
        }
    }

    /// A console of the caller's making.
    package init(
        output: @escaping @Sendable (String) -> Void, errorOutput: @escaping @Sendable (String) -> Void,
        inputLine: @escaping @Sendable () -> String?, inputBytes: @escaping @Sendable () -> [UInt8],
        isTerminal: Bool, showsProgress: Bool, folder: String, coreCount: Int,
        variable: @escaping @Sendable (String) -> String? = { _ in nil }
    ) {
        self.output = output
        self.errorOutput = errorOutput
        self.inputLine = inputLine
        self.inputBytes = inputBytes
        self.isTerminal = isTerminal
        self.showsProgress = showsProgress
        self.folder = folder
        self.coreCount = coreCount
        self.variable = variable
    }

    /// The console of the command that is running.
    @TaskLocal package static var current = Console.standard

    /// The process's own streams.
    package static var standard: Console {
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

    /// Writes a text to a file, replacing what is there.
    ///
    /// Throws when it cannot be written.
    package func write(_ text: String, toFile file: String) throws {
        let path = path(file)
        guard let stream = fopen(path, "w") else {
            throw Failure("\"\(file)\" cannot be written: \(String(cString: strerror(errno)))")
        }
        let isWritten = fputs(text, stream) >= 0
        guard fclose(stream) == 0, isWritten else { throw Failure("\"\(file)\" cannot be written whole") }
    }

    /// A path as the command line gave it, from the console's folder.
    package func path(_ given: String) -> String {
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
    package static func write(_ text: String, to descriptor: Int32) {
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
