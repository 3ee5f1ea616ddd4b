import Glibc
import Synchronization
import TestKit
import Testing

@testable import registry

/// Every script below Tests/Scripts, run through the program's own entry.
@Suite struct GoldenScriptTests {
    static let folder = Repository.root + "/Tests/Scripts"
    static let scripts = Files.tree(below: folder).filter { $0.hasSuffix(".test") }

    @Test func thereAreScripts() {
        #expect(Self.scripts.count >= 20)
    }

    /// `UPDATE_GOLDEN=1` rewrites the scripts with what the commands print; review the difference like code.
    @Test(arguments: scripts) func printsWhatTheScriptSays(path: String) throws {
        let text = try #require(Files.text(at: Self.folder + "/" + path))
        let (differences, rewritten) = Files.withTemporaryFolder { folder in
            GoldenScript(text).run(in: folder) { arguments, folder in Self.run(arguments, in: folder) }
        }
        if getenv("UPDATE_GOLDEN") != nil {
            Files.write(rewritten, to: Self.folder + "/" + path)
            return
        }
        for difference in differences {
            Issue.record(
                """
                \(path): \(difference.command)
                --- expected
                \(difference.expected)--- actual
                \(difference.actual)
                """)
        }
    }

    /// Runs `registry` with these arguments, which name the program first, on a console of strings.
    static func run(_ arguments: [String], in folder: String) -> GoldenScript.Outcome {
        let captured = CapturedConsole(folder: folder)
        let code = Registry.run(Array(arguments.dropFirst()), on: captured.console)
        // Paths of the machine have no place in what is compared.
        return GoldenScript.Outcome(
            output: captured.output.replacing(folder, with: "FOLDER"),
            errorOutput: captured.errorOutput.replacing(folder, with: "FOLDER"), exitCode: code)
    }
}

/// A console that keeps what is written to it.
final class CapturedConsole: Sendable {
    private struct Streams {
        var output = ""
        var errorOutput = ""
        var input: ArraySlice<String>
    }

    private let streams: Mutex<Streams>
    private let folder: String

    init(folder: String, input: [String] = []) {
        self.folder = folder
        streams = Mutex(Streams(input: input[...]))
    }

    var output: String { streams.withLock { $0.output } }
    var errorOutput: String { streams.withLock { $0.errorOutput } }

    var console: Console {
        Console(
            output: { text in self.streams.withLock { $0.output += text } },
            errorOutput: { text in self.streams.withLock { $0.errorOutput += text } },
            inputLine: { self.streams.withLock { $0.input.popFirst() } },
            inputBytes: { self.streams.withLock { Array($0.input.joined(separator: "\n").utf8) } },
            isTerminal: false, showsProgress: false, folder: folder, coreCount: 2)
    }
}
