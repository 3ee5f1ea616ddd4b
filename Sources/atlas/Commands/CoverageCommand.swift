import ArgumentParser
import Commands
import Coverage
import Diagnostics
import Text

/// `atlas coverage`: what the registry holds, what it lacks, and how well its facts are backed.
struct CoverageCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "coverage",
        abstract: "Counts what the registry holds and names what it lacks.",
        discussion: """
            An architecture is exact where the parameter count comes from it or from the stored tensors. Sources \
            are counted once for each fact that names them.
            """)

    @OptionGroup var common: CommonOptions

    @Option(help: "How the counts are put out.")
    var format = TableFormat.text

    @Option(
        help: ArgumentHelp(
            "The day from which ages are reckoned.", discussion: "Default: today, UTC.", valueName: "date"))
    var today: Day?

    @Flag(help: "Name everything that is lacking, not the first ten of each.")
    var details = false

    func run(on console: Console) throws -> ExitStatus {
        let coverage = RegistryCoverage(
            of: try common.catalog(on: console), today: try Day.today(today, on: console))
        console.output(coverage.rendered(as: format, nameLimit: details ? .max : 10))
        return .clean
    }
}
