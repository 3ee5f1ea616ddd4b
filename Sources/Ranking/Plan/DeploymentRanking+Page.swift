package import Diagnostics
import Entities
import Pricing
import Sizing
import Text

extension DeploymentRanking {
    /// The first so many plans as a table, with what a reader has to know to trust it.
    package func table(limit: Int, onlyUnbeaten: Bool) -> ResultTable {
        var table = ResultTable([
            .init("", key: "rank"), .init("provider", key: "provider"), .init("offering", key: "offering"),
            .init("paid", key: "billing"), .init("cards", key: "cards"), .init("replica", key: "replica"),
            .init("format", key: "format"), .init("batch", key: "concurrency"),
            .init("USD/month", key: "monthly_cost_usd"), .init("score", key: "score"),
            .init("overload", key: "risk_overload"), .init("parts", key: "risk_complexity"),
            .init("risk", key: "risk_total"), .init("peak %", key: "utilization_percent"),
            .init("room %", key: "headroom_percent"), .init("TTFT ms", key: "ttft_ms"),
            .init("TPOT ms", key: "tpot_ms"), .init("capacity", key: "capacity_source"),
            .init("places", key: "places_when_off"), .init("best", key: "unbeaten"),
        ])
        let (unbeaten, places) = (unbeaten, placesWhenOff)
        let shown = plans.indices.filter { !onlyUnbeaten || unbeaten.contains($0) }.prefix(limit)
        for index in shown {
            let plan = plans[index]
            let range = places[index]
            table.rows.append(
                [.integer(index + 1)] + cells(of: plan) + [
                    .text(plan.capacitySource.rawValue),
                    .text(
                        range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound)–\(range.upperBound)"),
                    .text(unbeaten.contains(index) ? "*" : ""),
                ])
        }
        table.notes = notes
        return table
    }

    private func cells(of plan: DeploymentPlan) -> [ResultTable.Cell] {
        let cards = plan.cards
        func percent(_ share: Double?) -> ResultTable.Cell {
            share.map { .number($0 * 100, decimals: 0) } ?? .none
        }
        return [
            .foreign(plan.provider.text), .foreign(plan.offering), .text(plan.billing.rawValue),
            cards.map { .integer($0.count) } ?? .none,
            cards.map { .text($0.replicaText) } ?? .none, cards.map { .text($0.format.description) } ?? .none,
            cards.map { .integer($0.concurrency) } ?? .none,
            .money(plan.monthlyCost, decimals: 2), .number(plan.score, decimals: 2),
            .number(plan.risk.overload, decimals: 2), .number(plan.risk.complexity, decimals: 2),
            .number(plan.risk.total, decimals: 2), percent(plan.utilizationAtPeak), percent(plan.headroom),
            plan.firstToken.map { .number($0.point * 1_000, decimals: 0) } ?? .none,
            plan.outputToken.map { .number($0.point * 1_000, decimals: 1) } ?? .none,
        ]
    }

    private var notes: [String] {
        let load = question.load
        func rate(_ tokens: Double) -> String { ResultTable.decimal(tokens, 0) }
        var notes = [
            "\(load.tokensPerDay) tokens a day, \(question.promptTokens) + \(question.outputTokens) a request: "
                + "\(rate(load.average)) a second on average, \(rate(load.peak)) at the peak, \(rate(load.required)) to be "
                + "provided; a month has \(load.hoursPerMonth) hours.",
            "Score = cost × (1 + \(ResultTable.decimal(question.alpha, 2)) × risk), risk = 0.7 overload + 0.3 parts; places "
                + "with peak, utilization, speed and risk a fifth off; * no other is cheaper, faster and roomier.",
        ]
        if let even = breakEven {
            let reach = even.tokensPerDay <= even.mostPerDay ? "" : ", more than they serve"
            notes.append(
                "\(even.cards.offering) of \(even.cards.provider.text) costs less than the cheapest tokens from "
                    + "\(rate(even.tokensPerDay)) tokens a day on\(reach).")
        }
        if plans.isEmpty { notes.append("Nothing meets what was asked; --why says what stands in the way.") }
        if overBudgetCount > 0 { notes.append("\(overBudgetCount) plans cost more than the budget.") }
        if let leastCost {
            notes.append("The least that would do is \(leastCost.text(decimals: 2)) USD a month.")
        }
        return notes
    }

    /// Provider by provider, what of it is no choice and why; with the plans that it has.
    package var diagnosis: ResultTable {
        var table = ResultTable([
            .init("provider", key: "provider"), .init("plans", key: "plans"), .init("reason", key: "reason"),
        ])
        let counts = Dictionary(grouping: plans, by: \.provider).mapValues(\.count)
        for provider in Set(faults.keys).union(counts.keys).sorted() {
            for reason in faults[provider] ?? ["–"] {
                table.rows.append([
                    .foreign(provider.text), .integer(counts[provider] ?? 0), .text(reason),
                ])
            }
        }
        table.notes = notes
        return table
    }
}

extension DeploymentPlan.Cards {
    /// One replica in words: `TP 4 × PP 2 on h100-sxm`, and how many there are.
    fileprivate var replicaText: String {
        var text = "\(replicas) × TP \(layout.tensorRanks)"
        if layout.dataRanks > 1 { text += " DP \(layout.dataRanks)" }
        if layout.pipelineStages > 1 { text += " PP \(layout.pipelineStages)" }
        return text
    }
}
