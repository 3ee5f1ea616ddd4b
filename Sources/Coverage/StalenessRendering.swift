package import Diagnostics
import Entities
import Text

extension Staleness {
    /// The report in one of the formats, ending with a line end. A function of its arguments alone.
    package func rendered(as format: TableFormat) -> String {
        switch format {
        case .text: text
        case .json: json
        case .csv: csv
        case .markdown: markdown
        }
    }

    /// Every line begins with a word of ours.
    private var text: String {
        var text = ""
        for row in rows {
            let name = row.fact.name.isEmpty ? "" : " " + TerminalText.visible(row.fact.name)
            text += "\(row.state.rawValue) \(TerminalText.visible(row.fact.path))\(name): "
            text += "\(row.subject) last checked on \(row.fact.checkedOn), \(row.ageDays) days ago"
            text += " (at most \(row.limitDays))\n"
        }
        return text + (rows.isEmpty ? "" : "\n") + summary + "\n"
    }

    private var json: String {
        JSONLayout.text { json in
            json.member("version", 1)
            json.member("today", today.description)
            json.member("summary", summary)
            json.member("counts") { json in
                for state in State.allCases { json.member(state.rawValue, count(of: state)) }
                json.member("in_time", freshCount)
            }
            json.member("facts", of: rows) { json, row in
                json.member("state", row.state.rawValue)
                json.member("topic", row.fact.topic.rawValue)
                json.member("path", row.fact.path)
                json.member("name", row.fact.name)
                json.member("provider_kind", orNull: row.fact.providerKind?.rawValue)
                json.member("checked_on", row.fact.checkedOn.description)
                json.member("age_days", row.ageDays)
                json.member("due_after_days", row.budget.dueDays)
                json.member("overdue_after_days", row.budget.overdueDays)
            }
        }
    }

    private var csv: String {
        CSVText.record([
            "state", "topic", "path", "name", "provider_kind", "checked_on", "age_days", "due_after_days",
            "overdue_after_days",
        ])
            + rows.map { row in
                CSVText.record([
                    row.state.rawValue, row.fact.topic.rawValue, row.fact.path, row.fact.name,
                    row.fact.providerKind?.rawValue ?? "", row.fact.checkedOn.description,
                    String(row.ageDays), String(row.budget.dueDays), String(row.budget.overdueDays),
                ])
            }.joined()
    }

    private var markdown: String {
        var text = "**\(summary)**\n"
        guard !rows.isEmpty else { return text }
        text += "\n" + MarkdownText.head(["", "fact", "of", "checked on", "days", "at most"])
        for row in rows {
            let name = row.fact.name.isEmpty ? "" : " " + MarkdownText.code(row.fact.name)
            text += MarkdownText.row([
                row.state.rawValue, MarkdownText.code(row.fact.path) + name, row.subject,
                row.fact.checkedOn.description, String(row.ageDays), String(row.limitDays),
            ])
        }
        return text
    }
}

extension Staleness.Row {
    /// `offer of a lab`, `model`.
    fileprivate var subject: String {
        guard fact.topic == .offer || fact.topic == .rental, let kind = fact.providerKind else {
            return fact.topic.rawValue
        }
        return "\(fact.topic.rawValue) (\(kind.rawValue))"
    }

    /// The limit that was passed.
    fileprivate var limitDays: Int { state == .overdue ? budget.overdueDays : budget.dueDays }
}
