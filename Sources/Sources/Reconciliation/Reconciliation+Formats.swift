package import Diagnostics
import Text

extension Reconciliation {
    /// The comparison in one of the formats, ending with a line end; for people, with `hasDetails`, in full.
    ///
    /// A function of its arguments alone.
    package func rendered(as format: TableFormat, hasDetails: Bool = false) -> String {
        switch format {
        case .text: ReconciliationTextRenderer(reconciliation: self, hasDetails: hasDetails).render()
        case .json: ReconciliationJSONRenderer(reconciliation: self).render()
        case .csv: ReconciliationCSVRenderer(reconciliation: self).render()
        case .markdown: ReconciliationMarkdownRenderer(reconciliation: self).render()
        }
    }

    /// `95 matched: 90 exact, 3 alias, 2 rule`.
    var matchSummary: String {
        let ways = NameTie.Way.allCases.map { "\(count(of: $0)) \($0.rawValue)" }.joined(separator: ", ")
        return "\(matches.count) matched: \(ways)"
    }

    /// `95 of 127 (74.80 %) of litellm`, one for each side; then the same at the providers that both speak of.
    var coverageLines: [String] {
        [here, there].map { Share.words(matches.count, of: $0.nameCount, in: $0.name) }
            + [here, there].map { side in
                Share.words(matches.count, of: side.sharedNameCount, in: side.name)
                    + " at the providers that both speak of (\(sharedProviderCount))"
            }
    }
}

extension Reconciliation.Tally {
    /// `litellm (prices.json, 2026-07-24, https://…)`, the names of others as `quote` shows them.
    func title(quote: (String) -> String) -> String {
        let parts = [file.map(quote), origin?.seenOn.description, origin?.url.map(quote)].compactMap { $0 }
        return parts.isEmpty ? name : "\(name) (\(parts.joined(separator: ", ")))"
    }

    /// `288 records, 286 names, 12 left out (12 not-comparable); prices 200 known, 0 free, 86 unknown`.
    var summary: String {
        var text = "\(Share.counted(recordCount, "record")), \(Share.counted(nameCount, "name"))"
        if !refusals.isEmpty {
            text +=
                "; refused: " + refusals.map { "\($0.count) \($0.reason.rawValue)" }.joined(separator: ", ")
        }
        text += "; prices: " + priceStates.map { "\($0.count) \($0.state.rawValue)" }.joined(separator: ", ")
        if otherCurrencyCount > 0 { text += ", of these \(otherCurrencyCount) in another currency" }
        return text
    }
}

extension Disagreement {
    /// `price input_text: 10 (litellm, 2026-07-24, https://…) against 1.25 (registry, …), ratio 8`.
    ///
    /// An address that the head of the report names already is not repeated.
    func words(
        _ left: Reconciliation.Tally, _ right: Reconciliation.Tally, quote: (String) -> String
    ) -> String {
        func side(_ word: Word, _ tally: Reconciliation.Tally) -> String {
            let url = word.origin.url == tally.origin?.url ? nil : word.origin.url
            let origin = [tally.name, word.origin.seenOn.description] + [url.map(quote)].compactMap { $0 }
            return "\(word.value) (\(origin.joined(separator: ", ")))"
        }
        let ratio = ratio.map { ", ratio \(Share.number($0))" } ?? ""
        return "\(field): \(side(here, left)) against \(side(there, right))\(ratio)"
    }
}
