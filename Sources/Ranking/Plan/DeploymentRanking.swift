package import Entities
import Pricing
import Sizing
package import Text

/// The deployments of a model that meet a load, the best first, and why others do not.
package struct DeploymentRanking: Sendable {
    /// Within the budget, in their order.
    package let plans: [DeploymentPlan]
    /// What the cheapest plan costs that the budget leaves out, where it leaves out all; nil otherwise.
    package let leastCost: Money?
    package let overBudgetCount: Int
    /// Why something of a provider is no choice.
    package let faults: [Provider.ID: [String]]
    package let question: PlanQuestion
    private let options: PlanOptions

    /// Ranks the deployments of a model from the offers, the rented cards and the machines of a question.
    package init(of model: Model, in catalog: Catalog, for question: PlanQuestion) {
        options = PlanOptions(of: model, in: catalog, for: question)
        self.question = question
        var pricing = PlanPricing(question)
        let all = pricing.plans(options)
        plans = all.filter { plan in question.budget.map { plan.monthlyCost <= $0 } ?? true }
        overBudgetCount = all.count - plans.count
        leastCost = plans.isEmpty ? all.map(\.monthlyCost).min() : nil
        faults = options.faults.merging(pricing.faults) { $0 + $1 }
    }

    /// Plans that no other is cheaper, faster and roomier than at once, by their places in the ranking.
    package var unbeaten: Set<Int> {
        Set(plans.indices.filter { index in !plans.contains { $0.beats(plans[index]) } })
    }

    /// The best and the worst place of each plan when each assumption is a fifth off, up or down: the peak, the
    /// utilization, the speed of cards and what risk counts.
    package var placesWhenOff: [ClosedRange<Int>] {
        var places = plans.indices.map { $0 + 1...$0 + 1 }
        let numbers = Dictionary(
            plans.indices.map { (Key(plans[$0]), $0) }, uniquingKeysWith: { first, _ in first })
        for variation in PlanPricing.variations(of: question) {
            var variation = variation
            for (place, plan) in variation.plans(options).enumerated() {
                guard let number = numbers[Key(plan)] else { continue }
                let known = places[number]
                places[number] = min(known.lowerBound, place + 1)...max(known.upperBound, place + 1)
            }
        }
        return places
    }

    /// What a plan is, whatever it costs.
    private struct Key: Hashable {
        let provider: Provider.ID
        let offering: String
        let region: String?

        init(_ plan: DeploymentPlan) {
            provider = plan.provider
            offering = plan.offering
            region = plan.region
        }
    }

    /// The load from which the best rented or own machines cost less than the cheapest tokens; nil without either.
    ///
    /// Tokens a day, and how many those machines serve in a day at most.
    package var breakEven: (tokensPerDay: Double, mostPerDay: Double, cards: DeploymentPlan)? {
        guard let tokens = plans.filter({ $0.billing == .perToken }).min(by: DeploymentPlan.precedes),
            let cards = plans.first(where: { $0.billing == .dedicated || $0.billing == .own }),
            tokens.monthlyCost > .zero, let provided = cards.provided
        else { return nil }
        let perToken = tokens.monthlyCost.approximate / Double(question.load.tokensPerDay)
        let most = provided * question.load.utilization / question.load.peakToAverage * 86_400
        return (cards.monthlyCost.approximate / perToken, most, cards)
    }
}

/// How options become plans under a load and some assumptions.
struct PlanPricing {
    private let question: PlanQuestion
    private let load: TokenLoad
    private let alpha: Double
    /// What the speed of cards is multiplied with.
    private let speed: Double
    private(set) var faults: [Provider.ID: [String]] = [:]

    init(_ question: PlanQuestion, speed: Double = 1) {
        self.question = question
        load = question.load
        alpha = question.alpha
        self.speed = speed
    }

    /// The question with each assumption a fifth lower and a fifth higher.
    static func variations(of question: PlanQuestion) -> [PlanPricing] {
        [0.8, 1.2].flatMap { factor -> [PlanPricing] in
            var (peak, full, bold) = (question, question, question)
            peak.load.peakToAverage *= factor
            full.load.utilization = min(0.99, full.load.utilization * factor)
            bold.alpha *= factor
            return [
                PlanPricing(peak), PlanPricing(full), PlanPricing(bold), PlanPricing(question, speed: factor),
            ]
        }
    }

    mutating func plans(_ options: PlanOptions) -> [DeploymentPlan] {
        var plans = options.tokens.compactMap { plan(of: $0) }
        for option in options.cards {
            let own = option.capabilities.flatMap { candidates(of: option, $0) }
            if let best = own.min(by: DeploymentPlan.precedes) {
                plans.append(best)
            } else if !option.capabilities.isEmpty {
                faults[option.provider, default: []].append(
                    "\(option.offering): the load asks for more cards than there are")
            }
        }
        return plans.sorted(by: DeploymentPlan.precedes)
    }

    private mutating func plan(of option: TokenOption) -> DeploymentPlan? {
        if let most = option.mostTokensPerSecond, most < load.required {
            faults[option.offer.provider, default: []].append(
                "\(option.offer.name): at most \(Int(most)) tokens a second")
            return nil
        }
        guard
            let cost = option.dollars.trillionths.scaled(by: Int128(load.tokensPerMonth), over: 1_000_000)
        else { return nil }
        let risk =
            option.mostTokensPerSecond.map { Risk(provided: $0, required: load.required, parts: 1) }
            ?? Risk(overload: 0.2, complexity: 0)
        let performance = option.offer.performance
        func measured(_ seconds: Double?) -> Estimate? {
            seconds.map { Estimate($0, within: 0.3, confidence: .medium) }
        }
        return DeploymentPlan(
            provider: option.offer.provider, offering: option.offer.name, billing: .perToken,
            region: option.offer.region, cards: nil, monthlyCost: Money(trillionths: cost),
            provided: option.mostTokensPerSecond, required: load.required, peak: load.peak, risk: risk,
            score: risk.score(cost: Money(trillionths: cost).approximate, alpha: alpha),
            capacitySource: option.mostTokensPerSecond == nil ? .unknown : .stated,
            confidence: Confidence(in: option.offer.period.source.kind),
            firstToken: measured(performance?.firstTokenMilliseconds.map { $0.approximate / 1_000 }),
            outputToken: measured(performance?.outputTokensPerSecond.map { 1 / max(1e-9, $0.approximate) }),
            source: option.offer.period.source)
    }

    /// Plans with as many replicas as the load asks for, and with some more: room has its price, and so has risk.
    private func candidates(of option: CardOption, _ capability: Capability) -> [DeploymentPlan] {
        let each = capability.most * speed
        let fewest = max(1, question.minimumReplicas, Int((load.required / each).rounded(.up)))
        let more = [1.1, 1.25, 1.5].map { Int((Double(fewest) * $0).rounded(.up)) }
        return Set([fewest, fewest + 1] + more).sorted().compactMap {
            plan(of: option, capability, replicas: $0)
        }
    }

    private func plan(
        of option: CardOption, _ capability: Capability, replicas: Int
    ) -> DeploymentPlan? {
        let each = capability.most * speed
        let perReplica = capability.layout.cardCount
        var replicas = replicas
        var cards = perReplica * replicas
        if !option.countOptions.isEmpty {
            // Cards come in machines of certain sizes, each of which holds whole replicas.
            guard let size = option.countOptions.first(where: { $0 >= perReplica }) else { return nil }
            let machines = (replicas + size / perReplica - 1) / (size / perReplica)
            cards = machines * size
            replicas = machines * (size / perReplica)
        }
        if let most = option.mostCards, cards > most { return nil }
        var hours = Double(load.hoursPerMonth * cards)
        if option.billing == .autoscale {
            hours = autoscaledHours(option, each: each, perReplica: perReplica, replicas: replicas)
        }
        // Hours to the millionth: what machines are billed by is coarser.
        let micro = Int128((hours * 1e6).rounded(.up))
        guard let cost = option.dollarsPerHour.trillionths.scaled(by: micro, over: 1_000_000) else {
            return nil
        }
        let provided = each * Double(replicas)
        guard let point = capability.point(at: load.peak / Double(replicas) / speed) else { return nil }
        let risk = Risk(provided: provided, required: load.required, parts: cards)
        return DeploymentPlan(
            provider: option.provider, offering: option.offering, billing: option.billing,
            region: option.region,
            cards: .init(
                accelerator: option.accelerator, layout: capability.layout, format: capability.format,
                concurrency: point.concurrency, replicas: replicas),
            monthlyCost: Money(trillionths: cost), provided: provided, required: load.required,
            peak: load.peak, risk: risk,
            score: risk.score(cost: Money(trillionths: cost).approximate, alpha: alpha),
            capacitySource: capability.isDerived ? .derived : .assumed,
            confidence: option.source.map { Confidence(in: $0.kind) } ?? .high,
            firstToken: point.firstToken, outputToken: point.outputToken, source: option.source)
    }

    /// Card-hours of machines that come and go with the load: never fewer than the least that always run, never more than
    /// all of them all the time; each start is paid while nothing is served.
    private func autoscaledHours(
        _ option: CardOption, each: Double, perReplica: Int, replicas: Int
    ) -> Double {
        let month = Double(load.hoursPerMonth)
        let busy =
            Double(load.tokensPerMonth) / (each * load.utilization) / 3_600 * question.autoscaleInefficiency
        let always = Double(min(replicas, question.minimumReplicas)) * month
        let starts = Double(question.coldStartsPerDay) * month / 24
        let starting =
            replicas > question.minimumReplicas ? starts * Double(option.startupSeconds) / 3_600 : 0
        return min(max(busy, always) + starting, Double(replicas) * month) * Double(perReplica)
    }
}
