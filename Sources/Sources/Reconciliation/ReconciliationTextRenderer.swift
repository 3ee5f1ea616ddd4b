import Text

/// A comparison for people. Every line begins with a word of ours or with blanks before one.
struct ReconciliationTextRenderer {
    let reconciliation: Reconciliation
    /// Says what matched by its very name too, and every offer of providers that only one side speaks of.
    let hasDetails: Bool

    func render() -> String {
        var blocks = [sides, conflicts, matches]
        blocks.append(
            lones(reconciliation.onlyHere, in: reconciliation.here, against: reconciliation.there.name))
        blocks.append(
            lones(reconciliation.onlyThere, in: reconciliation.there, against: reconciliation.here.name))
        blocks += [resemblances, repetitions, fields, summary]
        return blocks.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private var sides: String {
        [reconciliation.here, reconciliation.there].map { side in
            "\(side.title(quote: TerminalText.visible)): \(side.summary)\n"
        }.joined()
    }

    private var conflicts: String {
        reconciliation.disagreements.map { conflict in
            "conflict \(pair(conflict.provider, conflict.hereName, conflict.thereName)), "
                + "\(conflict.words(reconciliation.here, reconciliation.there, quote: TerminalText.visible))\n"
        }.joined()
    }

    private var matches: String {
        reconciliation.matches.filter { hasDetails || $0.tie.way != .exact }.map { match in
            "matched \(pair(match.provider, match.hereName, match.thereName)): \(match.tie.words)\n"
        }.joined()
    }

    /// The names on one side only; where the other has nothing of a provider, how many, unless details are wanted.
    private func lones(
        _ lones: [Reconciliation.Lone], in side: Reconciliation.Tally, against other: String
    ) -> String {
        var text = ""
        for lone in lones where hasDetails || lone.isProviderShared {
            text += "only in \(side.name): \(TerminalText.visible("\(lone.provider) \(lone.name)"))"
            if !lone.candidates.isEmpty {
                let names = lone.candidates.map { TerminalText.visible($0) }.joined(separator: ", ")
                text += "; perhaps \(names) of \(other), which no rule decides"
            } else if let model = lone.model {
                text += "; stands for \(TerminalText.visible(model))"
            }
            text += "\n"
        }
        guard !hasDetails else { return text }
        var counts: [(provider: String, count: Int)] = []
        for lone in lones where !lone.isProviderShared {
            if counts.last?.provider == lone.provider {
                counts[counts.count - 1].count += 1
            } else {
                counts.append((lone.provider, 1))
            }
        }
        for (provider, count) in counts {
            text +=
                "only in \(side.name): \(TerminalText.visible(provider)), "
                + "a provider with \(Share.counted(count, "name"))\n"
        }
        return text
    }

    private var resemblances: String {
        reconciliation.resemblances.map { found in
            "alike \(pair(found.provider, found.hereName, found.thereName)): "
                + "score \(Share.number(found.score)), for a person to decide\n"
        }.joined()
    }

    private var repetitions: String {
        [reconciliation.here, reconciliation.there].flatMap { side in
            side.repeated.map { repeated in
                "repeated in \(side.name): \(TerminalText.visible("\(repeated.provider) \(repeated.name)")) "
                    + "\(repeated.count) times, "
                    + (repeated.saysTheSame ? "all the same\n" : "with different facts\n")
            }
        }.joined()
    }

    private var fields: String {
        let (here, there) = (reconciliation.here, reconciliation.there)
        return reconciliation.fields.map { tally in
            "field \(tally.field.rawValue): known of \(tally.hereCount) of \(here.nameCount) in \(here.name), "
                + "\(tally.thereCount) of \(there.nameCount) in \(there.name); of the matched, "
                + "\(tally.lackingHere) lack it in \(here.name), \(tally.lackingThere) in \(there.name)\n"
        }.joined()
    }

    private var summary: String {
        "\(reconciliation.matchSummary); conflicts: \(reconciliation.disagreements.count)\n"
            + reconciliation.coverageLines.map { "  \($0)\n" }.joined()
    }

    private func pair(_ provider: String, _ here: String, _ there: String) -> String {
        TerminalText.visible(here == there ? "\(provider) \(here)" : "\(provider) \(here) = \(there)")
    }
}
