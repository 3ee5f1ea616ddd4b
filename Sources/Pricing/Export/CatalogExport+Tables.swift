import Diagnostics
import Entities
import Text

/// The forms of this project: every rate a row.
extension CatalogExport {
    private var rows: [CatalogRow] {
        let providers = Set(items.map(\.provider.id.text))
        return catalog.rows(selection).rows.filter { providers.contains($0.provider) }
    }

    /// Canonical rows, in the order of the catalog.
    var csv: String {
        ([CatalogRow.columns] + rows.map(\.fields)).map(CSVText.record).joined()
    }

    /// The same as objects.
    var json: String {
        JSONLayout.text { json in
            json.member("version", 1)
            json.member("day", selection.day.description)
            json.member("prices", of: rows) { json, row in
                for (column, field) in zip(CatalogRow.columns, row.fields) { json.member(column, field) }
            }
        }
    }

    /// A table of the offers, for a page.
    var markdown: String {
        let head = MarkdownText.head([
            "model", "provider", "offer", "input", "output", "cached", "context", "seen",
        ])
        let rows = items.map { item in
            let prices = [Meter.inputText, .outputText, .cacheRead].map { meter in
                item.offer.rate(of: meter)?.digitsPerMillion ?? "–"
            }
            return MarkdownText.row(
                [item.model.id.text, item.provider.id.text, MarkdownText.code(item.offer.name)] + prices
                    + [
                        item.contextTokens.map { "\($0)" } ?? "–",
                        item.offer.period.source.checkedOn.description,
                    ])
        }
        return "USD for a million tokens on \(selection.day); – is not known.\n\n" + head + rows.joined()
    }
}
