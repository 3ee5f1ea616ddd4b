import ArgumentParser
import Commands
import Diagnostics
import Documents
import RegistryTree
import Text
import YAML

/// `registry json`: YAML as the validator understood it.
struct JSONCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "json",
        abstract: "Prints each document of YAML files as one line of JSON, as the validator understands it.",
        discussion: "Several documents, anchors and aliases are allowed here. \"-\" reads the standard input."
    )

    @Argument(help: "YAML files.")
    var files: [String]

    @Flag(help: "No colours, even on a terminal.")
    var noColor = false

    func run(on console: Console) throws -> ExitStatus {
        var reader = YAMLReader()
        var findings: [Diagnostic] = []
        var sources: [String: [UInt8]] = [:]
        for file in files {
            let bytes = try InputFile.bytes(of: file, on: console)
            sources[file] = bytes
            var keys = Interner()
            _ = reader.readStream(bytes, path: file, keys: &keys, findings: &findings) { document in
                var writer = JSONWriter()
                writer.write(copy document)
                writer.writeRaw("\n")
                console.output(String(decoding: writer.bytes, as: UTF8.self))
            }
        }
        let report = Report(findings, checkedFileCount: files.count)
        if !findings.isEmpty {
            let style: TextStyle = console.isTerminal && !noColor ? .colored : .plain
            console.output(report.rendered(as: .text, style: style) { sources[$0] })
        }
        return FailureThreshold.error.status(of: report)
    }
}
