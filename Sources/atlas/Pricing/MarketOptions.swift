import ArgumentParser
import Commands
import Entities
import Pricing
import Text

/// Which offers take part, and what they may cost.
struct MarketOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The most a month may cost, in US dollars.", valueName: "amount"))
    var budget: DecimalArgument?

    @Option(parsing: .upToNextOption, help: ArgumentHelp("These providers only.", valueName: "id"))
    var provider: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("These regions only, and what holds in all.", valueName: "id"))
    var region: [String] = []

    @Flag(help: "Take offers that cost nothing too; most have limits.")
    var includeFree = false

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "What a currency was worth in dollars on a day: EUR=1.08@2026-09-01.", valueName: "rate"))
    var rate: [ExchangeRates.Quote] = []

    @Option(help: ArgumentHelp("The day whose prices count. Default: today, UTC.", valueName: "date"))
    var date: Day?

    /// The providers that were named; nil for all.
    ///
    /// Throws with the nearest name where one is not there.
    func providers(in catalog: Catalog) throws -> Set<Provider.ID>? {
        provider.isEmpty ? nil : Set(try provider.map { try catalog.requiredProvider($0).id })
    }

    /// The regions that were named; nil for all.
    var regions: Set<String>? { region.isEmpty ? nil : Set(region.map { $0.lowercased() }) }

    /// The budget; nil for any cost.
    ///
    /// Throws where it is no amount above 0.
    func budgetAmount() throws -> Money? {
        try budget.map { budget in
            guard let money = Money(budget.number), money > .zero else {
                throw Failure("--budget \(budget.number) is no amount above 0")
            }
            return money
        }
    }
}
