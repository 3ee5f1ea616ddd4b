import Diagnostics
import TestKit
import Testing
import Text

/// Where findings point and what they say.
@Suite("YAML findings")
struct FindingTests {
    struct Case: Sendable {
        let text: String
        let expected: [(marker: Int, rule: RuleID, message: String)]

        init(_ text: String, _ expected: (marker: Int, rule: RuleID, message: String)...) {
            self.text = text
            self.expected = expected
        }
    }

    static let cases: [Case] = [
        Case(
            "name: <|1|>\"Acme\nvendor: acme\n", (1, .yamlSyntax, "a quote opens here and is never closed")),
        Case(
            "name: <|1|>\"Acme\nvendor: \"acme\"\n",
            (1, .yamlSyntax, "a quote opens here and is closed only in line 2")),
        Case(
            "note: 'it'<|1|>s here'\n", (1, .yamlSyntax, "an apostrophe ends this quoted text early")),
        Case(
            "note: beware<|1|>: colon\n",
            (1, .yamlSyntax, "a colon followed by a space inside a value without quotes")),
        Case(
            "limits:\n    context: 1\n  <|1|>output: 2\n",
            (1, .yamlIndentation, "this line's indentation fits none of the lines above")),
        Case(
            "limits: 3\n  <|1|>context: 1\n",
            (1, .yamlIndentation, "this line is indented deeper than the key before it")),
        Case("limits:\n<|1|>\tcontext: 1\n", (1, .yamlIndentation, "a tab used as indentation")),
        Case("a: 1\n<|1|>b:2\nc: 3\n", (1, .yamlSyntax, "no space behind the colon of \"b:\"")),
        Case("a: <|1|>[1, 2\nb: 3\n", (1, .yamlSyntax, "a \"[\" opens here and is never closed")),
        Case(
            "a: {x: 1, y: 2}\nb: {<|1|>x:1, y: 2}\n", (1, .yamlSyntax, "the key \"x:1\" has no value")),
        Case(
            "é: 1\nb: {漢: \"😀\", <|1|>漢: 2, c: <|2|>.inf}\n",
            (1, .yamlDuplicateKey, "the key \"漢\" is given twice, first in line 2"),
            (2, .yamlNonFinite, "\".inf\" is not a number that JSON knows")),
        Case(
            "a: <|1|>!x 1\nb: 2\n<|2|>b: \"3\"<|3|># c\n",
            (1, .yamlTag, "the tag \"!x\" is not supported"),
            (2, .yamlDuplicateKey, "the key \"b\" is given twice, first in line 2"),
            (3, .yamlComment, "a comment without a space before it")),
    ]

    @Test(arguments: cases)
    func pointsAtTheMistake(_ example: Case) {
        let marked = MarkedText(example.text)
        let findings = Reading(marked.text).findings.sorted()
        #expect(findings.map(\.location.span.start) == example.expected.map { marked.places[$0.marker] })
        #expect(findings.map(\.rule) == example.expected.map(\.rule))
        #expect(findings.map(\.message) == example.expected.map(\.message))
    }

    @Test func aRepeatedKeyNamesBothPlaces() {
        let finding = Reading("x:\n  - a: 1\n    b: 2\n    \"a\": 3\n").findings[0]
        #expect(finding.pointer == "/x/0/a")
        #expect(finding.location.span == TextSpan(line: 4, column: 5, width: 3))
        #expect(finding.related.map(\.location.span) == [TextSpan(line: 2, column: 5, width: 1)])
    }

    @Test func namesAreShownShortAndHarmless() {
        let key = String(repeating: "k", count: 80)
        let finding = Reading("\"\\t\(key)\": 1\n\"\\t\(key)\": 2\n").findings[0]
        #expect(finding.message.contains("\"\\u{9}" + String(repeating: "k", count: 59) + "…\""))
    }

    /// What leaves the document whole is told together with everything else; what does not ends the checks.
    @Test(arguments: [
        ("a: 1\na: 2\n", true), ("a: .nan\n", true), ("a: !x 1\n", true), ("a: 1\n---\nb: 2\n", true),
        ("a: \"x\"#c\n", true), ("a: \u{202E}x\n", true), ("a: {<<: {b: 1}}\n", false), ("a: *x\n", false),
        ("a: \"\n", false), ("", false), ("a: \u{0}\n", false), ("[a]: 1\n", false),
    ])
    func usability(_ text: String, _ isUsable: Bool) {
        let reading = Reading(text)
        #expect(reading.isUsable == isUsable)
        #expect(reading.findings.count == 1)
    }

    @Test func examplesOfTheRuleBook() {
        let rules = RuleBook.rules.filter { $0.id.rawValue.hasPrefix("yaml/") }
        #expect(rules.count == RuleID.allCases.filter { $0.rawValue.hasPrefix("yaml/") }.count)
        for rule in rules {
            #expect(Reading(rule.bad.text).findings.map(\.rule) == [rule.id], "\(rule.id.rawValue)")
            #expect(Reading(rule.good.text).findings == [], "\(rule.id.rawValue)")
        }
    }
}
