package import Diagnostics
import Entities
import Text

extension InvoiceAnalysis {
    /// The analysis as tables: what it comes to, where it could cost less, what could not be judged, and why.
    package var page: ResultPage {
        var page = ResultPage(principal: "suggestions")
        page.sections = [
            .init("what the invoice comes to", key: "summary", summary),
            .init("where the same would cost less", key: "suggestions", suggestionTable),
            .init("without a match, by reason", key: "unmatched", tallies(unmatched)),
            .init(
                "lines without a match", key: "unmatched_lines",
                remarks(unmatchedLines, of: unmatchedTotal.lines)),
            .init("rejected, by reason", key: "rejected", tallies(rejected)),
            .init("rejected lines", key: "rejected_lines", remarks(rejectedLines, of: rejectedTotal.lines)),
            .init("by provider", key: "providers", providers),
        ]
        return page
    }

    private var summary: ResultTable {
        var table = ResultTable([
            .init("", key: "name"), .init("lines", key: "lines"), .init("USD", key: "amount_usd"),
        ])
        for (name, tally) in [
            ("analysed", analysed), ("without a match", unmatchedTotal), ("rejected", rejectedTotal),
            ("in all", total),
        ] {
            table.rows.append([.text(name), .integer(tally.lines), .money(tally.amount, decimals: 2)])
        }
        table.rows.append([.text("possible saving"), .integer(suggestionCount), .money(saving, decimals: 2)])
        table.notes = [words(of: terms)]
        if undatedCount > 0 {
            table.notes.append("Lines that state no day: \(undatedCount); they count for \(terms.day).")
        }
        if let latinLines {
            table.notes.append(
                "Lines that are no UTF-8: \(latinLines.count), the first line \(latinLines.first); they were read as Latin-1."
            )
        }
        for quote in terms.exchangeRates.quotes {
            table.notes.append("\(quote.currency) at \(quote.dollars) USD as of \(quote.day), as given.")
        }
        return table
    }

    private func words(of terms: InvoiceTerms) -> String {
        let floor =
            switch terms.floor {
            case .sameModel: "Compared with the same model"
            case .models(let models):
                "Compared with the same model and \(models.map(\.text).joined(separator: ", "))"
            case .anyModel: "Compared with any model of the same workload, as good or not"
            }
        return floor + " and meter, ordinary terms, base prices in force on the day of the line."
    }

    private var suggestionTable: ResultTable {
        var table = ResultTable([
            .init("line", key: "invoice_line"), .init("provider", key: "current_provider"),
            .init("workload", key: "workload_type"), .init("model", key: "model"),
            .init("meter", key: "meter"),
            .init("quantity", key: "usage_qty"), .init("unit", key: "usage_unit"),
            .init("USD", key: "amount_usd"), .init("a unit", key: "effective_unit_price_usd"),
            .init("listed", key: "listed_unit_price_usd"), .init("better", key: "best_provider"),
            .init("offer", key: "best_offering"), .init("its model", key: "best_model"),
            .init("there", key: "best_unit_price_usd"), .init("saving", key: "estimated_savings_usd"),
            .init("%", key: "savings_pct"), .init("source", key: "source_kind"),
            .init("seen", key: "source_date"),
        ])
        for suggestion in suggestions {
            let line = suggestion.line
            table.rows.append([
                .integer(line.line), .foreign(line.provider), .text(line.workload.rawValue),
                line.model.map { .foreign($0) } ?? .none,
                line.meter.map { .text($0.rawValue) } ?? .text("mix"),
                .foreign(line.quantityText), .text(line.unit.name), .money(line.amount, decimals: 2),
                unitPrice(line.effective, line), unitPrice(suggestion.listed, line),
                .text(suggestion.best.provider.text), .text(suggestion.best.name),
                .text(suggestion.best.model.text),
                unitPrice(suggestion.best.price, line), .money(suggestion.saving, decimals: 2),
                suggestion.saving.basisPoints(of: line.amount).map { .number(Double($0) / 100, decimals: 2) }
                    ?? .none,
                .text(suggestion.best.sourceKind.rawValue), .text(suggestion.best.checkedOn.description),
            ])
        }
        if suggestionCount > suggestions.count {
            let rest = suggestions.reduce(saving) { $0 - $1.saving }
            table.notes = [
                "and \(suggestionCount - suggestions.count) more, \(rest.text(decimals: 2)) USD together"
            ]
        }
        return table
    }

    private func unitPrice(_ price: UnitPrice?, _ line: InvoiceLine) -> ResultTable.Cell {
        price?.amount(per: line.unit).map { .money($0, decimals: 8) } ?? .none
    }

    private func tallies<Reason: CaseIterable & Hashable & RawRepresentable<String>>(
        _ tallies: [Reason: Tally]
    ) -> ResultTable {
        var table = ResultTable([
            .init("reason", key: "reason"), .init("lines", key: "lines"), .init("USD", key: "amount_usd"),
        ])
        for reason in Reason.allCases {
            guard let tally = tallies[reason] else { continue }
            table.rows.append([
                .text(reason.rawValue), .integer(tally.lines), .money(tally.amount, decimals: 2),
            ])
        }
        return table
    }

    private func remarks(_ remarks: [Remark], of count: Int) -> ResultTable {
        var table = ResultTable([
            .init("line", key: "line"), .init("reason", key: "reason"), .init("USD", key: "amount_usd"),
            .init("in words", key: "detail"),
        ])
        for remark in remarks {
            table.rows.append([
                .integer(remark.line), .text(remark.reason),
                remark.amount.map { .money($0, decimals: 2) } ?? .none,
                .foreign(remark.detail),
            ])
        }
        if count > remarks.count { table.notes = ["and \(count - remarks.count) more"] }
        return table
    }

    private var providers: ResultTable {
        var table = ResultTable([
            .init("provider", key: "provider"), .init("lines", key: "lines"), .init("USD", key: "amount_usd"),
        ])
        let sorted = byProvider.sorted { left, right in
            left.value.amount != right.value.amount
                ? left.value.amount > right.value.amount
                : left.key.utf8.lexicographicallyPrecedes(right.key.utf8)
        }
        for (provider, tally) in sorted {
            table.rows.append([.foreign(provider), .integer(tally.lines), .money(tally.amount, decimals: 2)])
        }
        return table
    }
}
