import Documents
import Testing
import YAML

/// The canonical form by examples.
@Suite("YAML formatter")
struct FormatterTests {
    static func format(_ text: String, order: [String: [String]] = [:]) -> String {
        let reading = Reading(text)
        let formatter = YAMLFormatter { pointer in order[pointer] ?? [] }
        return String(decoding: formatter.format(Array(text.utf8), document: reading.document), as: UTF8.self)
    }

    @Test(arguments: [
        ("a:    1\n", "a: 1\n"), ("a: 1", "a: 1\n"), ("a: 1\r\nb: 2\r\n", "a: 1\nb: 2\n"),
        ("---\na: 1\n...\n", "a: 1\n"),
        ("{a: 1, b: {c: 2}}", "a: 1\nb:\n  c: 2\n"),
        ("a:\n- 1\n- b: 2\n  c: 3\n", "a:\n  - 1\n  - b: 2\n    c: 3\n"),
        ("a:\n- b\n- c\n", "a: [b, c]\n"), ("a: []\nb: {}\n", "a: []\nb: {}\n"),
        ("a:\nb: ~\n", "a: null\nb: null\n"),
        ("- - 1\n  - {a: 2}\n", "- - 1\n  - a: 2\n"), ("[[1, 2], []]", "- [1, 2]\n- []\n"),
        ("a: &x {b: [1]}\nc: *x\n", "a:\n  b: [1]\nc:\n  b: [1]\n"), ("\"a\": 'b'\n", "a: b\n"), ("x", "x\n"),
        ("a: !!str 1\nb: ! 2\n", "a: \"1\"\nb: \"2\"\n"), ("? a\n: b\n", "a: b\n"),
        ("\u{FEFF}a: 1\n", "a: 1\n"), ("\u{FEFF}a: [1, # x\n  2]\n", "a:\n  - 1 # x\n  - 2\n"),
    ])
    func layout(_ text: String, _ canonical: String) {
        #expect(FormatterTests.format(text) == canonical)
        #expect(FormatterTests.format(canonical) == canonical)
    }

    @Test(arguments: [
        ("0x10", "16"), ("1e3", "1000"), ("1.50", "1.5"), ("1.0", "1"), ("+.5", "0.5"), ("-0", "0"),
        ("0.0", "0"),
        ("1e-3", "0.001"), ("12.5e1", "125"), ("-1.25e-1", "-0.125"), ("1e300", "1e300"),
        ("1.50e-300", "1.5e-300"),
        ("123456789012345678901234567890123456", "123456789012345678901234567890123456"), ("010", "10"),
        ("0o17", "15"), ("100", "100"), ("1e30", "1000000000000000000000000000000".count > 30 ? "1e30" : ""),
        ("0.1e-5", "0.000001"),
    ])
    func numbers(_ number: String, _ canonical: String) {
        #expect(FormatterTests.format("a: \(number)\n") == "a: \(canonical)\n")
    }

    @Test(arguments: [
        "yes", "No", "ON", "off", "y", "N", "1", "1.5", "0x1F", "+0x1F", "0b101", "1_000", "12:30:00",
        "190:20", ".5_",
        "null", "~", "true", ".inf", "-.INF", ".nan", "", " a", "a ", "a: b", "a #b", "a:", "#a", "-", "- a",
        "?", "? a",
        ":a", "[a", "{a", "&a", "*a", "!a", "|", ">", "'a", "\"a\"", "%a", "@a", "`a", "=", "<<", "---",
        "--- a", "...",
        "a\tb", "a\nb", "-.5", "--", "é\u{200B}",
    ])
    func quotesWhatOtherParsersReadDifferently(_ text: String) {
        let document = Reading("a: \(FuzzText.doubleQuoted(text))\n").document
        let output = FormatterTests.format("a: \(FuzzText.doubleQuoted(text))\n")
        #expect(output.hasPrefix("a: \""))
        #expect(Reading(output).document.string(at: 2) == document.string(at: 2))
    }

    @Test(arguments: [
        "a b", "2024-05-01", "2024-05", "v1.2", "1.2.3", "a:b", "http://x.org/#y", "a#b", "-a", "-1x",
        "nothing",
        "acme/model-1", "1 million", "é", "漢字", "a's \"b\"", "a,b", "x]", "50%", "a & b", "Yesterday",
        "no one",
    ])
    func leavesPlainTextPlain(_ text: String) {
        #expect(FormatterTests.format("a: \(FuzzText.doubleQuoted(text))\n") == "a: \(text)\n")
    }

    @Test func listsBreakAtAHundredColumns() {
        let fits = "a: [" + String(repeating: "b", count: 90) + ", c]"
        #expect(fits.count == 98)
        #expect(FormatterTests.format(fits) == fits + "\n")
        let long = "a: [" + String(repeating: "b", count: 93) + ", c]"
        #expect(FormatterTests.format(long) == "a:\n  - " + String(repeating: "b", count: 93) + "\n  - c\n")
    }

    @Test func keysFollowTheOrderGiven() {
        let order = ["": ["id", "prices"], "/prices/1": ["meter"]]
        let text = "x: 1\nprices:\n  - {per: 1, meter: a}\n  - {per: 1, meter: b}\nz: 2\nid: m\n"
        let canonical =
            "id: m\nprices:\n  - per: 1\n    meter: a\n  - meter: b\n    per: 1\nx: 1\nz: 2\n"
        #expect(FormatterTests.format(text, order: order) == canonical)
        #expect(FormatterTests.format(canonical, order: order) == canonical)
    }

    @Test(arguments: [
        ("a: |\n    x\n      y\n\n    z\nb: 1\n", "a: |\n  x\n    y\n\n  z\nb: 1\n"),
        ("a: >-\n x\n y\n", "a: >-\n  x\n  y\n"), ("a: |+\n  x\n\n", "a: \"x\\n\\n\"\n"),
        ("- |\n x\n- >\n y\n", "- |\n  x\n- >\n  y\n"), ("a: |2\n   x\n", "a: \" x\\n\"\n"),
        ("a: |\n  x \n", "a: \"x \\n\"\n"), ("a: | # c\n  # x\n", "a: | # c\n  # x\n"),
        ("a: \"x\n\n  y\"\n", "a: \"x\\ny\"\n"), ("a: x\n  y\n", "a: x y\n"),
    ])
    func blockScalarsMoveAsTheyAre(_ text: String, _ canonical: String) {
        #expect(FormatterTests.format(text) == canonical)
        #expect(FormatterTests.format(canonical) == canonical)
    }

    @Test(arguments: [
        ("a: 1   # x\n", "a: 1 # x\n"), ("#x\na: 1\n", "#x\na: 1\n"), ("# h\n\na: 1\n", "# h\n\na: 1\n"),
        ("a:   # x\n   b: 1\n", "a: # x\n  b: 1\n"), ("a: [1, 2] # x\n", "a: [1, 2] # x\n"),
        ("a: [ # x\n  1, # y\n  2 ]\n", "a: # x\n  - 1 # y\n  - 2\n"),
        ("a: {b: 1} # x\nc: 2\n", "a: # x\n  b: 1\nc: 2\n"),
        ("a:\n    b: 1\n    # x\nc: 2\n", "a:\n  b: 1\n  # x\nc: 2\n"),
        ("a:\n    b: 1\n# x\nc: 2\n", "a:\n  b: 1\n# x\nc: 2\n"),
        ("a: 1\n# x\n\n# y\n", "a: 1\n# x\n\n# y\n"),
        ("a:\n- 1 # x\n# y\n- 2\n", "a:\n  - 1 # x\n  # y\n  - 2\n"),
        ("a:\n- # x\n  b: 1\n- c: 2 # y\n", "a:\n  # x\n  - b: 1\n  - c: 2 # y\n"),
        ("a: 1\n\n\n\nb: 2\n", "a: 1\n\nb: 2\n"), ("a:\n\n  b: 1\n", "a:\n  b: 1\n"),
        ("a: [\n  # x\n  ]\nb: 1\n", "# x\na: []\nb: 1\n"), ("# x\n[1, 2]\n# y\n", "# x\n- 1\n- 2\n# y\n"),
        ("a: 1 # x\n     # y\nb: 2\n", "a: 1 # x\n# y\nb: 2\n"),
    ])
    func commentsStayWithTheirNodes(_ text: String, _ canonical: String) {
        #expect(FormatterTests.format(text) == canonical)
        #expect(FormatterTests.format(canonical) == canonical)
    }

    @Test(arguments: [
        ("a: \"x\"#c\n", "a: x #c\n"), ("a: [\n  1\n]\n", "a: [1]\n"), ("a: |#c\n  x\n", "a: | #c\n  x\n"),
        ("a: \"x\ny\"\nb: {\nc: 1\n}\n", "a: x y\nb:\n  c: 1\n"), ("a: [\n\tx]\n", "a: [x]\n"),
    ])
    func layoutIsMended(_ text: String, _ canonical: String) {
        #expect(!Reading(text).findings.isEmpty)
        #expect(FormatterTests.format(text) == canonical)
    }

    @Test func commentsTravelWithTheirKeys() {
        let order = ["": ["a", "b"]]
        let text = "# header\n\n# of b\nb: 1 # one\n\n# of a\na:\n  # of c\n  c: 2\n# end\n"
        let canonical = "# header\n\n# of a\na:\n  # of c\n  c: 2\n\n# of b\nb: 1 # one\n# end\n"
        #expect(FormatterTests.format(text, order: order) == canonical)
        #expect(FormatterTests.format(canonical, order: order) == canonical)
    }
}
