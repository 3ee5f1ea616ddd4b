import ArgumentParser
import Commands
import Diagnostics
import Entities
import Pricing

/// `atlas compare`: the offers of one model side by side.
struct CompareCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Shows the offers of a model side by side, from the cheapest.")

    @Argument(help: "A model, by id, repository or alias.")
    var model: String

    @Option(help: "What comes first: price (of input), output, blended, context or provider.")
    var sort = OfferComparison.Order.price

    @OptionGroup var mix: MixOptions

    @Option(help: ArgumentHelp("The day whose prices count. Default: today, UTC.", valueName: "date"))
    var date: Day?

    @Option(
        help: ArgumentHelp(
            "The time of that day, UTC, like 17:30, for offers that charge by it.", valueName: "time"))
    var at: TimeOfDay?

    @OptionGroup var common: CommonOptions

    @Option(help: "How the offers are put out.")
    var format = TableFormat.text

    func run(on console: Console) throws -> ExitStatus {
        let catalog = try common.catalog(on: console)
        let comparison = OfferComparison(
            of: try catalog.requiredModel(model), in: catalog, on: try Day.today(date, on: console),
            minute: at?.minute, mix: mix.mix, sortedBy: sort)
        console.output(comparison.table.rendered(as: format))
        return .clean
    }
}

extension OfferComparison.Order: ExpressibleByArgument {}
