import Diagnostics
import Dispatch
import Glibc
import RegistryTree
import Synchronization
import TestKit
import Testing

/// The index of ties that is kept between runs: whatever became of it, the report is the same.
@Suite struct TieStoreTests {
    /// A repository in whose second commit an untouched mapping loses its provider.
    private static func withChange(_ body: (ScratchRepository, _ file: String) throws -> Void) throws {
        try ScratchRepository.with { scratch in
            ExampleTree.copy(to: scratch.root)
            try scratch.commitAll()
            Files.remove(scratch.root + "/providers/borealis.yaml")
            try scratch.commitAll()
            try body(scratch, scratch.root + "/.git/model-atlas/ties")
        }
    }

    private static func findings(_ scratch: ScratchRepository) throws -> [String] {
        let base = try CommitTree(of: "HEAD~1", at: scratch.root, isExact: true)
        let head = try CommitTree(of: "HEAD", at: scratch.root, isExact: true)
        return try ChangeValidation(of: .commit(head), since: base).findings.map {
            "\($0.location.path) \($0.rule.rawValue)"
        }
    }

    private static let expected = ["mappings/borealis/acme/rocket-1.yaml reference/unknown"]

    @Test func `a damaged, cut or foreign file is ignored and written anew`() throws {
        try Self.withChange { (scratch, file) throws in
            #expect(try Self.findings(scratch) == Self.expected)
            let sound = try #require(Files.bytes(at: file))
            var damaged: [[UInt8]] = [[], Array("hello".utf8), sound + [0], Array(sound.dropLast())]
            var random = SeededGenerator(seed: 7)
            for _ in 0..<10 {
                damaged.append(Array(sound.prefix(Int.random(in: 0..<sound.count, using: &random))))
                var flipped = sound
                flipped[Int.random(in: sound.indices, using: &random)] ^=
                    1 << UInt8.random(in: 0..<8, using: &random)
                damaged.append(flipped)
            }
            for bytes in damaged {
                Files.write(bytes, to: file)
                #expect(try Self.findings(scratch) == Self.expected)
                #expect(Files.bytes(at: file) == sound)
            }
        }
    }

    @Test func `an index under other schemas, or of a tree that is gone, is not used`() throws {
        try Self.withChange { (scratch, file) throws in
            #expect(try Self.findings(scratch) == Self.expected)
            let sound = try #require(Files.bytes(at: file))
            // The digest of the schemas stands behind the first line, the tree behind that.
            let line = try #require(sound.firstIndex(of: UInt8(ascii: "\n"))) + 1
            for offset in [line, line + 20] {
                var other = sound
                other[offset] ^= 1
                other.replaceSubrange(
                    other.count - 8..<other.count, with: Self.checksum(of: other.dropLast(8)))
                Files.write(other, to: file)
                #expect(try Self.findings(scratch) == Self.expected)
                #expect(Files.bytes(at: file) == sound)
            }
        }
    }

    @Test func `where nothing can be kept, nothing is`() throws {
        try Self.withChange { (scratch, file) throws in
            Files.write("in the way", to: scratch.root + "/.git/model-atlas")
            #expect(try Self.findings(scratch) == Self.expected)
            #expect(Files.bytes(at: file) == nil)
        }
    }

    @Test func `several runs at once report the same and leave one whole file`() throws {
        try Self.withChange { (scratch, file) throws in
            let reports = Mutex<[[String]]>([])
            DispatchQueue.concurrentPerform(iterations: 8) { index in
                if index % 3 == 0 { Files.remove(file) }
                let found = (try? Self.findings(scratch)) ?? ["failed"]
                reports.withLock { $0.append(found) }
            }
            #expect(reports.withLock { $0 } == Array(repeating: Self.expected, count: 8))
            #expect(Files.names(in: scratch.root + "/.git/model-atlas") == ["ties"])
            let kept = try #require(Files.bytes(at: file))
            Files.remove(file)
            #expect(try Self.findings(scratch) == Self.expected)
            #expect(Files.bytes(at: file) == kept)
        }
    }

    /// The sum at the end of the file, as its format says.
    private static func checksum(of bytes: ArraySlice<UInt8>) -> [UInt8] {
        var sum = UInt64(bytes.count)
        var rest = bytes
        while rest.count >= 8 {
            let word = rest.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
            sum = (sum ^ word) &* 0x9E37_79B9_7F4A_7C15
            sum ^= sum >> 29
            rest = rest.dropFirst(8)
        }
        for byte in rest { sum = (sum ^ UInt64(byte)) &* 0x9E37_79B9_7F4A_7C15 }
        return (0..<8).map { UInt8(truncatingIfNeeded: sum >> (8 * $0)) }
    }
}
