package import Diagnostics
package import Entities
package import Pricing
package import Text

/// An older planner's capacities: tokens a second by the size of a model and the kind of card, and how they add up.
///
/// Its table holds estimates only (InferenceAtlas, capacity_table.json): rates of a 7 B model by card, and a factor for
/// each larger size. For comparison; `DeploymentRanking` reckons with the model itself.
package enum SeedCapacity {
    /// The sizes of models that it knows.
    package enum Bucket: String, Sendable, CaseIterable {
        case seven = "7b"
        case thirteen = "13b"
        case thirtyFour = "34b"
        case seventy = "70b"
        case fourHundred = "405b"

        /// The bucket of a number of parameters.
        package init(parameters: Int) {
            switch Double(parameters) / 1e9 {
            case ...9: self = .seven
            case ...20: self = .thirteen
            case ...50: self = .thirtyFour
            case ...120: self = .seventy
            default: self = .fourHundred
            }
        }

        fileprivate var factor: Double {
            switch self {
            case .seven: 1
            case .thirteen: 0.75
            case .thirtyFour: 0.42
            case .seventy: 0.22
            case .fourHundred: 0.045
            }
        }
    }

    /// Tokens a second of a 7 B model on one card.
    private static let bases: [String: Double] = [
        "a10": 2_200, "a10g": 2_200, "a100-sxm-40gb": 6_500, "a100-pcie-40gb": 6_500, "a100-sxm-80gb": 8_000,
        "a100-pcie-80gb": 8_000, "h100-pcie": 14_000, "h100-sxm": 15_000, "h200-sxm": 18_000, "l40s": 4_500,
        "rtx-3090": 2_000, "rtx-a5000": 1_700, "t4": 1_200,
    ]

    /// Tokens a second of so many cards: each further one takes something off all; nil for a card that is not in the table.
    package static func tokensPerSecond(
        _ bucket: Bucket, on accelerator: Accelerator.ID, count: Int, beta: Double
    ) -> Double? {
        bases[accelerator.text].map { base in
            base * bucket.factor * Double(count) * efficiency(count: count, beta: beta)
        }
    }

    /// The share that so many cards keep.
    package static func efficiency(count: Int, beta: Double) -> Double {
        1 / (1 + beta * Double(count - 1))
    }

    /// Card-hours of a month's tokens at full speed, for machines that run only while they are used.
    package static func autoscaledHours(
        tokensPerMonth: Int, tokensPerSecond: Double, count: Int, inefficiency: Double
    ) -> Double {
        Double(tokensPerMonth) / tokensPerSecond / 3_600 * Double(count) * inefficiency
    }
}

/// The deployments of a model as an older planner would rank them.
package struct SeedRanking: Sendable {
    /// One of its plans.
    package struct Plan: Sendable {
        package let provider: Provider.ID
        package let offering: String
        package let count: Int
        package let monthlyCost: Money
        package let provided: Double?
        package let risk: Risk
        package let score: Double
    }

    package let plans: [Plan]

    /// Ranks tokens and rented cards by the older formulas; one row for each number of cards.
    package init(of model: Model, in catalog: Catalog, for question: PlanQuestion, beta: Double) {
        let (load, alpha) = (question.load, question.alpha)
        let options = PlanOptions(of: model, in: catalog, for: question)
        func plan(
            _ provider: Provider.ID, _ offering: String, _ count: Int, _ cost: Int128?, _ provided: Double?
        ) -> Plan? {
            guard let cost else { return nil }
            let money = Money(trillionths: cost)
            let risk =
                provided.map { Risk(provided: $0, required: load.required, parts: max(1, count)) }
                ?? Risk(overload: 0.2, complexity: 0)
            return Plan(
                provider: provider, offering: offering, count: count, monthlyCost: money, provided: provided,
                risk: risk, score: risk.score(cost: money.approximate, alpha: alpha))
        }
        var plans = options.tokens.compactMap { option -> Plan? in
            if let most = option.mostTokensPerSecond, most < load.required { return nil }
            let cost = option.dollars.trillionths.scaled(by: Int128(load.tokensPerMonth), over: 1_000_000)
            return plan(option.offer.provider, option.offer.name, 0, cost, option.mostTokensPerSecond)
        }
        let bucket = SeedCapacity.Bucket(parameters: model.parameters?.total.value ?? 70_000_000_000)
        for option in options.cards {
            for count in option.countOptions.isEmpty ? [1, 2, 4, 8] : option.countOptions {
                guard
                    let provided = SeedCapacity.tokensPerSecond(
                        bucket, on: option.accelerator, count: count, beta: beta), provided >= load.required
                else { continue }
                let hours =
                    option.billing == .autoscale
                    ? SeedCapacity.autoscaledHours(
                        tokensPerMonth: load.tokensPerMonth, tokensPerSecond: provided, count: count,
                        inefficiency: question.autoscaleInefficiency)
                    : Double(load.hoursPerMonth * count)
                let cost = option.dollarsPerHour.trillionths.scaled(
                    by: Int128((hours * 1e6).rounded()), over: 1_000_000)
                if let plan = plan(option.provider, option.offering, count, cost, provided) {
                    plans.append(plan)
                }
            }
        }
        self.plans = plans.sorted { left, right in
            (left.score, left.monthlyCost.approximate, left.provider.text, left.offering, left.count)
                < (
                    right.score, right.monthlyCost.approximate, right.provider.text, right.offering,
                    right.count
                )
        }
    }

    /// The first so many plans.
    package func table(limit: Int) -> ResultTable {
        var table = ResultTable([
            .init("", key: "rank"), .init("provider", key: "provider"), .init("offering", key: "offering"),
            .init("cards", key: "cards"), .init("USD/month", key: "monthly_cost_usd"),
            .init("score", key: "score"), .init("risk", key: "risk_total"),
            .init("tok/s", key: "provided_tokens_per_s"),
        ])
        for (index, plan) in plans.prefix(limit).enumerated() {
            table.rows.append([
                .integer(index + 1), .foreign(plan.provider.text), .foreign(plan.offering),
                plan.count == 0 ? .none : .integer(plan.count), .money(plan.monthlyCost, decimals: 2),
                .number(plan.score, decimals: 2), .number(plan.risk.total, decimals: 2),
                plan.provided.map { .number($0, decimals: 0) } ?? .none,
            ])
        }
        table.notes = [
            "By an older planner's table of capacities, which knows five sizes of models and no memory; for comparison."
        ]
        return table
    }
}
