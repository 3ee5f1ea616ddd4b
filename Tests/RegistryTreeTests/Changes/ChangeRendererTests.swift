import Diagnostics
import Documents
import Entities
import RegistryTree
import TestKit
import Testing
import Text

/// Reports of changes that mean harm: names with Markdown, HTML, mentions, control characters and great length.
@Suite struct ChangeRendererTests {
    /// What a hostile file may put wherever text is allowed.
    static let harm = [
        "@everyone", "<img src=x onerror=alert(1)>", "``` `` `", "[click](javascript:alert(1))",
        "![x](https://tracker.example/x.png)", "-->", "<!-- model-atlas: registry diff -->", "| a | b |",
        "::error::no", "%0A::set-env name=A::b", "\n## heading", "\u{202E}evil", "a\u{0}b",
        "EOF\nPATH=/tmp", "#1", "www.evil.example", "https://evil.example",
    ]

    /// The example registry with a hostile name and note on everything that changes.
    private func hostile(_ text: String) -> PairOfStates {
        var states = PairOfStates()
        let quoted =
            "\""
            + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            .replacing("\n", with: "\\n").replacing("\u{0}", with: "\\0").replacing(
                "\u{202E}", with: "\\u202E") + "\""
        states.edit("models/acme/glider.yaml", "name: Glider", "name: \(quoted)")
        states.edit("models/acme/glider.yaml", "stage: retired", "stage: retired\n  replaced_by: \(quoted)")
        states.edit(
            "mappings/borealis/acme/rocket-1.yaml", "provider_model_id: acme/rocket-1",
            "provider_model_id: \(quoted)")
        states.edit(
            "mappings/borealis/acme/rocket-1.yaml", "mode: serverless",
            "mode: serverless\n    region: \(quoted)")
        return states
    }

    @Test(arguments: harm) func `C8 foreign text in a comment is neutral`(text: String) throws {
        let markdown = hostile(text).report().rendered(as: .markdown)
        let mark = "<!-- model-atlas: registry diff -->\n"
        #expect(markdown.hasPrefix(mark))
        let outside = Self.withoutCodeSpans(String(markdown.dropFirst(mark.count)))
        for sign in ["@", "<", "](", "http", "www.", "#", "|", "\u{202E}", "\u{0}", "::", "EOF", "&"] {
            #expect(!outside.contains(sign), "\(sign) in \(outside)")
        }
        #expect(!markdown.unicodeScalars.contains("\u{202E}"))
    }

    @Test(arguments: harm) func `C5 no line of a text report begins with foreign text`(text: String) {
        let report = hostile(text).report().rendered(as: .text)
        let words = [
            "removed ", "renamed ", "altered ", "added ", "    price of ", "    field ", "    effect: ",
            "rules changed: ", "not compared: ", "errors that ", "outcome: ", "  - ",
        ]
        for line in report.split(separator: "\n") {
            #expect(
                words.contains { line.hasPrefix($0) } || line.first?.isNumber == true, "\(line)")
        }
    }

    @Test(arguments: harm) func `what is JSON stays JSON`(text: String) throws {
        let json = hostile(text).report().rendered(as: .json)
        let document = try #require(Document(json: json))
        #expect(document.member("changes", of: 0) != nil)
    }

    @Test func `a comment keeps to its length and says what is left out`() {
        var states = PairOfStates()
        for number in 0..<2000 {
            states.head["providers/p\(number).yaml"] = (states.base["providers/borealis.yaml"] ?? "")
                .replacing("borealis", with: "p\(number)")
                .replacing("inference", with: number.isMultiple(of: 2) ? "cloud" : "lab")
        }
        let report = states.report()
        let markdown = report.rendered(as: .markdown)
        #expect(markdown.utf16.count <= 60_000)
        #expect(markdown.contains(" more changes left out here"))
        #expect(markdown.contains(" more reasons left out here"))
        #expect(markdown.hasPrefix("<!-- model-atlas: registry diff -->\n**2000 providers added**\n"))
    }

    @Test func `C10 the same states give the same bytes`() throws {
        var states = hostile("x")
        states.head["providers/acme.yaml"] = nil
        states.head["models/acme/rocket-0.yaml"] = nil
        let reports = [ChangeReport.Format.text, .json, .markdown].map { states.report().rendered(as: $0) }
        for _ in 0..<20 {
            // The order of a dictionary differs from copy to copy.
            states.head = Dictionary(uniqueKeysWithValues: states.head.shuffled())
            states.base = Dictionary(uniqueKeysWithValues: states.base.shuffled())
            #expect([.text, .json, .markdown].map { states.report().rendered(as: $0) } == reports)
        }
    }

    /// The text between code spans, read as CommonMark 6.1 has it: a span ends at the next run of as many backticks.
    private static func withoutCodeSpans(_ text: String) -> String {
        var outside = ""
        var rest = text[...]
        while let start = rest.firstIndex(of: "`") {
            outside += rest[..<start]
            let fence = rest[start...].prefix { $0 == "`" }
            rest = rest[start...].dropFirst(fence.count)
            var search = rest
            while let tick = search.firstIndex(of: "`") {
                let run = search[tick...].prefix { $0 == "`" }
                search = search[tick...].dropFirst(run.count)
                if run.count == fence.count {
                    rest = search
                    break
                }
            }
        }
        return outside + rest
    }
}

extension Document {
    /// A document from JSON text; nil when it is not JSON.
    fileprivate init?(json text: String) {
        var keys = Interner()
        var reader = JSONReader()
        var findings: [Diagnostic] = []
        self.init()
        guard reader.read(Array(text.utf8), path: "a.json", into: &self, keys: &keys, findings: &findings)
        else {
            return nil
        }
    }
}
