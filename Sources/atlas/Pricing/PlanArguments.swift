import ArgumentParser
import Commands
import Entities
import Pricing
import Ranking
import Text

/// The load that a plan has to serve.
struct PlanLoadOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Tokens of prompts and answers in a day.", valueName: "count"))
    var tokensPerDay: Int?

    @Option(
        help: ArgumentHelp(
            "The load as people write it: \"5 million tokens a day, bursty, $300\". Other options go before it.",
            valueName: "text"))
    var inWords: String?

    @Option(
        help: ArgumentHelp("The share of output in all tokens, 0 to 1. Default: 0.30.", valueName: "share"))
    var outputRatio: Share?

    @Option(help: ArgumentHelp("Tokens of a prompt and its answer together.", valueName: "count"))
    var requestTokens = 2_000

    @Option(help: "How careful: conservative, balanced or aggressive.")
    var preset = PriceLoad.Preset.balanced

    @Option(help: "How uneven the traffic is: steady, business_hours or bursty.")
    var traffic: TrafficPattern?

    @Option(help: ArgumentHelp("The peak over the average, above 0.", valueName: "factor"))
    var peakToAverage: Double?

    @Option(help: ArgumentHelp("How full machines may run at the peak, between 0 and 1.", valueName: "share"))
    var utilization: Double?

    @Option(help: ArgumentHelp("How much a risk of 1 adds to a cost of 1.", valueName: "factor"))
    var alpha: Double?

    @Option(help: ArgumentHelp("With --formula seed: what each further card loses.", valueName: "factor"))
    var beta: Double?

    @Option(help: ArgumentHelp("Hours of a month: 730, or 720 for thirty days.", valueName: "hours"))
    var monthHours = 730

    func validate() throws {
        guard tokensPerDay != nil || inWords != nil else {
            throw ValidationError("the load is missing: give --tokens-per-day, or --in-words")
        }
        if let tokensPerDay, !(1...1_000_000_000_000_000).contains(tokensPerDay) {
            throw ValidationError("--tokens-per-day takes a number from 1")
        }
        guard (2...100_000_000).contains(requestTokens) else {
            throw ValidationError("--request-tokens takes a number from 2")
        }
        if let peakToAverage, !(peakToAverage > 0 && peakToAverage <= 1_000) {
            throw ValidationError("--peak-to-average takes a factor above 0")
        }
        if let utilization, !(utilization > 0 && utilization < 1) {
            throw ValidationError("--utilization takes a share between 0 and 1")
        }
        for (name, value) in [("alpha", alpha), ("beta", beta)] {
            if let value, !(value >= 0 && value <= 1_000) {
                throw ValidationError("--\(name) takes a factor from 0")
            }
        }
        guard (1...744).contains(monthHours) else {
            throw ValidationError("--month-hours takes a number from 1 to 744")
        }
        if traffic != nil, peakToAverage != nil {
            throw ValidationError("--traffic and --peak-to-average exclude each other")
        }
    }
}

/// What a plan may be.
struct PlanLimitOptions: ParsableArguments {
    @OptionGroup var market: MarketOptions

    @Option(help: ArgumentHelp("The longest wait for the first token, in ms.", valueName: "ms"))
    var ttftMs: Double?

    @Option(help: ArgumentHelp("The longest time from token to token, in ms.", valueName: "ms"))
    var tpotMs: Double?

    @Option(parsing: .upToNextOption, help: ArgumentHelp("These cards only.", valueName: "accelerator"))
    var gpu: [String] = []

    @Option(
        help: ArgumentHelp(
            "The fewest bits of a weight, but for what the vendor publishes.", valueName: "bits"))
    var minBits = 8.0

    @Option(help: ArgumentHelp("Replicas that run however little is asked.", valueName: "count"))
    var minReplicas = 1

    @Option(help: ArgumentHelp("How often in a day a stopped replica starts.", valueName: "count"))
    var coldStarts = 4

    func validate() throws {
        for (name, value) in [("ttft-ms", ttftMs), ("tpot-ms", tpotMs)] {
            if let value, !(value > 0) { throw ValidationError("--\(name) takes a time above 0") }
        }
        guard (0...10_000).contains(minReplicas), (0...86_400).contains(coldStarts) else {
            throw ValidationError("--min-replicas and --cold-starts take numbers from 0")
        }
        guard (0...32).contains(minBits) else { throw ValidationError("--min-bits takes 0 to 32") }
    }

    /// The question of a load within these limits.
    func question(_ load: PlanLoadOptions, in catalog: Catalog, on console: Console) throws -> PlanQuestion {
        let preset = PriceLoad(load.preset, for: .llm)
        let words = load.inWords.map { WordedRequest($0, knowing: catalog.providers) }
        guard let perDay = load.tokensPerDay ?? words?.tokensPerDay else {
            throw Failure("--in-words does not say how many tokens a day; add it, or give --tokens-per-day")
        }
        let traffic = load.traffic ?? words?.traffic
        guard
            let tokens = TokenLoad(
                tokensPerDay: perDay,
                peakToAverage: load.peakToAverage ?? traffic?.peakToAverage ?? preset.peakToAverage,
                utilization: load.utilization ?? preset.utilization, hoursPerMonth: load.monthHours)
        else { throw Failure("a load of \(perDay) tokens a day cannot be served") }
        var question = PlanQuestion(tokens, on: try Day.today(market.date, on: console))
        let output = load.outputRatio?.millionths ?? 300_000
        question.mix = TokenMix(outputMillionths: output)
        question.outputTokens = max(1, load.requestTokens * output / 1_000_000)
        question.promptTokens = max(1, load.requestTokens - question.outputTokens)
        question.alpha = load.alpha ?? preset.alpha
        question.firstTokenSeconds = ttftMs.map { $0 / 1_000 }
        question.outputTokenSeconds = tpotMs.map { $0 / 1_000 }
        question.budget = try market.budgetAmount() ?? words?.budget
        if let missing = words?.missing.filter({ $0 != "workload" }), !missing.isEmpty {
            console.errorOutput("not said, and taken as usual: \(missing.joined(separator: ", "))\n")
        }
        let named = words.flatMap { $0.providers.isEmpty ? nil : Set($0.providers) }
        question.providers = try market.providers(in: catalog) ?? named
        if !gpu.isEmpty {
            question.accelerators = Set(try gpu.map { try catalog.requiredAccelerator($0).id })
        }
        question.regions = market.regions
        question.leastBits = minBits
        question.includesFree = market.includeFree
        question.minimumReplicas = minReplicas
        question.coldStartsPerDay = coldStarts
        question.exchangeRates = ExchangeRates(market.rate)
        return question
    }
}

/// `h100-sxm:8:1.20`: cards of one's own.
struct OwnCards: ExpressibleByArgument {
    let accelerator: String
    let count: Int
    let dollarsPerHour: Money

    init?(argument: String) {
        let parts = argument.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let count = Int(parts[1]), (1...100_000).contains(count),
            let price = Number(parts[2]).flatMap(Money.init), price >= .zero
        else { return nil }
        accelerator = parts[0]
        self.count = count
        dollarsPerHour = price
    }
}

extension TrafficPattern: ExpressibleByArgument {}
