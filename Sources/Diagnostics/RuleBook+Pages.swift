extension Rule {
    /// The rule for a terminal or a plain text field: id, severity, title, reason, both examples.
    package var explanation: String {
        "\(id.rawValue) (\(severity.name)): \(title)\n\n\(why)\n\n"
            + Rule.indented("Bad", bad) + "\n" + Rule.indented("Good", good)
    }

    /// Reason and examples in Markdown, without a heading.
    var markdownBody: String {
        "\(why)\n\n" + Rule.fenced("Bad", bad) + "\n" + Rule.fenced("Good", good)
    }

    private static func indented(_ word: String, _ example: RuleExample) -> String {
        var text = "\(word): \(example.path)\n\n" + indented(example.text)
        if case .document(let schema) = example.kind { text += "\n  with the schema\n\n" + indented(schema) }
        return text
    }

    private static func indented(_ text: String) -> String {
        lines(of: text).map { $0.isEmpty ? "\n" : "    \($0)\n" }.joined()
    }

    private static func fenced(_ word: String, _ example: RuleExample) -> String {
        var text = "\(word): `\(example.path)`\n\n" + fenced(example.text, language(of: example))
        if case .document(let schema) = example.kind {
            text += "\nwith the schema\n\n" + fenced(schema, "json")
        }
        return text
    }

    private static func fenced(_ text: String, _ language: String) -> String {
        "```\(language)\n" + lines(of: text).map { $0 + "\n" }.joined() + "```\n"
    }

    private static func language(of example: RuleExample) -> String {
        if example.kind == .told { return "text" }
        return example.path.hasSuffix(".json") ? "json" : "yaml"
    }

    private static func lines(of text: String) -> [Substring] {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        if lines.last == "" { lines.removeLast() }
        return lines
    }
}

extension RuleBook {
    /// All rules for a terminal, one a line: id, severity, title.
    package static var list: String {
        let width = rules.map(\.id.rawValue.utf8.count).max() ?? 0
        return rules.map { rule in
            let id = padded(rule.id.rawValue, to: width)
            return "\(id)  \(padded(rule.severity.name, to: 7))  \(rule.title)\n"
        }.joined()
    }

    /// The page `docs/rules.md`.
    package static var page: String {
        var page = """
            # Rules

            <!-- Generated from the rule book, Sources/Diagnostics/RuleBook*.swift: edit that. -->

            Every finding names its rule. An error stops a merge, a warning asks a person to look, a note only
            tells. Examples that name some keys of a file leave its other keys as they are.

            | rule | severity | says |
            |---|---|---|

            """
        for rule in rules {
            page +=
                "| [`\(rule.id.rawValue)`](#\(anchor(of: rule))) | \(rule.severity.name) | \(rule.title) |\n"
        }
        for rule in rules {
            page += "\n## \(rule.id.rawValue)\n\n**\(rule.title)** (\(rule.severity.name)). "
            page += rule.markdownBody
        }
        return page
    }

    /// GitHub's anchor of a rule's heading: the heading without its slash.
    private static func anchor(of rule: Rule) -> String {
        rule.id.rawValue.split(separator: "/").joined()
    }

    private static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.utf8.count))
    }
}
