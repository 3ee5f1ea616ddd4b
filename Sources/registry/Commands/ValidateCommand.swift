import ArgumentParser
import Diagnostics
import RegistryTree
import Text

/// `registry validate`: every check on every file.
struct ValidateCommand: RegistryCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Checks every file of the registry.",
        discussion: "Finds every fault of every file in one run, each with its place and what to do.")

    @OptionGroup var common: CommonOptions

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
        let validation = try Validation(of: source, options: options)
        if console.showsProgress, !common.quiet { console.errorOutput(Progress.erasure) }
        let report = Report(
            validation.findings, checkedFileCount: validation.checkedFileCount,
            suppressedCount: validation.suppressedCount, omissions: validation.omissions)
        if !(common.quiet && format == .text && report.findings.isEmpty) {
            let files = try SourceFiles(of: source)
            console.output(
                report.rendered(as: format, style: common.style(on: console)) { files.bytes(of: $0) })
        }
        return failOn.status(of: report)
    }
}

extension CalendarDate: ExpressibleByArgument {
    /// Reads `YYYY-MM-DD`.
    public init?(argument: String) {
        self.init(argument)
    }
}
