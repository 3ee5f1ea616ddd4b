import Text

/// A comparison as one table; the first column says what a row is about, and a row leaves empty what it has not.
struct ReconciliationCSVRenderer {
    let reconciliation: Reconciliation

    private struct Row {
        var kind: String
        var provider = ""
        var names = (here: "", there: "")
        var tie = ""
        var field = ""
        var values = (here: "", there: "")
        /// A ratio, a score or a count, as the kind has it.
        var number = ""
        var sources = (here: "", there: "")
        var days = (here: "", there: "")

        var text: String {
            CSVText.record([
                kind, provider, names.here, names.there, tie, field, values.here, values.there, number,
                sources.here, days.here, sources.there, days.there,
            ])
        }
    }

    func render() -> String {
        let head = CSVText.record([
            "record", "provider", "here_name", "there_name", "matched_by", "field", "here_value",
            "there_value", "number", "here_source", "here_checked_on", "there_source", "there_checked_on",
        ])
        return head
            + (coverage + conflicts + matches + lones + resemblances + repetitions + fields).map(\.text)
            .joined()
    }

    private var coverage: [Row] {
        let (here, there) = (reconciliation.here, reconciliation.there)
        let count = reconciliation.matches.count
        return [
            Row(
                kind: "coverage", names: (here.name, there.name), field: "names",
                values: (String(here.nameCount), String(there.nameCount)), number: String(count)),
            Row(
                kind: "coverage", names: (here.name, there.name), field: "matched_percent",
                values: (
                    Share.percent(count, of: here.nameCount) ?? "",
                    Share.percent(count, of: there.nameCount) ?? ""
                )),
        ]
    }

    private var conflicts: [Row] {
        reconciliation.disagreements.map { conflict in
            Row(
                kind: "conflict", provider: conflict.provider,
                names: (conflict.hereName, conflict.thereName), tie: conflict.tie.words,
                field: conflict.field, values: (conflict.here.value, conflict.there.value),
                number: conflict.ratio.map { Share.number($0, decimals: 4) } ?? "",
                sources: (conflict.here.origin.url ?? "", conflict.there.origin.url ?? ""),
                days: (conflict.here.origin.seenOn.description, conflict.there.origin.seenOn.description))
        }
    }

    private var matches: [Row] {
        reconciliation.matches.map { match in
            Row(
                kind: "matched", provider: match.provider, names: (match.hereName, match.thereName),
                tie: match.tie.words)
        }
    }

    private var lones: [Row] {
        reconciliation.onlyHere.map { lone in
            Row(
                kind: "only_here", provider: lone.provider, names: (lone.name, ""), field: "model",
                values: (lone.model ?? "", ""))
        }
            + reconciliation.onlyThere.map { lone in
                Row(
                    kind: "only_there", provider: lone.provider, names: ("", lone.name), field: "model",
                    values: ("", lone.model ?? ""))
            }
    }

    private var resemblances: [Row] {
        reconciliation.resemblances.map { found in
            Row(
                kind: "proposal", provider: found.provider, names: (found.hereName, found.thereName),
                number: Share.number(found.score, decimals: 4))
        }
    }

    private var repetitions: [Row] {
        reconciliation.here.repeated.map { repeated in
            Row(
                kind: "repeated", provider: repeated.provider, names: (repeated.name, ""),
                number: String(repeated.count))
        }
            + reconciliation.there.repeated.map { repeated in
                Row(
                    kind: "repeated", provider: repeated.provider, names: ("", repeated.name),
                    number: String(repeated.count))
            }
    }

    private var fields: [Row] {
        reconciliation.fields.flatMap { tally in
            [
                Row(
                    kind: "field", field: tally.field.rawValue,
                    values: (String(tally.hereCount), String(tally.thereCount))),
                Row(
                    kind: "lacking", field: tally.field.rawValue,
                    values: (String(tally.lackingHere), String(tally.lackingThere))),
            ]
        }
    }
}
