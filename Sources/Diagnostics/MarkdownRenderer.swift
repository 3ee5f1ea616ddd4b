import Text

/// A report as one comment on a pull request, of at most 60,000 UTF-16 units: GitHub takes 65,536.
///
/// All foreign text stands in code spans, where nothing is a mention, a link, HTML or a reference.
struct MarkdownRenderer {
    let report: Report

    private static let lengthLimit = 60_000
    /// Kept for the line that says what is left out.
    private static let closingLength = 200

    func render() -> String {
        let opening = "**\(report.summary)**\n"
        let room = MarkdownRenderer.lengthLimit - MarkdownRenderer.closingLength - opening.utf16.count
        let shown = choose(room: room)
        var text = opening
        var path: String?
        for finding in shown.sorted() {
            if finding.location.path != path { text += heading(of: finding) }
            path = finding.location.path
            text += item(finding)
        }
        if let missing = report.remainder(besides: shown.count) {
            text += "\n\(missing) left out here; "
            text += "`registry validate` shows all of them.\n"
        }
        return text
    }

    /// As many findings as there is room for, the most useful first.
    private func choose(room: Int) -> [Diagnostic] {
        var room = room
        var shown: [Diagnostic] = []
        var paths: Set<String> = []
        for finding in report.findingsByUse {
            let isFirst = !paths.contains(finding.location.path)
            let length = item(finding).utf16.count + (isFirst ? heading(of: finding).utf16.count : 0)
            guard length <= room else { continue }
            room -= length
            paths.insert(finding.location.path)
            shown.append(finding)
        }
        return shown
    }

    private func heading(of finding: Diagnostic) -> String {
        "\n\(MarkdownText.code(finding.location.path))\n\n"
    }

    private func item(_ finding: Diagnostic) -> String {
        let start = finding.location.span.start
        var item =
            "- **\(finding.severity.name)** at \(start.line):\(start.column): \(MarkdownText.code(finding.message)) "
        item += "(\(finding.rule.rawValue))\n"
        if let hint = finding.hint { item += "  - hint: \(MarkdownText.code(hint))\n" }
        for related in finding.related {
            item += "  - \(MarkdownText.code(related.location.place)): \(MarkdownText.code(related.label))\n"
        }
        return item
    }
}
