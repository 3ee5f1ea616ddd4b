import Diagnostics
import Testing

@Suite struct RuleBookTests {
    @Test(arguments: RuleID.allCases)
    func `a rule is written out`(id: RuleID) throws {
        let rule = try #require(RuleBook[id])
        #expect(rule.id == id && rule.severity == id.severity)
        #expect(rule.title.first?.isUppercase == true && !rule.title.hasSuffix("."))
        #expect(rule.why.hasSuffix("."))
        #expect(!rule.title.contains("|"), "titles stand in a table")
        for example in [rule.bad, rule.good] {
            #expect(!example.path.hasPrefix("/") && !example.text.isEmpty)
            #expect(example.kind == .told || example.text.hasSuffix("\n"))
        }
        #expect((rule.bad.path, rule.bad.text) != (rule.good.path, rule.good.text))
    }

    @Test func `every rule stands in the book`() {
        #expect(RuleBook.rules.map(\.id) == RuleID.allCases)
    }

    @Test func `a rule explains itself`() throws {
        let rule = try #require(RuleBook[.schemaMultipleOf])
        #expect(
            rule.explanation == """
                schema/multiple-of (error): A number is not a multiple of the step

                The quantity comes in steps; a value between two of them cannot be right. Decided exactly, in decimals.

                Bad: step.yaml

                    step: 0.12

                  with the schema

                    {"properties": {"step": {"multipleOf": 0.05}}}

                Good: step.yaml

                    step: 0.15

                  with the schema

                    {"properties": {"step": {"multipleOf": 0.05}}}

                """)
    }

    @Test func `the list and the page name every rule once`() {
        let lines = RuleBook.list.split(separator: "\n")
        #expect(lines.count == RuleBook.rules.count)
        for (line, rule) in zip(lines, RuleBook.rules) {
            #expect(line.hasPrefix(rule.id.rawValue + " ") && line.hasSuffix("  " + rule.title))
        }
        #expect(RuleBook.list.contains("  warning  A suppression fits no finding\n"))
        let headings = RuleBook.page.split(separator: "\n").filter { $0.hasPrefix("## ") }
        #expect(headings.map(String.init) == RuleBook.rules.map { "## " + $0.id.rawValue })
        #expect(
            RuleBook.page.contains(
                """

                ## schema/const

                **A value is not the one allowed** (error). The value is fixed: it says what kind of file this is, \
                or which form an object has.

                Bad: `models/acme/rocket-1.yaml`

                ```yaml
                schema: model/v2
                ```

                Good: `models/acme/rocket-1.yaml`

                ```yaml
                schema: model/v1
                ```

                """))
    }
}
