import Diagnostics
import Documents
import Testing
import Text
import YAML

/// The arena that comes out, and the limits that hold on the way.
@Suite("YAML reader")
struct ReaderTests {
    @Test func nodesHaveKindsPlacesAndText() {
        let document = Reading("a: 0x1F\n\"b\": [x, 'y', ~]\n").document
        #expect(
            document.nodes.map(\.kind) == [
                .mapping, .key, .integer, .key, .sequence, .string, .string, .null,
            ])
        #expect(document.nodes.map(\.isQuoted) == [false, false, false, true, false, false, true, false])
        #expect(document.nodes.map(\.line) == [1, 1, 1, 2, 2, 2, 2, 2])
        #expect(document.nodes.map(\.column) == [1, 1, 4, 1, 6, 7, 10, 15])
        #expect(document.string(at: 2) == "31")
        #expect(document.nodes[0].length == 2)
        #expect(document.nodes[4].length == 3)
        #expect(document.end(of: 0) == 8)
        #expect(document.end(of: 4) == 8)
    }

    @Test func aliasesAreShared() {
        let document = Reading("a: &x [1, 2]\nb: *x\n").document
        #expect(document.nodes.map(\.kind) == [.mapping, .key, .sequence, .integer, .integer, .key, .alias])
        #expect(document.resolve(6) == 2)
    }

    @Test func oneReaderReadsManyFiles() {
        var reader = YAMLReader()
        var document = Document()
        var keys = Interner()
        var findings: [Diagnostic] = []
        let texts = ["a: 1\n", "b: \"", "a: [2]\n", "", "c: &x 3\n", "d: *x\n", "a: 4\n"]
        var usable: [Bool] = []
        for text in texts {
            usable.append(
                reader.read(Array(text.utf8), path: text, into: &document, keys: &keys, findings: &findings))
        }
        #expect(usable == [true, false, true, false, true, false, true])
        #expect(findings.map(\.location.path) == ["b: \"", "", "d: *x\n"])
        #expect(document.string(at: 2) == "4")
        #expect(document.nodes[1].link == 0)
    }

    /// Long lines of what may not stand in a file: the same kind over and over, and two kinds in turn.
    @Test func linesFullOfHazardsAreAnswered() {
        #expect(Reading(Array(repeating: 0, count: 1_000_000)).places == ["yaml/control-character 1:1"])
        let marks = Reading("# " + String(repeating: "\u{202E}", count: 300_000))
        #expect(marks.places == ["yaml/empty 1:1", "yaml/bidirectional 1:3"])
        let mixture = Reading("# " + String(repeating: "\u{202E}\u{200B}", count: 100_000))
        #expect(mixture.findings.count == 200)
    }

    @Test func limits() {
        var limits = Limits.standard
        limits.fileBytes = 10
        #expect(Reading("abcdefghij", limits: limits).places == [])
        #expect(Reading("abcdefghijk", limits: limits).places == ["file/too-large 1:1"])
        limits = .standard
        limits.nodes = 4
        #expect(Reading("[1, 2, 3]", limits: limits).places == [])
        #expect(Reading("[1, 2, 3, 4]", limits: limits).places == ["yaml/too-many-nodes 1:11"])
        limits = .standard
        limits.aliasedNodes = 6
        #expect(Reading("- &a [1, 2]\n- *a\n- *a\n", limits: limits).places == [])
        #expect(
            Reading("- &a [1, 2]\n- *a\n- *a\n- *a\n", limits: limits).places == ["yaml/too-many-nodes 4:3"])
        limits = .standard
        limits.findingsPerFile = 3
        #expect(Reading("[.nan, .nan, .nan, .nan]", limits: limits).findings.count == 3)
    }

    // MARK: Streams

    private func readStream(_ text: String) -> (documents: [String], isComplete: Bool, places: [String]) {
        var reader = YAMLReader()
        var keys = Interner()
        var findings: [Diagnostic] = []
        var documents: [String] = []
        let isComplete = reader.readStream(
            Array(text.utf8), path: "x.yaml", keys: &keys, findings: &findings
        ) { document in
            var writer = JSONWriter()
            writer.write(copy document)
            documents.append(String(decoding: writer.bytes, as: UTF8.self))
        }
        let places = findings.sorted().map {
            "\($0.rule.rawValue) \($0.location.span.start.line):\($0.location.span.start.column)"
        }
        return (documents, isComplete, places)
    }

    @Test(arguments: [
        ("", []), ("# c\n", []), ("---\n", ["null"]), ("---\n---\na: 1\n", ["null", "{\"a\": 1}"]),
        ("a: &x 1\n---\n- *x\n", ["{\"a\": 1}"]), ("1\n--- 2\n--- \"3\"\n", ["1", "2", "\"3\""]),
        ("a: &x [1]\nb: *x\n...\n---\nc\n", ["{\"a\": [1], \"b\": [1]}", "\"c\""]),
    ])
    func streamDeliversEveryDocument(_ text: String, _ documents: [String]) {
        #expect(readStream(text).documents == documents)
    }

    @Test func streamStopsAtTheFault() {
        let result = readStream("a: 1\n---\nb: \"\n")
        #expect(result.documents == ["{\"a\": 1}"])
        #expect(!result.isComplete)
        #expect(result.places == ["yaml/syntax 3:4"])
    }

    @Test(arguments: [
        ("a: 1\n%YAML 1.2\n---\nb: 2\n", ["yaml/syntax 2:1"]),
        ("a: 1\n---\nb: 1\nb: 2\n", ["yaml/duplicate-key 4:1"]),
        ("a: 1\n...\n%YAML 1.2\n---\nb: 2\n", []),
    ])
    func streamChecksEveryDocument(_ text: String, _ places: [String]) {
        #expect(readStream(text).places == places)
    }
}
