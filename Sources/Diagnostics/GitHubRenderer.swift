import Text

/// Findings as workflow commands, which GitHub shows as annotations in a pull request.
///
/// A step's log shows at most ten of each kind, so the most useful are chosen and a last notice says what is
/// missing. Format: "Workflow commands for GitHub Actions", escapes as in the toolkit's `command.ts`.
struct GitHubRenderer {
    let report: Report

    private static let limitOfKind = 10

    func render() -> String {
        let findings = report.findingsByUse
        var shown: [Diagnostic] = []
        for severity in Severity.allCases.reversed() {
            // The last place among the notices is kept for what is left out.
            let limit = severity == .note ? GitHubRenderer.limitOfKind - 1 : GitHubRenderer.limitOfKind
            shown += findings.filter { $0.severity == severity }.prefix(limit)
        }
        var text = shown.map(command).joined()
        if let missing = report.remainder(besides: shown.count) {
            text += "::notice title=\(missing)::\(report.summary); GitHub shows ten of each kind. "
            text += "All of them: registry validate, or registry validate --format sarif\n"
        }
        return text
    }

    private func command(for finding: Diagnostic) -> String {
        let span = finding.location.span
        var properties = [
            "file=" + property(finding.location.path), "line=\(span.start.line)", "endLine=\(span.end.line)",
        ]
        // Columns of a span over several lines are refused.
        if span.start.line == span.end.line {
            properties += ["col=\(span.start.column)", "endColumn=\(span.end.column)"]
        }
        properties.append("title=" + property(finding.rule.rawValue))
        return "::\(kind(of: finding.severity)) \(properties.joined(separator: ","))::"
            + data(finding.messageAndHint) + "\n"
    }

    private func kind(of severity: Severity) -> String {
        switch severity {
        case .error: "error"
        case .warning: "warning"
        case .note: "notice"
        }
    }

    private func property(_ text: String) -> String { escaped(text, "%\r\n:,") }

    private func data(_ text: String) -> String { escaped(text, "%\r\n") }

    /// Percent-escapes the given ASCII characters and writes out all other hidden ones.
    private func escaped(_ text: String, _ special: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            if special.unicodeScalars.contains(scalar) {
                let digits = String(scalar.value, radix: 16, uppercase: true)
                escaped += "%" + (digits.utf8.count == 1 ? "0" : "") + digits
            } else {
                escaped.unicodeScalars.append(scalar)
            }
        }
        return TerminalText.visible(escaped)
    }
}
