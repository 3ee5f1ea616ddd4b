import Documents
import Entities
import RegistryTree
import TestKit
import Testing

/// Everything else that differs, by the names that files use.
@Suite struct FieldChangeTests {
    private func lines(_ old: String, _ new: String) throws -> [String] {
        let changes = FieldChange.changes(
            from: try #require(Document(yaml: old)), to: try #require(Document(yaml: new)))
        return changes.map { "\($0.name): \($0.old ?? "-") → \($0.new ?? "-")" }
    }

    @Test(arguments: [
        ("a: 1", "a: 2", ["a: 1 → 2"]),
        ("a: 1", "b: 1", ["a: 1 → -", "b: - → 1"]),
        ("a: 0.50\nb: x", "b: \"x\"\na: 0.5 # still", []),
        ("a: 1", "a: \"1\"", ["a: 1 → 1"]),
        ("a: {b: 1, c: {d: 2}}", "x: 1", ["a.b: 1 → -", "a.c.d: 2 → -", "x: - → 1"]),
        ("a: [x, y]", "a: [y, z]", ["a[x]: x → -", "a[z]: - → z"]),
        ("a: [x, y]", "a: [y, x]", ["a: [x, y] → [y, x]"]),
        ("a: [x]", "a: [x, x]", ["a[x #2]: - → x"]),
        ("a: 1", "a: [1]", ["a: 1 → [1]"]),
        ("a: {}", "a: []", ["a: {} → []"]),
        ("a: [[1, 2]]", "a: [[1, 3]]", ["a[0].[2]: 2 → -", "a[0].[3]: - → 3"]),
        ("a: ''", "a: b", ["a: \"\" → b"]),
        ("a: &x 1\nb: *x", "a: 1\nb: 1", []),
    ])
    func `fields that differ`(old: String, new: String, lines: [String]) throws {
        #expect(try self.lines(old, new) == lines)
    }

    @Test(arguments: [
        (
            "regions: [{id: a, name: A}, {id: b}]", "regions: [{id: b, name: B}, {id: a, name: C}]",
            ["regions[a].name: A → C", "regions[b].name: - → B"]
        ),
        (
            "weights: [{format: gguf, precision: int4, bytes: 1}]",
            "weights: [{format: gguf, precision: int4, bytes: 2}, {format: mlx, precision: int4}]",
            [
                "weights[gguf int4].bytes: 1 → 2",
                "weights[mlx int4]: - → {format: mlx, precision: int4}",
            ]
        ),
        (
            "layer_pattern: [{repeat: 4, of: [a]}]", "layer_pattern: [{repeat: 5, of: [a]}]",
            ["layer_pattern[0].repeat: 4 → 5"]
        ),
    ])
    func `items are known by what names them`(old: String, new: String, lines: [String]) throws {
        #expect(try self.lines(old, new) == lines)
    }

    @Test func `what a field is about is told by its name`() throws {
        let topics: [(String, FieldChange.Topic)] = [
            ("limits: {context: 1}", .limits), ("status: {stage: active}", .status),
            ("capabilities: {a: 1}", .capabilities), ("license: {id: MIT}", .license),
            ("modalities: {input: 1}", .modalities), ("name: A", .other),
        ]
        for (text, topic) in topics {
            let changes = FieldChange.changes(
                from: try #require(Document(yaml: "x: 1")), to: try #require(Document(yaml: "x: 1\n" + text)))
            #expect(changes.map(\.topic) == [topic], "\(text)")
        }
    }

    @Test func `nothing that an entity says changes without a word`() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("one value changed: seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        let paths = ["models", "providers", "mappings", "accelerators"].flatMap {
            Repository.files(below: $0)
        }
        var told = 0
        for _ in 0..<600 {
            let path = try #require(paths.randomElement(using: &generator))
            let text = Repository.text(of: path)
            let changed = Self.changingOneValue(of: text, using: &generator)
            let states = PairOfStates(base: [path: text], head: [path: changed])
            guard let old = PairOfStates.entity(at: path, text),
                let new = PairOfStates.entity(at: path, changed),
                old != new, old.path == new.path
            else { continue }
            let change = try #require(states.change().entities.first { $0.path == path })
            #expect(!change.prices.isEmpty || !change.fields.isEmpty, "seed \(seed), \(path)")
            told += 1
        }
        #expect(told > 100)
    }

    /// Changes the last digit or letter of one line.
    private static func changingOneValue(of text: String, using generator: inout SeededGenerator) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let index = Int.random(in: 4..<max(5, lines.count - 1), using: &generator)
        guard index < lines.count, let last = lines[index].last, last.isASCII, last != ":" else {
            return text
        }
        lines[index].removeLast()
        lines[index].append(last.isNumber ? (last == "7" ? "8" : "7") : last == "a" ? "b" : "a")
        return lines.joined(separator: "\n")
    }
}
