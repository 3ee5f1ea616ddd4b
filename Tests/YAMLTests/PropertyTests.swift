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
            #expect(PropertyTests.equal(first.document, second.document, 0, 0), "\(shown)")
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

    /// Every reading ends, whatever the bytes, and findings stay inside the file.
    @Test(arguments: 0..<40)
    func anyBytesAreAnswered(_ batch: UInt64) {
        for seed in batch * 100..<batch * 100 + 100 {
            var random = SeededRandom(seed: seed)
            var generator = FuzzText(seed: seed)
            var bytes = Array(generator.file(generator.value(depth: 3)).utf8)
            for _ in 0..<1 + random.below(6) {
                let byte =
                    random.chance(70)
                    ? random.pick(Array(" \t\n\r:-#[]{},&*!|>'\"%@?~<".utf8)) : UInt8(random.below(256))
                let place = random.below(bytes.count + 1)
                if random.chance(50) || place == bytes.count {
                    bytes.insert(byte, at: place)
                } else {
                    bytes[place] = byte
                }
            }
            let reading = Reading(bytes)
            #expect(reading.isUsable || !reading.findings.isEmpty, "seed \(seed)")
            let lineCount = LineIndex(bytes.span).lineStarts.count
            for finding in reading.findings {
                let start = finding.location.span.start
                #expect(start.line >= 1 && Int(start.line) <= lineCount && start.column >= 1, "seed \(seed)")
            }
            guard reading.findings.isEmpty else { continue }
            let output = PropertyTests.formatter.format(bytes, document: reading.document)
            let second = Reading(output)
            let shown =
                "seed \(seed):\n\(String(decoding: bytes, as: UTF8.self))\nbecomes\n\(String(decoding: output, as: UTF8.self))"
            #expect(second.findings == [], "\(shown)")
            #expect(PropertyTests.equal(reading.document, second.document, 0, 0), "\(shown)")
            #expect(PropertyTests.formatter.format(output, document: second.document) == output, "\(shown)")
        }
    }

    /// Whether two documents are the same JSON: members in any order, numbers by value.
    static func equal(_ left: Document, _ right: Document, _ leftIndex: Int, _ rightIndex: Int) -> Bool {
        guard !left.nodes.isEmpty, !right.nodes.isEmpty else {
            return left.nodes.isEmpty && right.nodes.isEmpty
        }
        let leftIndex = left.resolve(leftIndex)
        let rightIndex = right.resolve(rightIndex)
        if let leftNumber = left.number(at: leftIndex), let rightNumber = right.number(at: rightIndex) {
            return leftNumber == rightNumber
        }
        guard left[leftIndex].kind == right[rightIndex].kind else { return false }
        switch left[leftIndex].kind {
        case .null, .true, .false: return true
        case .sequence:
            let pairs = zip(left.children(of: leftIndex), right.children(of: rightIndex))
            return left[leftIndex].length == right[rightIndex].length
                && pairs.allSatisfy { equal(left, right, $0.value, $1.value) }
        case .mapping:
            guard left[leftIndex].length == right[rightIndex].length else { return false }
            return left.children(of: leftIndex).allSatisfy { child in
                guard let key = child.key, let other = right.member(left.string(at: key), of: rightIndex)
                else {
                    return false
                }
                return equal(left, right, child.value, other)
            }
        default: return left.string(at: leftIndex) == right.string(at: rightIndex)
        }
    }
}
