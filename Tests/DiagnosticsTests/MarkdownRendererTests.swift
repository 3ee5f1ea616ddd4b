import Diagnostics
import Testing

@Suite struct MarkdownRendererTests {
    @Test func `the summary first, then each file with its findings`() {
        #expect(
            SampleReport.rendered(.markdown) == """
                **2 errors, 1 warning in 4 files (1 suppressed)**

                `accelerators`

                - **warning** at 1:1: `the collection "accelerators" has no files` (suppression/unused)

                `models/acme/rocket-1.yaml`

                - **error** at 1:5: `"acme/rocket-1" is not the path` (path/mismatch)
                  - `schemas/a.json:7:3`: `the path is asked for here`
                - **error** at 3:2: `unknown key "contxt"` (schema/unknown-key)
                  - hint: `did you mean "context"?`

                """)
    }

    @Test(arguments: [
        ("@team <b>x</b> [a](http://b) #1 |", "`@team <b>x</b> [a](http://b) #1 |`"),
        ("a ` b `` c", "``` a ` b `` c ```"),
        ("`", "`` ` ``"),
        ("a\n\n# b", "`a<U+000A><U+000A># b`"),
        ("", "`  `"),
    ])
    func `foreign text cannot leave its code span`(message: String, code: String) {
        let report = Report([SampleReport.finding(.schemaType, "a", 1, 1, 1, message)], checkedFileCount: 1)
        let text = report.rendered(as: .markdown) { _ in nil }
        #expect(text == "**1 error in 1 file**\n\n`a`\n\n- **error** at 1:1: \(code) (schema/type)\n")
    }

    @Test func `a comment is never too long and says what it leaves out`() throws {
        let findings = SampleReport.many(2_000, severity: .warning) + SampleReport.many(700)
        let text = Report(findings, checkedFileCount: 2_000).rendered(as: .markdown) { _ in nil }
        #expect(text.utf16.count <= 60_000 && text.utf16.count > 59_000)
        let lines = text.split(separator: "\n")
        #expect(lines.count { $0.hasPrefix("- **error**") } == 700)
        let shown = lines.count { $0.hasPrefix("- ") }
        let rest = "\(2_700 - shown) more findings left out here; `registry validate` shows all of them."
        #expect(lines.last == Substring(rest))
    }

    @Test func `a finding too long for a comment does not keep the others out`() {
        let related = (0..<3_000).map {
            RelatedLocation(SampleReport.location("models/\($0).yaml", 1, 1, 1), "refers to it")
        }
        let findings = [
            SampleReport.finding(.referenceUnknown, "a", 1, 1, 1, "long", related: related),
            SampleReport.finding(.referenceUnknown, "a", 2, 1, 1, "short"),
        ]
        let text = Report(findings, checkedFileCount: 1).rendered(as: .markdown) { _ in nil }
        #expect(text.contains("\n`a`\n\n- **error** at 2:1: `short` (reference/unknown)\n"))
        #expect(text.hasSuffix("\n1 more finding left out here; `registry validate` shows all of them.\n"))
    }
}
