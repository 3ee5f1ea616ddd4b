package import Diagnostics
import Text

extension CostAudit {
    /// The audits of several workloads: what each comes to, what was found, what was not said. Scores are weighed by spend.
    package static func page(_ audits: [CostAudit]) -> ResultPage {
        var page = ResultPage(principal: "workloads")
        page.sections = [
            .init("workloads", key: "workloads", workloads(audits)),
            .init("findings", key: "findings", findings(audits)),
            .init("what was not said, the most telling first", key: "gaps", gaps(audits)),
        ]
        return page
    }

    private static func workloads(_ audits: [CostAudit]) -> ResultTable {
        var table = ResultTable([
            .init("model", key: "model"), .init("workload", key: "workload_type"),
            .init("score", key: "score"),
            .init("spend", key: "monthly_spend_usd"), .init("saving %", key: "saving_percent"),
            .init("low", key: "saving_low_usd"), .init("high", key: "saving_high_usd"),
        ])
        for audit in audits {
            table.rows.append([
                .foreign(audit.workload.model), .text(audit.workload.workload.rawValue),
                .integer(audit.score),
                audit.workload.monthlySpend.map { .money($0, decimals: 2) } ?? .none,
                .number(Double(audit.savingBasisPoints) / 100, decimals: 2),
                audit.saving.map { .money($0.low, decimals: 2) } ?? .none,
                audit.saving.map { .money($0.high, decimals: 2) } ?? .none,
            ])
        }
        table.notes = [
            "Rules of thumb, not measurements; the saving is that of the three largest findings together, half of it low."
        ]
        if let score = score(audits) { table.notes.append("Score of all, weighed by spend: \(score).") }
        return table
    }

    /// The mean score by spend; nil where no spend is known.
    private static func score(_ audits: [CostAudit]) -> Int? {
        var (sum, spend) = (Int128(0), Money.zero)
        for audit in audits {
            guard let own = audit.workload.monthlySpend,
                let product = own.trillionths.scaled(by: Int128(audit.score), over: 1_000_000)
            else { continue }
            sum += product
            spend += own
        }
        return sum.scaled(by: 1_000_000, over: spend.trillionths).flatMap { Int(exactly: $0) }
    }

    private static func findings(_ audits: [CostAudit]) -> ResultTable {
        var table = ResultTable([
            .init("model", key: "model"), .init("about", key: "topic"), .init("points", key: "points"),
            .init("saving %", key: "saving_percent"), .init("in words", key: "detail"),
        ])
        for audit in audits {
            for finding in audit.findings {
                table.rows.append([
                    .foreign(audit.workload.model), .text(finding.topic.rawValue), .integer(finding.points),
                    .integer(finding.savingPercent), .text(finding.words),
                ])
            }
        }
        return table
    }

    private static func gaps(_ audits: [CostAudit]) -> ResultTable {
        var table = ResultTable([.init("model", key: "model"), .init("column", key: "column")])
        for audit in audits {
            for gap in audit.gaps { table.rows.append([.foreign(audit.workload.model), .text(gap)]) }
        }
        return table
    }
}
