package import Diagnostics
import Entities
import Text

extension PriceRanking {
    /// The first rows, how they were found, and what was left out and why.
    package func page(limit: Int) -> ResultPage {
        var page = ResultPage(principal: "prices")
        page.sections = [
            .init("from the best to the worst", key: "prices", prices(limit)),
            .init("how they were found", key: "trace", traceTable),
            .init("left out", key: "exclusions", exclusionTable),
        ]
        return page
    }

    /// The first rows as canonical rows of a price list, in the order of the ranking.
    package func csv(limit: Int) -> String {
        ([CatalogRow.columns] + entries.prefix(limit).map(\.row.fields)).map(CSVText.record).joined()
    }

    private func prices(_ limit: Int) -> ResultTable {
        let unit = question.comparisonUnit.name
        var table = ResultTable([
            .init("", key: "rank"), .init("provider", key: "provider"), .init("model", key: "model_key"),
            .init("offer", key: "sku_key"), .init("USD for \(unit)", key: "usd_per_\(unit)"),
            .init("a month", key: "monthly_usd"), .init("replicas", key: "replicas"),
            .init("overload", key: "overload_risk"), .init("complexity", key: "complexity_risk"),
            .init("risk", key: "risk"), .init("score", key: "score"), .init("trust", key: "confidence"),
            .init("seen", key: "source_date"),
        ])
        for (index, entry) in entries.prefix(limit).enumerated() {
            let row = entry.row
            table.rows.append([
                .integer(index + 1), .text(row.provider), .text(row.modelKey), .foreign(row.skuKey),
                .money(entry.comparator, decimals: 4), entry.monthly.map { .money($0, decimals: 2) } ?? .none,
                entry.replicas.map { .integer($0) } ?? .none, .number(entry.risk.overload, decimals: 3),
                .number(entry.risk.complexity, decimals: 3), .number(entry.risk.total, decimals: 3),
                .number(entry.score, decimals: 4), .text(row.confidence.rawValue),
                .text(row.sourceDate.description),
            ])
        }
        if entries.count > limit { table.notes.append("and \(entries.count - limit) more") }
        table.notes += notes
        return table
    }

    private var notes: [String] {
        let load = question.load
        var notes = [
            "Score: \(question.monthlyUsage == nil ? "price" : "cost of a month") × (1 + \(load.alpha) × risk), risk = 0.7 "
                + "overload + 0.3 complexity; peak \(load.peakToAverage) × the average, machines \(load.utilization) full, "
                + "720 hours a month."
        ]
        if question.weighsConfidence {
            notes.append("Doubtful prices count as up to 30 % dearer than they say.")
        }
        if let leastBudget {
            notes.append(
                "The budget left nothing; the least that would do is \(leastBudget.text(decimals: 2)) USD.")
        }
        return notes
    }

    private var traceTable: ResultTable {
        var table = ResultTable([
            .init("step", key: "step"), .init("tried", key: "attempted"), .init("found", key: "count"),
        ])
        guard trace.count > 1 else { return table }
        for step in trace {
            let name = step.name == .strict ? "as asked" : "without \(step.name.rawValue)"
            table.rows.append([.text(name), .text(step.isAttempted ? "yes" : "no"), .integer(step.count)])
        }
        return table
    }

    private var exclusionTable: ResultTable {
        var table = ResultTable([.init("reason", key: "reason"), .init("rows", key: "count")])
        let sorted = PriceQuestion.Exclusion.allCases.filter { exclusions[$0] != nil }
        for reason in sorted {
            table.rows.append([.text(reason.rawValue), .integer(exclusions[reason] ?? 0)])
        }
        return table
    }
}
