import Diagnostics
import Testing
import Text

@Suite struct ReportTests {
    /// Each format says how many findings are missing in it, and the summary counts them all.
    @Test(arguments: OutputFormat.allCases) func `what is left out is counted`(format: OutputFormat) {
        var findings = (1...5).map { SampleReport.finding(.schemaType, "a.yaml", $0, 1, 1, "wrong") }
        findings.append(
            SampleReport.finding(.suppressionUnused, "b.yaml", 1, 1, 1, "odd", severity: .warning))
        var omissions = Omissions()
        omissions.cut(&findings, to: 4)
        let report = Report(findings, checkedFileCount: 2, omissions: omissions)
        #expect(report.summary == "5 errors, 1 warning in 2 files")
        let text = report.rendered(as: format) { _ in nil }
        #expect(text.contains(format == .json ? "\"omitted\": 2" : "2 more findings"))
    }

    @Test(arguments: [
        (0, 0, 0, 1, 0, "1 file checked, no findings"),
        (0, 0, 0, 3, 2, "3 files checked, no findings (2 suppressed)"),
        (1, 0, 0, 3, 0, "1 error in 3 files"),
        (2, 1, 3, 14, 1, "2 errors, 1 warning, 3 notes in 14 files (1 suppressed)"),
    ])
    func `the summary counts and says it in words`(
        errors: Int, warnings: Int, notes: Int, files: Int, suppressed: Int, expected: String
    ) {
        let findings =
            SampleReport.many(errors) + SampleReport.many(warnings, severity: .warning)
            + SampleReport.many(notes, severity: .note)
        let report = Report(findings, checkedFileCount: files, suppressedCount: suppressed)
        #expect(report.summary == expected)
    }

    @Test(arguments: OutputFormat.allCases)
    func `the order of the input does not matter`(format: OutputFormat) {
        let findings =
            SampleReport.many(30) + SampleReport.many(12, severity: .note, inOneFile: true)
            + SampleReport.report.findings
        let forth = Report(findings, checkedFileCount: 4).rendered(as: format) { _ in nil }
        let back = Report(findings.reversed(), checkedFileCount: 4).rendered(as: format) { _ in nil }
        #expect(forth == back)
        #expect(forth.hasSuffix("\n"))
    }

    @Test func `a huge name does not make a huge message`() {
        let name = String(repeating: "é", count: 100_000)
        let finding = SampleReport.finding(
            .schemaType, "a", 1, 1, 1, name, hint: name,
            related: [RelatedLocation(SampleReport.location("b", 1, 1, 1), name)])
        let cut = Report([finding], checkedFileCount: 1).findings[0]
        for phrase in [cut.message, cut.hint ?? "", cut.related[0].label] {
            #expect(phrase.unicodeScalars.count == 500)
            #expect(phrase.hasSuffix("é…"))
        }
    }

    @Test(arguments: ["text", "json", "github", "sarif", "junit", "markdown"])
    func `a format is known by its name`(name: String) {
        #expect(OutputFormat(name: name)?.name == name)
    }

    @Test func `other names are no format`() {
        #expect(OutputFormat(name: "xml") == nil)
    }
}
