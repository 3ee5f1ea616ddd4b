import Text

/// Findings for people: `path:line:column: error[rule/id]: message`, the source line underlined, the hint,
/// related places; a summary last.
///
/// Every line begins with a place, a word of ours or a line number, never with what a file holds: systems that
/// run checks take commands (`::stop-commands::`) from the start of log lines.
struct TextRenderer {
    let report: Report
    let style: TextStyle

    private enum Paint: String {
        case bold = "1"
        case red = "1;31"
        case yellow = "1;33"
        case cyan = "1;36"
    }

    func render(source: (_ path: String) -> [UInt8]?) -> String {
        var text = ""
        var current: (path: String, source: SourceText?)?
        for finding in report.findings {
            let path = finding.location.path
            if current?.path != path { current = (path, source(path).map(SourceText.init)) }
            text += heading(of: finding)
            if let source = current?.source { text += excerpt(of: finding, in: source) }
            if let hint = finding.hint {
                text += painted("hint:", .bold) + " \(TerminalText.visible(hint))\n"
            }
            for related in finding.related {
                text += painted("note:", .bold) + " \(TerminalText.visible(related.location.place)): "
                text += TerminalText.visible(related.label) + "\n"
            }
            text += "\n"
        }
        if let missing = report.remainder(besides: report.findings.count) { text += missing + " left out\n" }
        return text + report.summary + "\n"
    }

    private func heading(of finding: Diagnostic) -> String {
        let kind = "\(finding.severity.name)[\(finding.rule.rawValue)]:"
        return painted(TerminalText.visible(finding.location.place) + ":", .bold) + " "
            + painted(kind, paint(of: finding.severity)) + " " + TerminalText.visible(finding.message) + "\n"
    }

    private func excerpt(of finding: Diagnostic, in source: SourceText) -> String {
        let span = finding.location.span
        guard let excerpt = SourceExcerpt(of: span, in: source) else { return "" }
        let number = "  \(span.start.line)"
        let blank = String(repeating: " ", count: number.utf8.count)
        return "\(number) | \(excerpt.line)\n\(blank) | "
            + painted(excerpt.underline, paint(of: finding.severity)) + "\n"
    }

    private func paint(of severity: Severity) -> Paint {
        switch severity {
        case .error: .red
        case .warning: .yellow
        case .note: .cyan
        }
    }

    private func painted(_ text: String, _ paint: Paint) -> String {
        switch style {
        case .plain: text
        case .colored: "\u{1B}[\(paint.rawValue)m\(text)\u{1B}[0m"
        }
    }
}
