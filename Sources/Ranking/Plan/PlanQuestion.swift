package import Entities
package import Pricing
import Sizing
package import Text

/// What is asked of a planner: a load, and what a deployment may be.
package struct PlanQuestion: Sendable {
    package var load: TokenLoad
    /// The size of one request; its share of output is the load's.
    package var promptTokens = 1_400
    package var outputTokens = 600
    /// How much dearer a risk of one makes a cost.
    package var alpha = PriceLoad.balanced.alpha
    /// How much longer machines run that are started and stopped with the load than the load alone would have them.
    package var autoscaleInefficiency = 1.15
    /// Replicas that run however little is asked.
    package var minimumReplicas = 1
    /// How often in a day a replica starts that had been stopped.
    package var coldStartsPerDay = 4
    /// The longest that nine requests in ten may wait for the first token, and from token to token; nil for any.
    package var firstTokenSeconds: Double?
    package var outputTokenSeconds: Double?
    /// US dollars a month.
    package var budget: Money?
    /// Nil for all.
    package var providers: Set<Provider.ID>?
    /// Where it may run, and what holds everywhere; nil for all.
    package var regions: Set<String>?
    package var accelerators: Set<Accelerator.ID>?
    /// The fewest bits of a weight; what the vendor itself publishes may have fewer.
    package var leastBits = 8.0
    /// Whether offers that cost nothing take part; most have limits that no price list tells.
    package var includesFree = false
    /// Machines of one's own.
    package var own: [OwnHardware] = []
    /// What a token costs where tokens are sold.
    package var mix: TokenMix
    package var day: CalendarDate
    package var exchangeRates = ExchangeRates([])

    package init(_ load: TokenLoad, on day: CalendarDate) {
        self.load = load
        self.day = day
        mix = TokenMix(outputMillionths: 300_000)
    }

    /// One request at a time.
    var request: Workload {
        Workload(promptTokens: promptTokens, outputTokens: outputTokens, concurrency: 1)
    }

    /// All tokens for each token of an answer.
    var tokensPerOutputToken: Double {
        Double(promptTokens + outputTokens) / Double(max(1, outputTokens))
    }
}

/// Cards that are there, and what one of them costs in an hour with all that belongs to it.
package struct OwnHardware: Sendable, Hashable {
    package let accelerator: Accelerator.ID
    package let count: Int
    package let dollarsPerHour: Money

    package init(accelerator: Accelerator.ID, count: Int, dollarsPerHour: Money) {
        self.accelerator = accelerator
        self.count = count
        self.dollarsPerHour = dollarsPerHour
    }
}
