import Diagnostics
import Documents
import Testing
import Text
import YAML

/// What holds of every input; a failure names the seed that repeats it.
@Suite("YAML properties")
struct PropertyTests {
    private static let formatter = YAMLFormatter { _ in ["id", "c", "a"] }

    @Test(arguments: 0..<40)
    func writtenDataIsReadBack(_ batch: UInt64) {
        for seed in batch * 50..<batch * 50 + 50 {
            var generator = FuzzText(seed: seed)
            let value = generator.value(depth: 4)
            let text = generator.file(value)
            let reading = Reading(text)
            #expect(reading.findings == [], "seed \(seed):\n\(text)")
            #expect(reading.json == FuzzText.json(value), "seed \(seed):\n\(text)")
        }
    }

    @Test(arguments: 0..<40)
    func formattingKeepsDataAndCommentsAndIsDoneOnce(_ batch: UInt64) {
        for seed in batch * 50..<batch * 50 + 50 {
            var generator = FuzzText(seed: seed ^ 0xF0F0)
            let value = generator.mapping(depth: 4)
            let text = generator.file(value)
            let first = Reading(text)
            let output = PropertyTests.formatter.format(Array(text.utf8), document: first.document)
            let second = Reading(output)
            let shown = "seed \(seed):\n\(text)\nbecomes\n\(String(decoding: output, as: UTF8.self))"
            #expect(second.findings == [], "\(shown)")
            #expect(Invariant.isEqual(first.document, second.document), "\(shown)")
            #expect(
                PropertyTests.formatter.format(output, document: second.document) == output,
                "\(shown)")
            let lines = String(decoding: output, as: UTF8.self) + "\n"
            for comment in 0..<generator.commentCount {
                #expect(lines.contains("#\(comment + 1)\n"), "comment \(comment + 1), \(shown)")
            }
            #expect(!lines.contains(" \n"), "\(shown)")
        }
    }

    /// Every reading ends, whatever the bytes, and what is clean has a canonical form.
    @Test(arguments: 0..<40)
    func anyBytesAreAnswered(_ batch: UInt64) {
        for seed in batch * 100..<batch * 100 + 100 {
            var random = SeededRandom(seed: seed)
            var generator = FuzzText(seed: seed)
            var bytes = Array(generator.file(generator.value(depth: 3)).utf8)
            for _ in 0..<1 + random.below(6) {
                let marks = Array(" \t\n\r:-#[]{},&*!|>'\"%@?~<".utf8)
                let byte = random.chance(70) ? random.pick(marks) : UInt8(random.below(256))
                let place = random.below(bytes.count + 1)
                if random.chance(50) || place == bytes.count {
                    bytes.insert(byte, at: place)
                } else {
                    bytes[place] = byte
                }
            }
            let broken = Invariant.broken(byYAML: bytes)
            #expect(broken == nil, "seed \(seed):\n\(String(decoding: bytes, as: UTF8.self))")
        }
    }

    /// The corpora that the fuzzer began with, and what it found.
    @Test(arguments: TestFiles.names(in: TestFiles.corpora + "fuzz/yaml"))
    func fuzzCorpusOfYAML(_ name: String) {
        #expect(Invariant.broken(byYAML: TestFiles.bytes(TestFiles.corpora + "fuzz/yaml/" + name)) == nil)
    }

    @Test(arguments: TestFiles.names(in: TestFiles.corpora + "fuzz/json"))
    func fuzzCorpusOfJSON(_ name: String) {
        #expect(Invariant.broken(byJSON: TestFiles.bytes(TestFiles.corpora + "fuzz/json/" + name)) == nil)
    }
}
