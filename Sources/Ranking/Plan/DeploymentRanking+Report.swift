package import Diagnostics
import Entities
import Pricing
import Sizing
import Text

extension DeploymentRanking {
    /// The ranking as a report: what it comes to, the plans, what each costs and risks, how the first takes a load that
    /// comes and goes, and what stands in the way of the rest.
    ///
    /// A function of the registry and the question alone: no clock, so that the same facts give the same bytes.
    package func report(limit: Int) -> ResultPage {
        var page = ResultPage(principal: "plans")
        page.sections = [
            .init("In short", key: "summary", summary),
            .init("Plans", key: "plans", table(limit: limit, onlyUnbeaten: false)),
            .init("Cost and risk", key: "charts", charts(limit: limit)),
            .init("Scaling", key: "scaling", scaling),
            .init("What stands in the way", key: "diagnosis", diagnosis),
        ]
        return page
    }

    private var summary: ResultTable {
        var table = ResultTable([.init("", key: "name"), .init("", key: "value")])
        func add(_ name: String, _ value: String) { table.rows.append([.text(name), .text(value)]) }
        add("load", "\(question.load.tokensPerDay) tokens a day")
        add("plans within the limits", "\(plans.count)")
        if let first = plans.first {
            add(
                "first",
                "\(first.offering) of \(first.provider.text), \(first.monthlyCost.text(decimals: 2)) USD a month"
            )
        }
        if let cheapest = plans.min(by: { $0.monthlyCost < $1.monthlyCost }) {
            add(
                "cheapest",
                "\(cheapest.offering) of \(cheapest.provider.text), \(cheapest.monthlyCost.text(decimals: 2)) USD a month"
            )
        }
        if let even = breakEven {
            add(
                "tokens or machines",
                "from \(ResultTable.decimal(even.tokensPerDay, 0)) tokens a day on machines cost less")
        }
        add("prices of", question.day.description)
        return table
    }

    /// Bars: cost as a share of the dearest that is shown, risk as a share of the whole.
    private func charts(limit: Int) -> ResultTable {
        var table = ResultTable([
            .init("", key: "rank"), .init("plan", key: "plan"), .init("USD/month", key: "monthly_cost_usd"),
            .init("cost", key: "cost_bar"), .init("risk", key: "risk_bar"), .init("trust", key: "confidence"),
        ])
        let shown = plans.prefix(limit)
        let most = shown.map(\.monthlyCost.approximate).max() ?? 0
        func bar(_ share: Double) -> String {
            String(repeating: "#", count: Int((min(1, max(0, share)) * 20).rounded()))
        }
        for (index, plan) in shown.enumerated() {
            table.rows.append([
                .integer(index + 1), .foreign("\(plan.provider.text) \(plan.offering)"),
                .money(plan.monthlyCost, decimals: 2),
                .text(bar(most > 0 ? plan.monthlyCost.approximate / most : 0)),
                .text(bar(plan.risk.total)), .text(plan.confidence.rawValue),
            ])
        }
        return table
    }

    private var scaling: ResultTable {
        var table = ResultTable([.init("", key: "name"), .init("", key: "value")])
        guard let first = plans.first else { return table }
        let scaling = ScalingPlan(first)
        func add(_ name: String, _ value: String) { table.rows.append([.text(name), .text(value)]) }
        add("mode", scaling.mode.rawValue)
        add("capacity", scaling.capacity.rawValue)
        add("risk", "\(scaling.risk.rawValue) (\(ResultTable.decimal(first.risk.total, 2)))")
        if let cards = first.cards {
            add("cards", "\(cards.count) × \(cards.accelerator.text), \(cards.replicas) replicas")
        }
        if let utilization = first.utilizationAtPeak {
            add("full at the peak", "\(ResultTable.decimal(utilization * 100, 0)) %")
        }
        add(
            "assumed",
            "peak \(ResultTable.decimal(question.load.peakToAverage, 2)) × the average, machines "
                + "\(ResultTable.decimal(question.load.utilization * 100, 0)) % full at it, "
                + "\(question.minimumReplicas) replicas always on")
        return table
    }
}
