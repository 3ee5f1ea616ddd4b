import Sizing

/// How far predictions are from a truth table, kind by kind.
package struct TruthScore: Sendable {
    /// The score of the rows of one kind.
    package struct Kind: Sendable {
        package let name: String
        /// Relative errors with the row's id, the worst first.
        package var errors: [(id: String, error: Double)] = []
        /// Rows whose value lies between low and high.
        package var coveredCount = 0
        /// Reasons for rows that were not predicted, with their number.
        package var refusals: [String: Int] = [:]

        /// The middle of the absolute errors; of an even number the lower.
        package var median: Double {
            let sorted = errors.map { abs($0.error) }.sorted()
            return sorted.isEmpty ? 0 : sorted[(sorted.count - 1) / 2]
        }

        package var mean: Double {
            errors.isEmpty ? 0 : errors.reduce(0) { $0 + abs($1.error) } / Double(errors.count)
        }

        package var coverage: Double { errors.isEmpty ? 0 : Double(coveredCount) / Double(errors.count) }
    }

    package let kinds: [Kind]

    /// Scores rows of the given confidence, or of any.
    package init(_ rows: [TruthRow], confidence: String? = nil) {
        var kinds: [String: Kind] = [:]
        for row in rows where confidence == nil || row.confidence == confidence {
            var kind = kinds[row.kind] ?? Kind(name: row.kind)
            do throws(TruthPrediction.Refusal) {
                let prediction = try TruthPrediction(of: row).value
                kind.errors.append((row.id + " " + row.model, prediction.point / row.value - 1))
                if prediction.low <= row.value, row.value <= prediction.high { kind.coveredCount += 1 }
            } catch {
                kind.refusals[error.reason, default: 0] += 1
            }
            kinds[row.kind] = kind
        }
        self.kinds = kinds.values.sorted { $0.name < $1.name }.map { kind in
            var kind = kind
            kind.errors.sort { abs($0.error) > abs($1.error) }
            return kind
        }
    }

    package subscript(kind: String) -> Kind? { kinds.first { $0.name == kind } }

    /// The score as a table, with the worst rows of each kind.
    package func text(worst count: Int = 10) -> String {
        var lines = ["kind                          rows  refused   median     mean  covered"]
        for kind in kinds {
            let refused = kind.refusals.values.reduce(0, +)
            lines.append(
                TruthScore.padded(kind.name, 28) + TruthScore.padded(String(kind.errors.count), -6)
                    + TruthScore.padded(String(refused), -9) + TruthScore.percent(kind.median)
                    + TruthScore.percent(kind.mean) + TruthScore.percent(kind.coverage))
            for (reason, number) in kind.refusals.sorted(by: { $0.key < $1.key }) {
                lines.append("    \(number) refused: \(reason)")
            }
            for row in kind.errors.prefix(count) where abs(row.error) > 0.0005 {
                lines.append("    " + TruthScore.percent(row.error) + "  \(row.id)")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func percent(_ share: Double) -> String {
        let tenths = (share * 1_000).rounded() / 10
        return padded("\(tenths) %", -9)
    }

    /// Blanks behind the text, or before it where the width is negative.
    private static func padded(_ text: String, _ width: Int) -> String {
        let blanks = String(repeating: " ", count: max(0, abs(width) - text.count))
        return width < 0 ? blanks + text : text + blanks
    }
}
