package import Diagnostics
import Text

extension RegistryCoverage {
    /// The report in one of the formats, ending with a line end; for people, at most so many names of a gap.
    ///
    /// A function of its arguments alone.
    package func rendered(as format: TableFormat, nameLimit: Int) -> String {
        switch format {
        case .text: text(nameLimit)
        case .json: json
        case .csv: csv
        case .markdown: markdown(nameLimit)
        }
    }

    /// The tables of counts, each with a title and a name for programs.
    private var tables: [(key: String, title: String, counts: [Count])] {
        [
            ("counts", "what there is", counts),
            ("parameter_provenance", "parameter counts by how they are known", provenances),
            ("source_kinds", "sources of facts by kind", sourceKinds),
            ("source_places", "sources of facts by place", places),
            ("ages", "days since current facts were checked, as of \(today)", ages),
        ]
    }

    private func text(_ nameLimit: Int) -> String {
        var text = ""
        for table in tables {
            text += "\(table.title)\n"
            let width = table.counts.map { TerminalText.visible(shown($0, in: table.key)).count }.max() ?? 0
            for count in table.counts {
                let words = TerminalText.visible(shown(count, in: table.key))
                text +=
                    "  \(words)" + String(repeating: " ", count: width - words.count) + "  \(count.value)\n"
            }
            text += "\n"
        }
        for gap in gaps {
            text += "\(gap.words): \(gap.names.count)\n"
            for name in gap.names.prefix(nameLimit) { text += "  \(TerminalText.visible(name))\n" }
            if gap.names.count > nameLimit { text += "  and \(gap.names.count - nameLimit) more\n" }
        }
        return text
    }

    private var json: String {
        JSONLayout.text { json in
            json.member("version", 1)
            json.member("today", today.description)
            for table in tables {
                json.member(table.key) { json in
                    for count in table.counts { json.member(count.key, count.value) }
                }
            }
            json.member("gaps") { json in
                for gap in gaps {
                    json.member(gap.key, of: gap.names) { json, name in json.member("name", name) }
                }
            }
        }
    }

    /// One table of `section`, `name`, `value`; a gap is a row for each name, with the value 1.
    private var csv: String {
        var text = CSVText.record(["section", "name", "value"])
        for table in tables {
            for count in table.counts { text += CSVText.record([table.key, count.key, String(count.value)]) }
        }
        for gap in gaps {
            for name in gap.names { text += CSVText.record([gap.key, name, "1"]) }
        }
        return text
    }

    private func markdown(_ nameLimit: Int) -> String {
        var text = ""
        for table in tables {
            text += (text.isEmpty ? "" : "\n") + "**\(table.title)**\n\n"
            text += MarkdownText.head(["", "count"])
            for count in table.counts {
                let words =
                    table.key == "source_places" ? MarkdownText.code(count.key) : shown(count, in: table.key)
                text += MarkdownText.row([words, String(count.value)])
            }
        }
        for gap in gaps {
            text += "\n**\(gap.words): \(gap.names.count)**\n"
            if !gap.names.isEmpty { text += "\n" }
            for name in gap.names.prefix(nameLimit) { text += "- \(MarkdownText.code(name))\n" }
            if gap.names.count > nameLimit { text += "- and \(gap.names.count - nameLimit) more\n" }
        }
        return text
    }

    /// Places are names of others and stay as they are.
    private func shown(_ count: Count, in table: String) -> String {
        table == "source_places" ? count.key : count.words
    }
}
