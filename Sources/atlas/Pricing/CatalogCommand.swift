import ArgumentParser
import Commands
import Diagnostics
import Entities
import Pricing
import Text

/// `atlas catalog`: who sells a kind of work at which price.
struct CatalogCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "catalog",
        abstract: "Ranks the prices of a workload, from the cheapest, within one unit.",
        discussion: """
            Language models are compared by the price of a mix of tokens, other models by their own unit. Prices of \
            another unit are left out, never converted. Where nothing meets everything that was asked, unit, budget and \
            providers are given up one after the other, and that is told. csv holds the thirteen columns of a canonical \
            price row.
            """)

    @Option(
        help: ArgumentHelp(
            "One of: \(WorkloadKind.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "workload"
        ))
    var workload: WorkloadKind

    @Option(help: ArgumentHelp("The unit of prices and use: 1m_tokens, audio_min, image.", valueName: "unit"))
    var unit: String?

    @Option(help: ArgumentHelp("What a month uses, in --unit.", valueName: "count"))
    var usage: DecimalArgument?

    @Option(parsing: .upToNextOption, help: ArgumentHelp("These models only.", valueName: "id"))
    var model: [String] = []

    @OptionGroup var market: MarketOptions

    @OptionGroup var mix: MixOptions

    @Option(help: "How careful: conservative, balanced or aggressive.")
    var preset = PriceLoad.Preset.balanced

    @Option(help: ArgumentHelp("The peak of the load over its average.", valueName: "factor"))
    var peak: Double?

    @Option(
        help: ArgumentHelp("How full a machine may run at the peak, above 0, up to 1.", valueName: "share"))
    var utilization: Double?

    @Option(help: ArgumentHelp("How much a risk of 1 adds to a cost of 1.", valueName: "factor"))
    var alpha: Double?

    @Flag(help: "Count doubtful prices as dearer than they say.")
    var weighted = false

    @Flag(help: "Count replicas where the throughput of one is known.")
    var replicas = false

    @Flag(help: "Leave out what has no known throughput.")
    var knownThroughput = false

    @Flag(help: "Take batches, reserved capacity and other classes of service too.")
    var allTerms = false

    @Flag(help: "Give nothing up where nothing meets everything that was asked.")
    var strict = false

    @Option(help: "How many rows are shown.")
    var top = 20

    @OptionGroup var common: CommonOptions

    @Option(help: "How the ranking is put out.")
    var format = TableFormat.text

    func validate() throws {
        if usage != nil || market.budget != nil, unit == nil {
            throw ValidationError("--usage and --budget need a --unit to be reckoned in")
        }
        if let unit, BillingUnit(named: unit, countsMedia: workload.countsMedia) == nil {
            throw ValidationError("\"\(unit)\" is no unit of \(workload.rawValue)")
        }
        if let peak, !(peak > 0 && peak <= 1_000) { throw ValidationError("--peak takes a factor above 0") }
        if let utilization, !(utilization > 0 && utilization <= 1) {
            throw ValidationError("--utilization takes a share above 0, up to 1")
        }
        if let alpha, !(alpha >= 0 && alpha <= 1_000) {
            throw ValidationError("--alpha takes a factor from 0")
        }
        guard top > 0 else { throw ValidationError("--top takes a number from 1") }
    }

    func run(on console: Console) throws -> ExitStatus {
        let catalog = try common.catalog(on: console)
        var selection = CatalogSelection(day: try Day.today(market.date, on: console), mix: mix.mix)
        selection.exchangeRates = ExchangeRates(market.rate)
        let rows = catalog.rows(selection)
        let ranking = PriceRanking(of: rows.rows, for: try question(catalog))
        if format == .csv {
            console.output(ranking.csv(limit: top))
        } else {
            console.output(ranking.page(limit: top).rendered(as: format))
        }
        if !common.quiet, rows.otherCurrencyCount > 0 {
            console.errorOutput(
                "prices in other currencies, without a --rate: \(rows.otherCurrencyCount)\n")
        }
        if !common.quiet, workload == .llm, rows.incompleteCount > 0 {
            console.errorOutput("offers without a price for a part of the mix: \(rows.incompleteCount)\n")
        }
        return .clean
    }

    private func question(_ catalog: Catalog) throws -> PriceQuestion {
        var question = PriceQuestion(workload)
        question.unit = unit.flatMap { BillingUnit(named: $0, countsMedia: workload.countsMedia) }
        if let unit = question.unit, let usage {
            guard let quantity = Quantity(usage.number, of: unit), quantity.trillionths > 0 else {
                throw Failure("--usage \(usage.number) is no quantity above 0")
            }
            question.monthlyUsage = quantity
        }
        question.budget = try market.budgetAmount()
        question.providers = try market.providers(in: catalog).map { Set($0.map(\.text)) }
        if !model.isEmpty { question.models = Set(try model.map { try catalog.requiredModel($0).id.text }) }
        question.regions = market.regions
        question.weighsConfidence = weighted
        question.countsReplicas = replicas
        question.requiresThroughput = knownThroughput
        question.includesFree = market.includeFree
        question.includesOtherTerms = allTerms
        question.isRelaxed = !strict
        var load = PriceLoad(preset, for: workload)
        load.peakToAverage = peak ?? load.peakToAverage
        load.utilization = utilization ?? load.utilization
        load.alpha = alpha ?? load.alpha
        question.load = load
        return question
    }
}

extension WorkloadKind: ExpressibleByArgument {
    init?(argument: String) { self.init(named: argument) }
}

extension PriceLoad.Preset: ExpressibleByArgument {}
