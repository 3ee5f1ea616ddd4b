import Diagnostics
import Testing
import Text

@Suite struct TextRendererTests {
    @Test func `text shows place, message, underlined line, hint and related places`() {
        #expect(
            SampleReport.rendered(.text) == """
                accelerators:1:1: warning[suppression/unused]: the collection "accelerators" has no files

                models/acme/rocket-1.yaml:1:5: error[path/mismatch]: "acme/rocket-1" is not the path
                  1 | id: acme/rocket-1
                    |     ^^^^^^^^^^^^^
                note: schemas/a.json:7:3: the path is asked for here

                models/acme/rocket-1.yaml:3:2: error[schema/unknown-key]: unknown key "contxt"
                  3 |     contxt: 12 # 日本
                    |     ^^^^^^
                hint: did you mean "context"?

                2 errors, 1 warning in 4 files (1 suppressed)

                """)
    }

    @Test func `colours only where asked for, and nothing else changes`() {
        let plain = SampleReport.rendered(.text)
        let colored = SampleReport.rendered(.text, style: .colored)
        #expect(!plain.utf8.contains(0x1B))
        #expect(colored.contains("\u{1B}[1;31merror[path/mismatch]:\u{1B}[0m "))
        #expect(colored.contains("\u{1B}[1;33mwarning[suppression/unused]:\u{1B}[0m "))
        var stripped = colored
        for code in ["0", "1", "1;31", "1;33"] {
            stripped = stripped.split(separator: "\u{1B}[\(code)m", omittingEmptySubsequences: false).joined()
        }
        #expect(stripped == plain)
    }

    /// Source line, column, width, shown line, underline; `>` and `<` stand for nothing but the line's ends.
    @Test(arguments: [
        ("key: value", 6, 5, "key: value", "     ^^^^^"),
        ("key: value", 6, 99, "key: value", "     ^^^^^"),
        ("key: value", 11, 1, "key: value", "          ^"),
        ("key: value", 6, 0, "key: value", "     ^"),
        ("\ta:\tb", 5, 1, "    a:    b", "          ^"),
        ("名前: x", 5, 1, "名前: x", "      ^"),
        ("名前: x", 1, 2, "名前: x", "^^^^"),
        ("e\u{301}: x", 5, 1, "e\u{301}: x", "   ^"),
        ("🚀🚀: x", 5, 1, "🚀🚀: x", "      ^"),
        ("a\u{1B}[2Jb: x", 6, 1, "a<U+001B>[2Jb: x", "            ^"),
        ("a\u{202E}b", 3, 1, "a<U+202E>b", "         ^"),
        ("\u{FEFF}a: b", 4, 1, "a: b", "   ^"),
    ])
    func `the underline stands below the span`(
        source: String, column: Int, width: Int, shown: String, underline: String
    ) {
        for lineEnd in ["", "\n", "\r\n"] {
            let lines = excerpt(source + lineEnd, line: 1, column: column, width: width)
            #expect(lines == ["  1 | " + shown, "    | " + underline])
        }
    }

    @Test func `bytes that are no UTF-8 are shown as such and keep the columns right`() {
        let bytes = Array("ab".utf8) + [0xFF, 0x80] + Array("c: d".utf8)
        let lines = excerpt(bytes, line: 1, column: 4, width: 1)
        #expect(lines == ["  1 | ab\u{FFFD}\u{FFFD}c: d", "    |     ^"])
    }

    @Test(arguments: [(1, 0), (70, 60), (5_000, 60), (9_995, 60)])
    func `a long line is cut to a window around the span`(column: Int, lead: Int) throws {
        let source = String(repeating: "0123456789", count: 1_000)
        let lines = excerpt(source, line: 1, column: column, width: 3)
        let shown = try #require(lines.first).dropFirst(6)
        let underline = try #require(lines.last).dropFirst(6)
        #expect(shown.count <= 160)
        let carets = try #require(underline.firstIndex(of: "^"))
        let blanks = underline.distance(from: underline.startIndex, to: carets)
        #expect(blanks == lead + (lead > 0 ? 1 : 0))
        let digits = shown.dropFirst(blanks).prefix(3)
        #expect(digits == source.dropFirst(column - 1).prefix(3))
        #expect(shown.hasPrefix("…") == (column > 61))
        #expect(shown.hasSuffix("…") == (column < 9_900))
    }

    @Test(arguments: [0, 2, 3, 99])
    func `a line that is empty or not there is not shown`(line: Int) {
        #expect(excerpt("a: b\n\n", line: line, column: 1, width: 1) == [])
    }

    @Test func `a span over several lines is underlined to the end of its first`() {
        let span = TextSpan(
            start: TextPosition(line: 1, column: 4), end: TextPosition(line: 3, column: 1))
        let finding = Diagnostic(.schemaType, at: Location(path: "a", span: span), "wrong")
        let text = Report([finding], checkedFileCount: 1).rendered(as: .text) { _ in
            Array("a: [1,\n2\n]".utf8)
        }
        #expect(text.contains("  1 | a: [1,\n    |    ^^^\n"))
    }

    @Test func `nothing from a file reaches the terminal raw or begins a line`() {
        let evil = "\u{1B}]0;x\u{7}\u{9B}31m\n::error::x\r\u{2028}y"
        let finding = SampleReport.finding(
            .schemaType, "a\n::b", 1, 1, 1, evil, hint: evil,
            related: [RelatedLocation(SampleReport.location(evil, 1, 1, 1), evil)])
        let text = Report([finding], checkedFileCount: 1).rendered(as: .text) { _ in
            Array("  ::stop-commands::x \u{9B}31m\n".utf8)
        }
        let isHarmless = text.unicodeScalars.allSatisfy {
            $0 == "\n" || ($0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) && $0.value != 0x2028)
        }
        #expect(isHarmless)
        #expect(text.split(separator: "\n").count == 6)
        #expect(!text.split(separator: "\n").contains { $0.drop { $0 == " " }.hasPrefix("::") })
    }

    private func excerpt(_ source: String, line: Int, column: Int, width: Int) -> [String] {
        excerpt(Array(source.utf8), line: line, column: column, width: width)
    }

    /// The lines between the heading and the summary.
    private func excerpt(_ source: [UInt8], line: Int, column: Int, width: Int) -> [String] {
        let finding = SampleReport.finding(.schemaType, "a", line, column, width, "wrong")
        let text = Report([finding], checkedFileCount: 1).rendered(as: .text) { _ in source }
        return text.split(separator: "\n").dropFirst().dropLast().map(String.init)
    }
}
