import ArgumentParser
import Commands
import Coverage
import Diagnostics
import Text

/// `registry stale`: the facts that nobody has looked at for too long.
struct StaleCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "stale",
        abstract: "Names the facts that nobody has checked for too long.",
        discussion: """
            A fact ages from the day on which it was last checked, as its file says. Offers and rentals are due for \
            another look after 30 days and overdue after 90; at a marketplace after 14 and 45, where you run it \
            yourself after 90 and 180. Providers are due after 90 days, models and accelerators after 180, and all \
            three overdue after 365. The exit code is 0 whatever is found, unless --fail-on-stale is given.
            """)

    @Option(
        help: ArgumentHelp(
            "One limit for all facts: past it they are overdue.", valueName: "days"))
    var maxAgeDays: Int?

    @Option(
        help: ArgumentHelp(
            "The day to reckon from.", discussion: "Default: today, UTC.", valueName: "date"))
    var today: Day?

    @Flag(help: "Exit code 1 when a fact is overdue.")
    var failOnStale = false

    @OptionGroup var common: CommonOptions

    @Option(help: "How the facts are put out.")
    var format = TableFormat.text

    func validate() throws {
        if let maxAgeDays, maxAgeDays < 0 { throw ValidationError("--max-age-days takes a number from 0") }
    }

    func run(on console: Console) throws -> ExitStatus {
        let staleness = Staleness(
            of: try common.catalog(on: console), today: try Day.today(today, on: console),
            maximumAgeDays: maxAgeDays)
        if !(common.quiet && format == .text && staleness.rows.isEmpty) {
            console.output(staleness.rendered(as: format))
        }
        return failOnStale && staleness.hasOverdue ? .findings : .clean
    }
}
