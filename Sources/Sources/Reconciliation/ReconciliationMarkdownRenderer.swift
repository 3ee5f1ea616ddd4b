import Text

/// A comparison as a page. All foreign text stands in code spans.
struct ReconciliationMarkdownRenderer {
    let reconciliation: Reconciliation

    func render() -> String {
        [summary, conflicts, matches, lones, resemblances, repetitions, fields].filter { !$0.isEmpty }
            .joined(separator: "\n")
    }

    private var summary: String {
        let sides = [reconciliation.here, reconciliation.there].map { side in
            "- \(side.title(quote: MarkdownText.code)): \(side.summary)\n"
        }
        return "**\(reconciliation.matchSummary); conflicts: \(reconciliation.disagreements.count)**\n\n"
            + sides.joined() + reconciliation.coverageLines.map { "- \($0)\n" }.joined()
    }

    private var conflicts: String {
        let (here, there) = (reconciliation.here.name, reconciliation.there.name)
        return table(
            "Conflicts", ["offer", "field", here, there, "ratio"],
            reconciliation.disagreements.map { conflict in
                [
                    pair(conflict.provider, conflict.hereName, conflict.thereName), conflict.field,
                    word(conflict.here), word(conflict.there),
                    conflict.ratio.map { Share.number($0) } ?? "",
                ]
            })
    }

    private var matches: String {
        table(
            "Matched by another name or by a rule", ["offer", "by"],
            reconciliation.matches.filter { $0.tie.way != .exact }.map { match in
                [pair(match.provider, match.hereName, match.thereName), words(match.tie)]
            })
    }

    private var lones: String {
        let sides = [
            (reconciliation.here.name, reconciliation.onlyHere),
            (reconciliation.there.name, reconciliation.onlyThere),
        ]
        return sides.map { name, lones in
            table(
                "Only in \(name)", ["provider", "name", "model", "perhaps"],
                lones.map { lone in
                    [
                        MarkdownText.code(lone.provider), MarkdownText.code(lone.name),
                        lone.model.map(MarkdownText.code) ?? "",
                        lone.candidates.map(MarkdownText.code).joined(separator: ", "),
                    ]
                })
        }.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private var resemblances: String {
        table(
            "Alike, for a person to decide", ["offer", "score"],
            reconciliation.resemblances.map { found in
                [pair(found.provider, found.hereName, found.thereName), Share.number(found.score)]
            })
    }

    private var repetitions: String {
        table(
            "Repeated names", ["side", "provider", "name", "times", "facts"],
            [reconciliation.here, reconciliation.there].flatMap { side in
                side.repeated.map { repeated in
                    [
                        side.name, MarkdownText.code(repeated.provider), MarkdownText.code(repeated.name),
                        String(repeated.count), repeated.saysTheSame ? "the same" : "different",
                    ]
                }
            })
    }

    private var fields: String {
        let (here, there) = (reconciliation.here.name, reconciliation.there.name)
        return table(
            "Fields",
            ["field", "in \(here)", "in \(there)", "matched, lacking in \(here)", "lacking in \(there)"],
            reconciliation.fields.map { tally in
                [
                    tally.field.rawValue, String(tally.hereCount), String(tally.thereCount),
                    String(tally.lackingHere), String(tally.lackingThere),
                ]
            })
    }

    private func table(_ title: String, _ head: [String], _ rows: [[String]]) -> String {
        guard !rows.isEmpty else { return "" }
        return "**\(title): \(rows.count)**\n\n" + MarkdownText.head(head)
            + rows.map(MarkdownText.row).joined()
    }

    private func pair(_ provider: String, _ here: String, _ there: String) -> String {
        let names = here == there ? [here] : [here, there]
        return MarkdownText.code(provider) + " " + names.map(MarkdownText.code).joined(separator: " = ")
    }

    private func words(_ tie: NameTie) -> String {
        ([tie.way.rawValue] + tie.rules.map(\.rawValue)).joined(separator: " ")
            + (tie.model.map { " through \(MarkdownText.code($0))" } ?? "")
    }

    private func word(_ word: Disagreement.Word) -> String {
        let origin =
            [word.origin.seenOn.description] + [word.origin.url.map(MarkdownText.code)].compactMap { $0 }
        return "\(word.value) (\(origin.joined(separator: ", ")))"
    }
}
