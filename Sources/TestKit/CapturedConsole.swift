package import Commands
import Synchronization

/// A console that keeps what is written to it.
package final class CapturedConsole: Sendable {
    private struct Streams {
        var output = ""
        var errorOutput = ""
        var input: ArraySlice<String>
    }

    private let streams: Mutex<Streams>
    private let folder: String

    package init(folder: String, input: [String] = []) {
        self.folder = folder
        streams = Mutex(Streams(input: input[...]))
    }

    package var output: String { streams.withLock { $0.output } }
    package var errorOutput: String { streams.withLock { $0.errorOutput } }

    package var console: Console {
        Console(
            output: { text in self.streams.withLock { $0.output += text } },
            errorOutput: { text in self.streams.withLock { $0.errorOutput += text } },
            inputLine: { self.streams.withLock { $0.input.popFirst() } },
            inputBytes: { self.streams.withLock { Array($0.input.joined(separator: "\n").utf8) } },
            isTerminal: false, showsProgress: false, folder: folder, coreCount: 2)
    }

    /// What a program prints and how it ends; paths of the machine have no place in it.
    package func outcome(of program: (Console) -> Int32) -> GoldenScript.Outcome {
        let code = program(console)
        return GoldenScript.Outcome(
            output: output.replacing(folder, with: "FOLDER"),
            errorOutput: errorOutput.replacing(folder, with: "FOLDER"), exitCode: code)
    }
}
