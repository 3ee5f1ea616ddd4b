import ArgumentParser
import Commands
import Diagnostics
import Documents
import Glibc
import RegistryTree
import Sources
import Text

/// `registry import`: what another source says, as a change of the registry.
struct ImportCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Brings in what a snapshot of another source says.",
        discussion: """
            Adds what is missing and brings up to date what the same source said before; nothing is deleted, and \
            what a person wrote stands. The change is checked and shown before it is written. Where a snapshot \
            comes from and of which day it is stands in a file beside it, NAME.meta.json, or is given.
            """)

    @Argument(
        help: ArgumentHelp(
            "One of: \(SourceName.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "source"))
    var source: SourceName

    @Argument(help: "Snapshot files of the source.")
    var files: [String]

    @Flag(help: "Show the change and write nothing.")
    var dryRun = false

    @Option(
        help: ArgumentHelp("Only files whose paths match, such as 'mappings/openai/*'.", valueName: "glob"))
    var only: String?

    @Option(help: ArgumentHelp("The day of the snapshot.", valueName: "date"))
    var date: Day?

    @Option(help: "Where the snapshot comes from.")
    var url: String?

    @Option(
        help: ArgumentHelp(
            "An alarm that does not stop the import; may be given several times.", valueName: "alarm"))
    var accept: [Alarm.Kind] = []

    @Flag(help: "Write files with warnings too.")
    var keepSuspicious = false

    @Flag(help: "List every record that was not taken, every conflict and every name that resembles one.")
    var details = false

    @OptionGroup var common: CommonOptions

    @Option(help: "How the change is put out.")
    var format = ChangeReport.Format.text

    func validate() throws {
        try common.refuseRevision(for: "import")
        if files.isEmpty { throw ValidationError("give at least one snapshot file") }
    }

    func run(on console: Console) throws -> ExitStatus {
        let root = try common.rootFolder(on: console)
        var options = Validation.Options()
        options.jobs = console.coreCount
        let base = try RegistryState(of: .folder(root), options: options)
        let snapshots = try files.filter { !$0.hasSuffix(".meta.json") }.map {
            try Snapshot(ofFile: $0, of: source, date: date, url: url, on: console)
        }
        let harvest: Harvest
        do throws(SourceError) {
            harvest = try source.harvest(from: snapshots, knowing: base.catalog)
        } catch {
            throw Failure(error.message)
        }
        var bringing = Bringing(root: root, only: only)
        let progress = console.showsProgress && !common.quiet ? Progress.reporter(label: "importing") : nil
        let changed = try bringing.files(of: harvest.proposals, progress: progress)
        if progress != nil { console.errorOutput(Progress.erasure) }
        let proposed = try ProposedFiles(
            changed, at: root, rejecting: keepSuspicious ? .error : .warning, options: options)
        let alarms = harvest.alarms.filter { !accept.contains($0.kind) }
        let isWritten = !dryRun && alarms.isEmpty
        // Both states read their files when they are asked: they are compared before anything is written.
        let report = ChangeReport(RegistryChange(from: base, to: proposed.outcome), policy: ChangePolicy())
        console.output(report.rendered(as: format))
        if isWritten { try write(proposed.files, at: root) }
        let summary = ImportSummary(
            source: source.rawValue, harvest: harvest, bringing: bringing, proposed: proposed, alarms: alarms,
            isWritten: isWritten, hasDetails: details)
        if format == .text { console.output(summary.text) } else { console.errorOutput(summary.text) }
        return alarms.isEmpty ? .clean : .findings
    }

    private func write(_ files: [String: [UInt8]], at root: String) throws {
        let writer = TreeWriter(root: root)
        for (path, bytes) in files.sorted(by: { $0.key < $1.key }) { try writer.put(path, bytes) }
    }
}

extension Alarm.Kind: ExpressibleByArgument {}
