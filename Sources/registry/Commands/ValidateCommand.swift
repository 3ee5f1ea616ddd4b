import ArgumentParser
import Commands
import Diagnostics
import RegistryTree
import Text

/// `registry validate`: every check on every file.
struct ValidateCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Checks every file of the registry.",
        discussion: "Finds every fault of every file in one run, each with its place and what to do.")

    @OptionGroup var common: CommonOptions

    @Option(
        help: ArgumentHelp(
            "Report only what was broken since this commit.",
            discussion: "In files that changed, and in others because of them.", valueName: "revision"))
    var base: String?

    @Option(
        help: ArgumentHelp(
            "Judge by the schemas and suppressions of this commit.",
            discussion: "So that a change cannot loosen its own check.", valueName: "revision"))
    var schemasFrom: String?

    @Option(help: "How findings are put out.")
    var format = OutputFormat.text

    @Option(help: "The severity from which findings make the run fail.")
    var failOn = FailureThreshold.error

    @Option(help: "Threads that check files. Default: one a core.")
    var jobs: Int?

    @Option(help: ArgumentHelp("The day it is, YYYY-MM-DD: suppressions past their day accept nothing."))
    var today: CalendarDate?

    func validate() throws {
        if let jobs, jobs < 1 { throw ValidationError("--jobs takes a number from 1") }
    }

    func run(on console: Console) throws -> ExitStatus {
        let source = try common.source(on: console)
        var options = Validation.Options()
        options.today = today
        options.jobs = jobs ?? console.coreCount
        if console.showsProgress, !common.quiet { options.progress = Progress.reporter(label: "checking") }
        let report = try report(on: source, options: options, console)
        if console.showsProgress, !common.quiet { console.errorOutput(Progress.erasure) }
        if !(common.quiet && format == .text && report.findings.isEmpty) {
            let files = try SourceFiles(of: source)
            console.output(
                report.rendered(as: format, style: common.style(on: console)) { files.bytes(of: $0) })
        }
        return failOn.status(of: report)
    }

    /// Judges the registry, or only what changed in it.
    private func report(on source: RegistrySource, options: Validation.Options, _ console: Console) throws
        -> Report
    {
        let rules = try schemasFrom.map {
            RegistrySource.commit(try common.commit($0, besides: source, on: console))
        }
        guard let base else {
            let validation = try Validation(of: source, by: rules, options: options)
            return Report(
                validation.findings, checkedFileCount: validation.checkedFileCount,
                suppressedCount: validation.suppressedCount, omissions: validation.omissions)
        }
        let change = try ChangeValidation(
            of: source, since: try common.commit(base, besides: source, on: console), by: rules,
            options: options)
        return Report(
            change.findings, checkedFileCount: change.checkedFileCount, omissions: change.omissions)
    }
}

extension CalendarDate: ExpressibleByArgument {
    /// Reads `YYYY-MM-DD`.
    public init?(argument: String) {
        self.init(argument)
    }
}
