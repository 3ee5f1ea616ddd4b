import Text

/// What one run found: the value that every output format is a view of.
package struct Report: Sendable {
    /// All findings, in the order of `Diagnostic`.
    package let findings: [Diagnostic]
    package let checkedFileCount: Int
    /// Findings left out because the registry says they are known.
    package let suppressedCount: Int
    /// Findings that there are besides, too many to show.
    package let omissions: Omissions

    /// Longest message, hint or label of a report, in code points: names from hostile files may be huge.
    private static let phraseLength = 500

    /// Sorts the findings and cuts phrases of more than 500 characters. Order of input does not matter.
    package init(
        _ findings: [Diagnostic], checkedFileCount: Int, suppressedCount: Int = 0,
        omissions: Omissions = Omissions()
    ) {
        self.findings = findings.map(Report.clipped).sorted()
        self.checkedFileCount = checkedFileCount
        self.suppressedCount = suppressedCount
        self.omissions = omissions
    }

    /// How many findings have this severity, shown or left out.
    package func count(of severity: Severity) -> Int {
        findings.count { $0.severity == severity } + omissions.count(of: severity)
    }

    /// How many findings an output lacks that shows only some, in words; nil when it lacks none.
    func remainder(besides shownCount: Int) -> String? {
        let missing = findings.count + omissions.total - shownCount
        return missing > 0 ? Report.counted(missing, "more finding") : nil
    }

    /// One line: `2 errors, 1 warning in 14 files`, or `14 files checked, no findings`.
    package var summary: String {
        let counts = Severity.allCases.reversed().map { ($0, count(of: $0)) }.filter { $0.1 > 0 }
        let files = Report.counted(checkedFileCount, "file")
        let suppressed = suppressedCount > 0 ? " (\(suppressedCount) suppressed)" : ""
        guard !counts.isEmpty else { return files + " checked, no findings" + suppressed }
        return counts.map { Report.counted($0.1, $0.0.name) }.joined(separator: ", ") + " in " + files
            + suppressed
    }

    /// `1 file`, `2 files`.
    static func counted(_ count: Int, _ noun: String) -> String {
        "\(count) \(noun)\(count == 1 ? "" : "s")"
    }

    private static func clipped(_ finding: Diagnostic) -> Diagnostic {
        var finding = finding
        finding.message = clipped(finding.message)
        finding.hint = finding.hint.map(clipped)
        for index in finding.related.indices {
            finding.related[index].label = clipped(finding.related[index].label)
        }
        return finding
    }

    private static func clipped(_ phrase: String) -> String {
        guard phrase.utf8.count > phraseLength, phrase.unicodeScalars.count > phraseLength else {
            return phrase
        }
        return String(phrase.unicodeScalars.prefix(phraseLength - 1)) + "…"
    }
}

extension Report {
    /// The findings with the most useful first, for outputs that must leave some out.
    ///
    /// Errors before warnings before notes; in each, one of every file before the second of any.
    var findingsByUse: [Diagnostic] {
        var seen: [String: [Severity: Int]] = [:]
        var ranked: [(finding: Diagnostic, turn: Int)] = []
        for finding in findings {
            let turn = seen[finding.location.path, default: [:]][finding.severity, default: 0]
            seen[finding.location.path, default: [:]][finding.severity] = turn + 1
            ranked.append((finding, turn))
        }
        // The order in the report decides between equals, whatever the sort does with them.
        return ranked.enumerated().sorted { left, right in
            let (one, other) = (left.element, right.element)
            if one.finding.severity != other.finding.severity {
                return one.finding.severity > other.finding.severity
            }
            return (one.turn, left.offset) < (other.turn, right.offset)
        }.map(\.element.finding)
    }
}

extension Diagnostic {
    /// The message and, on a second line, the hint: for formats that have one field for both.
    var messageAndHint: String {
        hint.map { message + "\nhint: " + $0 } ?? message
    }
}

extension Location {
    /// `path:line:column`.
    var place: String {
        "\(path):\(span.start.line):\(span.start.column)"
    }
}
