import Diagnostics
import Testing

/// The files of Tests/Corpora/yaml: what is dangerous or often wrong in YAML, and the verdict on each.
@Suite("YAML corpus")
struct CorpusTests {
    /// A file with the rows of the index that are about it.
    struct Entry: Sendable, CustomTestStringConvertible {
        let file: String
        var rows: [[String]]

        var testDescription: String { "\(file): \(rows[0][5])" }
    }

    static let folder = TestFiles.corpora + "yaml/"

    static let entries: [Entry] = {
        var entries: [Entry] = []
        let index = String(decoding: TestFiles.bytes(folder + "expected.tsv"), as: UTF8.self)
        for line in index.unicodeScalars.split(separator: "\n") where line.first != "#" {
            let row = line.split(separator: "\t", omittingEmptySubsequences: false).map { String($0) }
            if entries.last?.file == row[0] {
                entries[entries.count - 1].rows.append(row)
            } else {
                entries.append(Entry(file: row[0], rows: [row]))
            }
        }
        return entries
    }()

    @Test(arguments: entries)
    func verdict(_ entry: Entry) {
        let reading = Reading(TestFiles.bytes(CorpusTests.folder + entry.file))
        if entry.rows[0][1] == "ok" {
            #expect(reading.findings == [])
            #expect(reading.json == entry.rows[0][4])
        } else {
            #expect(reading.places == entry.rows.map { "\($0[1]) \($0[2]):\($0[3])" })
            #expect(reading.findings.sorted().map(\.message) == entry.rows.map { $0[4] })
        }
    }

    @Test func everyFileIsInTheIndex() {
        let files = TestFiles.names(in: CorpusTests.folder).filter { $0.hasSuffix(".yaml") }
        #expect(files.count >= 200)
        #expect(Set(files) == Set(CorpusTests.entries.map(\.file)))
    }

    /// Findings are shown in logs and web pages: no file can put control characters into them.
    @Test(arguments: entries)
    func findingsAreCleanText(_ entry: Entry) {
        for finding in Reading(TestFiles.bytes(CorpusTests.folder + entry.file)).findings {
            #expect(!finding.message.utf8.contains { $0 < 0x20 || $0 == 0x7F })
            #expect(finding.message.hasSuffix(".") == false)
            #expect(finding.hint?.isEmpty != true)
        }
    }
}
