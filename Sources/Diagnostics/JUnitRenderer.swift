import Text

/// A report as the XML of test runners: a suite for each file with findings; an error is a failed test, a
/// warning a skipped one, a note a passed one that says something.
struct JUnitRenderer {
    let report: Report

    func render() -> String {
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"registry\""
        let findings = report.findings
        text += counts(of: findings, orOne: findings.isEmpty) + ">\n"
        if findings.isEmpty {
            // Readers of these reports take a run without tests for a broken one.
            text += "  <testsuite name=\"registry\"\(counts(of: [], orOne: true))>\n"
            text += "    <testcase\(attribute("name", report.summary)) classname=\"registry\"/>\n"
            text += "  </testsuite>\n"
        }
        var rest = findings[...]
        while let path = rest.first?.location.path {
            let suite = rest.prefix { $0.location.path == path }
            rest = rest.dropFirst(suite.count)
            text += "  <testsuite\(attribute("name", path))\(counts(of: suite, orOne: false))>\n"
            text += suite.map(testCase).joined()
            text += "  </testsuite>\n"
        }
        if let missing = report.remainder(besides: findings.count) {
            text += "  <testsuite name=\"registry\"\(counts(of: [], orOne: true))>\n"
            text += "    <testcase\(attribute("name", missing + " left out")) classname=\"registry\"/>\n"
            text += "  </testsuite>\n"
        }
        return text + "</testsuites>\n"
    }

    private func counts(of findings: some Collection<Diagnostic>, orOne: Bool) -> String {
        let failures = findings.count { $0.severity == .error }
        let skipped = findings.count { $0.severity == .warning }
        return " tests=\"\(orOne ? 1 : findings.count)\" failures=\"\(failures)\" skipped=\"\(skipped)\""
    }

    private func testCase(_ finding: Diagnostic) -> String {
        let start = finding.location.span.start
        let name = "\(finding.rule.rawValue) at \(start.line):\(start.column)"
        let opening =
            "    <testcase\(attribute("name", name))\(attribute("classname", finding.location.path))"
            + "\(attribute("file", finding.location.path)) line=\"\(start.line)\">\n"
        return opening + "      " + outcome(finding) + "\n    </testcase>\n"
    }

    private func outcome(_ finding: Diagnostic) -> String {
        let detail = "\(finding.location.place): \(finding.messageAndHint)"
        return switch finding.severity {
        case .error:
            "<failure\(attribute("type", finding.rule.rawValue))\(attribute("message", finding.message))>"
                + escaped(detail) + "</failure>"
        case .warning: "<skipped\(attribute("message", finding.messageAndHint))/>"
        case .note: "<system-out>\(escaped(detail))</system-out>"
        }
    }

    private func attribute(_ name: String, _ value: String) -> String {
        " \(name)=\"\(escaped(value))\""
    }

    /// Visible text for content and attributes alike; what XML 1.0 cannot hold (section 2.2) is left out.
    private func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in TerminalText.visibleLines(text).unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "\n": escaped += "&#10;"
            case "\u{FFFE}", "\u{FFFF}": break
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
