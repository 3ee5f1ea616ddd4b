import ArgumentParser
import Commands
import Diagnostics
import Entities
import Sources

/// `atlas reconcile`: what another source says of the offers, beside what the registry or a third one says.
struct ReconcileCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "reconcile",
        abstract: "Compares a snapshot of a source with the registry, or with another snapshot.",
        discussion: """
            Names are matched as they stand, by the other names that a source or the registry knows, and by \
            documented rules; never by a part of a name, never by likeness. What only looks alike is a proposal. \
            Both sides of a difference are shown with their sources and days, and neither is chosen. Nothing is \
            written. The exit code is 0 whatever differs, unless --fail-on says otherwise.
            """)

    /// When a comparison makes the run fail.
    enum FailureCondition: String, CaseIterable, ExpressibleByArgument {
        case never, conflict
    }

    @Argument(
        help: ArgumentHelp(
            "One of: \(SourceName.listing.map(\.rawValue).joined(separator: ", ")).", valueName: "source"))
    var source: SourceName

    @Argument(help: "A snapshot file of the source.")
    var file: String

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Compare with a second snapshot: its source, then its file.",
            discussion: "Default: the registry.", valueName: "source file"))
    var against: [String] = []

    @Option(help: ArgumentHelp("The day of the snapshot.", valueName: "date"))
    var date: Day?

    @Option(help: "Where the snapshot comes from.")
    var url: String?

    @Option(help: ArgumentHelp("The day of the second snapshot.", valueName: "date"))
    var againstDate: Day?

    @Option(help: ArgumentHelp("Where the second snapshot comes from.", valueName: "url"))
    var againstURL: String?

    @Option(
        help: ArgumentHelp(
            "Compare the offers of this provider only; may be given several times.", valueName: "id"))
    var provider: [String] = []

    @OptionGroup var common: CommonOptions

    @Option(help: "How the comparison is put out.")
    var format = TableFormat.text

    @Flag(
        help:
            "As text, list also what matched by its very name, and every offer of providers on one side only."
    )
    var details = false

    @Option(help: "When exit code 1 is due.")
    var failOn = FailureCondition.never

    func validate() throws {
        guard SourceName.listing.contains(source) else {
            throw ValidationError("\(source.rawValue) lists no offers of models")
        }
        guard against.isEmpty || against.count == 2 else {
            throw ValidationError("--against takes a source and a file, after the first two")
        }
        if let name = against.first, !SourceName.listing.contains(where: { $0.rawValue == name }) {
            throw ValidationError("\"\(name)\" is no source that lists offers of models")
        }
    }

    func run(on console: Console) throws -> ExitStatus {
        let snapshot = try Snapshot(ofFile: file, of: source, date: date, url: url, on: console)
        let here = try side(source, snapshot)
        let catalog = try catalog(on: console)
        let there = try otherSide(catalog, on: console)
        let reconciliation = Reconciliation(here, there, knowing: catalog, onlyAt: Set(provider))
        console.output(reconciliation.rendered(as: format, hasDetails: details))
        return failOn == .conflict && !reconciliation.disagreements.isEmpty ? .findings : .clean
    }

    /// Two snapshots are compared without a registry too: it then only lacks the aliases that one would know.
    private func catalog(on console: Console) throws -> Catalog {
        let isNeeded = against.isEmpty || common.root != nil || common.rev != nil
        if !isNeeded, (try? common.rootFolder(on: console)) == nil { return Catalog([]) }
        return try common.catalog(on: console)
    }

    private func otherSide(_ catalog: Catalog, on console: Console) throws -> Side {
        guard against.count == 2, let source = SourceName(rawValue: against[0]) else {
            return Side(registry: catalog)
        }
        let snapshot = try Snapshot(
            ofFile: against[1], of: source, date: againstDate, url: againstURL, on: console)
        return try side(source, snapshot)
    }

    private func side(_ source: SourceName, _ snapshot: Snapshot) throws -> Side {
        do throws(SourceError) {
            return try Side(source, in: snapshot)
        } catch {
            throw Failure(error.message)
        }
    }
}
