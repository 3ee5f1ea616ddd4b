import ArgumentParser
import Commands
import Diagnostics
import RegistryTree

/// `registry fix`: every file in canonical form.
struct FixCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "fix",
        abstract: "Writes files in canonical form; comments survive.",
        discussion:
            "Key order, indentation, quotes and numbers; values that can only have been meant one way are put right."
    )

    @Argument(help: "Files, as paths below the registry's root. Default: all.")
    var paths: [String] = []

    @Flag(help: "Change nothing; findings and exit code 1 when a file is not in canonical form.")
    var check = false

    @OptionGroup var common: CommonOptions

    @Option(help: "How findings are put out.")
    var format = OutputFormat.text

    func validate() throws { try common.refuseRevision(for: "fix") }

    func run(on console: Console) throws -> ExitStatus {
        let root = try common.rootFolder(on: console)
        let formatting = try Formatting(root: root, paths: paths)
        if !check {
            let writer = TreeWriter(root: root)
            for change in formatting.changes {
                try writer.replace(change.path, change.bytes)
                console.output("fixed \(change.path)\n")
            }
        }
        let report = Report(
            formatting.findings + (check ? formatting.differences : []),
            checkedFileCount: formatting.checkedFileCount)
        if !(common.quiet && report.findings.isEmpty) {
            let files = try SourceFiles(of: .folder(root))
            console.output(
                report.rendered(as: format, style: common.style(on: console)) { files.bytes(of: $0) })
        }
        return FailureThreshold.error.status(of: report)
    }
}
