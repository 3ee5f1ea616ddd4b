import Diagnostics
import Testing

@Suite struct SARIFRendererTests {
    @Test func `a result names rule, level, region and fingerprint`() {
        let sarif = SampleReport.rendered(.sarif)
        #expect(
            sarif.hasPrefix(
                #"""
                {
                  "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
                  "version": "2.1.0",
                  "runs": [
                    {
                      "tool": {
                        "driver": {
                          "name": "registry",
                          "informationUri": "https://modelatlas.dev",
                          "rules": [
                            {
                              "id": "schema/unknown-key",
                """#))
        #expect(
            sarif.contains(
                #"""
                      "columnKind": "unicodeCodePoints",
                      "results": [
                        {
                          "ruleId": "path/mismatch",
                          "ruleIndex": 1,
                          "level": "error",
                          "message": {
                            "text": "\"acme/rocket-1\" is not the path"
                          },
                          "locations": [
                            {
                              "physicalLocation": {
                                "artifactLocation": {
                                  "uri": "models/acme/rocket-1.yaml"
                                },
                                "region": {
                                  "startLine": 1,
                                  "startColumn": 5,
                                  "endLine": 1,
                                  "endColumn": 18
                                }
                              }
                            }
                          ],
                          "relatedLocations": [
                            {
                              "physicalLocation": {
                """#))
        #expect(!sarif.contains("invocations"))
    }

    @Test func `fingerprints do not move with the lines, and equals are numbered`() {
        func fingerprints(_ lines: [Int], _ message: String) -> [Substring] {
            let findings = lines.map {
                SampleReport.finding(.schemaType, "a.yaml", $0, 1, 1, message, pointer: "/x")
            }
            let text = Report(findings, checkedFileCount: 1).rendered(as: .sarif) { _ in nil }
            return text.split(separator: "\n").filter { $0.contains("registryFinding/v1") }
        }
        let marks = fingerprints([3, 9], "m")
        #expect(marks == fingerprints([30, 31], "m"))
        #expect(marks.count == 2 && marks[0].hasSuffix(":1\"") && marks[1].hasSuffix(":2\""))
        #expect(marks[0].dropLast(3) == marks[1].dropLast(3))
        #expect(marks[0] != fingerprints([3], "n")[0])
    }

    @Test func `paths are addresses and messages hold no links`() {
        let finding = SampleReport.finding(
            .schemaType, "models/ä b#1:%.yaml", 1, 1, 1, "see [this](https://x)\u{1B}")
        let sarif = Report([finding], checkedFileCount: 1).rendered(as: .sarif) { _ in nil }
        #expect(sarif.contains(#""uri": "models/%C3%A4%20b%231%3A%25.yaml""#))
        #expect(sarif.contains(#""text": "see [this] (https://x)<U+001B>""#))
    }

    @Test func `at most 25,000 results, and a word about the rest`() {
        let findings = SampleReport.many(25_001, severity: .warning) + SampleReport.many(1)
        let sarif = Report(findings, checkedFileCount: 1).rendered(as: .sarif) { _ in nil }
        let levels = sarif.split(separator: "\n").filter { $0.hasPrefix(#"          "level""#) }
        #expect(levels.count == 25_000)
        #expect(levels.first == #"          "level": "error","#)
        #expect(sarif.contains(#""text": "2 more findings left out of this log""#))
    }
}
