import Text

/// Everything a report holds as one JSON object. `version` rises when a key changes its meaning.
struct JSONRenderer {
    let report: Report

    private static let version = 1

    func render() -> String {
        JSONLayout.text { json in
            json.member("version", JSONRenderer.version)
            json.member("summary") { json in
                json.member("files", report.checkedFileCount)
                json.member("errors", report.count(of: .error))
                json.member("warnings", report.count(of: .warning))
                json.member("notes", report.count(of: .note))
                json.member("suppressed", report.suppressedCount)
                json.member("omitted", report.omissions.total)
            }
            json.member("findings", of: report.findings) { json, finding in
                json.member("rule", finding.rule.rawValue)
                json.member("severity", finding.severity.name)
                place(finding.location, in: &json)
                json.member("pointer", finding.pointer)
                json.member("message", finding.message)
                json.member("hint", orNull: finding.hint)
                json.member("related", of: finding.related) { json, related in
                    place(related.location, in: &json)
                    json.member("label", related.label)
                }
            }
        }
    }

    private func place(_ location: Location, in json: inout JSONLayout) {
        json.member("path", location.path)
        json.member("line", location.span.start.line)
        json.member("column", location.span.start.column)
        json.member("end_line", location.span.end.line)
        json.member("end_column", location.span.end.column)
    }
}
