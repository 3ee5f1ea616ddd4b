import Diagnostics
import Testing
import Text

@Suite struct GitHubRendererTests {
    @Test func `each finding is a workflow command`() {
        #expect(
            SampleReport.rendered(.github) == """
                ::error file=models/acme/rocket-1.yaml,line=1,endLine=1,col=5,endColumn=18,\
                title=path/mismatch::"acme/rocket-1" is not the path
                ::error file=models/acme/rocket-1.yaml,line=3,endLine=3,col=2,endColumn=8,\
                title=schema/unknown-key::unknown key "contxt"%0Ahint: did you mean "context"?
                ::warning file=accelerators,line=1,endLine=1,col=1,endColumn=2,title=suppression/unused::the \
                collection "accelerators" has no files

                """)
    }

    @Test func `a path or a message cannot begin a command of its own`() {
        let evil = "x\r\n::set-env name=A::b\u{85}%0A,y:z::w"
        let text = Report([SampleReport.finding(.schemaType, evil, 1, 1, 1, evil)], checkedFileCount: 1)
            .rendered(as: .github) { _ in nil }
        #expect(
            text == """
                ::error file=x%0D%0A%3A%3Aset-env name=A%3A%3Ab<U+0085>%250A%2Cy%3Az%3A%3Aw,line=1,endLine=1,\
                col=1,endColumn=2,title=schema/type::x%0D%0A::set-env name=A::b<U+0085>%250A,y:z::w

                """)
    }

    @Test func `a span over several lines has no columns`() {
        let span = TextSpan(start: .start, end: TextPosition(line: 2, column: 3))
        let finding = Diagnostic(.schemaType, at: Location(path: "a", span: span), "m")
        let text = Report([finding], checkedFileCount: 1).rendered(as: .github) { _ in nil }
        #expect(text == "::error file=a,line=1,endLine=2,title=schema/type::m\n")
    }

    @Test func `ten of each kind, one of every file first, and a notice of the rest`() {
        let findings =
            SampleReport.many(20, inOneFile: true) + SampleReport.many(3)
            + SampleReport.many(11, severity: .warning) + SampleReport.many(12, severity: .note)
        let lines = Report(findings, checkedFileCount: 30).rendered(as: .github) { _ in nil }
            .split(separator: "\n")
        let files = lines.prefix(10).map { $0.split(separator: ",")[0] }
        #expect(
            files.prefix(4) == [
                "::error file=file-00000.yaml", "::error file=file-00001.yaml",
                "::error file=file-00002.yaml", "::error file=one.yaml",
            ])
        #expect(files.suffix(7).allSatisfy { $0 == "::error file=one.yaml" })
        #expect(lines[10..<20].allSatisfy { $0.hasPrefix("::warning ") })
        #expect(lines[20...].allSatisfy { $0.hasPrefix("::notice ") })
        #expect(
            lines[29...] == [
                """
                ::notice title=17 more findings::23 errors, 11 warnings, 12 notes in 30 files; GitHub shows ten of \
                each kind. All of them: registry validate, or registry validate --format sarif
                """
            ])
    }

    @Test func `a clean run says nothing`() {
        #expect(Report([], checkedFileCount: 1).rendered(as: .github) { _ in nil } == "")
    }
}
