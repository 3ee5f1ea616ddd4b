import ArgumentParser
import Diagnostics
import Documents
import Glibc
import RegistryTree
import Sources
import Text

/// `registry import`: what another source says, as a change of the registry.
struct ImportCommand: RegistryCommand {
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
    var date: String?

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
        if let date, CalendarDate(date)?.day == nil {
            throw ValidationError("--date takes a day, YYYY-MM-DD")
        }
        if files.isEmpty { throw ValidationError("give at least one snapshot file") }
    }

    func run(on console: Console) throws -> ExitStatus {
        let root = try common.rootFolder(on: console)
        var options = Validation.Options()
        options.jobs = console.coreCount
        let base = try RegistryState(of: .folder(root), options: options)
        let snapshots = try files.filter { !$0.hasSuffix(".meta.json") }.map { try snapshot($0, on: console) }
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

    /// A file with where it comes from: what was given, else what its sidecar says, else what can be told without.
    private func snapshot(_ file: String, on console: Console) throws -> Snapshot {
        let path = console.path(file)
        let bytes = try SourceFiles.bytes(at: path)
        let name = String(path.split(separator: "/").last ?? "")
        let sidecar = Sidecar(of: path)
        let known = sidecar.map { Origin.parts(ofSidecar: $0.value) }
        let day =
            date.flatMap { CalendarDate($0) } ?? Origin.day(inName: name) ?? known?.seenOn
            ?? CalendarDate(secondsSinceEpoch: console.clock())
        guard let day else { throw Failure("\"\(file)\" does not say of which day it is; use --date") }
        return Snapshot(
            name: name, bytes: bytes,
            origin: Origin(url: url ?? known?.url ?? source.url, seenOn: day))
    }
}

extension SourceName: ExpressibleByArgument {}

extension Alarm.Kind: ExpressibleByArgument {}

/// The file beside a snapshot that says where it comes from: `prices.meta.json` of `prices.json`, or one for the whole
/// folder, named as the folder is.
private struct Sidecar {
    let value: Value

    init?(of path: String) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let folder = parts.dropLast().joined(separator: "/")
        let name = parts.last ?? ""
        let stem = name.split(separator: ".").first ?? name
        let folderName = parts.dropLast().last ?? ""
        let prefix = folder.isEmpty && !path.hasPrefix("/") ? "" : folder + "/"
        // Snapshots of several days may share one: `models-2026-05-10.json` and `models.meta.json`.
        let undated =
            stem.count > 11 && Origin.day(inName: String(stem.suffix(10))) != nil ? stem.dropLast(11) : stem
        for candidate in [name.dropLast(5), stem, undated, folderName] where !candidate.isEmpty {
            guard let bytes = try? SourceFiles.bytes(at: "\(prefix)\(candidate).meta.json"),
                let day = CalendarDate(year: 1970, month: 1, day: 1),
                let value = try? Snapshot(
                    name: "", bytes: bytes, origin: Origin(url: nil, seenOn: day)
                ).json()
            else { continue }
            self.value = value
            return
        }
        return nil
    }
}
