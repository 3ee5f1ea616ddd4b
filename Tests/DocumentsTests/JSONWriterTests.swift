import Documents
import TestKit
import Testing
import Text

@Suite struct JSONWriterTests {
    @Test(arguments: [
        "null", "[]", "{}", "-12.50e+3", #"{"a": [1, true, "x"], "": {}}"#, #""\n\"\\\u0001 é 🚀""#,
    ])
    func `a document is written on one line, numbers as they were`(text: String) {
        #expect(writtenJSON(readJSON(text).document) == text)
    }

    @Test func `a part is written alone`() throws {
        let document = readJSON(#"{"a": [1, {"b": "c"}]}"#).document
        #expect(writtenJSON(document, from: try #require(document.node(at: "/a/1"))) == #"{"b": "c"}"#)
        #expect(writtenJSON(document, from: 1) == #""a""#)
    }

    @Test func `an alias is written out`() {
        var document = readJSON(#"[["x"], 0]"#).document
        document.nodes[3] = Node(kind: .alias, line: 1, column: 9, link: 1)
        #expect(writtenJSON(document) == #"[["x"], ["x"]]"#)
        #expect(document.node(at: "/1/0") == 2)
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func `what is written is read back`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let text = randomJSON(&generator, depth: 0)
        let (document, findings) = readJSON(text)
        #expect(findings.isEmpty, "seed \(seed): \(text)")
        let written = writtenJSON(document)
        let again = readJSON(written).document
        #expect(outline(document) == outline(again), "seed \(seed): \(text)")
        #expect(writtenJSON(again) == written, "seed \(seed): \(text)")
        for index in document.nodes.indices where document[index].kind != .key {
            #expect(document.node(at: document.pointer(to: index)) == index, "seed \(seed): \(text)")
        }
    }

    private func outline(_ document: Document) -> [String] {
        document.nodes.indices.map {
            "\(document[$0].kind) \(document[$0].length) \(document.string(at: $0))"
        }
    }

    /// Any JSON text: any spacing, escapes where they are not needed, keys that look alike.
    private func randomJSON(_ generator: inout SeededGenerator, depth: Int) -> String {
        func space() -> String { ["", "", " ", "\n", "\r\n", "\t"].randomElement(using: &generator) ?? "" }
        func string() -> String {
            let parts = [
                "a", "é", "\\u00e9", "日", "\\n", "\\\"", "~", "/", "\\ud83d\\ude80", "🚀", "\\u0000", "0", " ",
            ]
            let count = Int.random(in: 0...4, using: &generator)
            return "\"" + (0..<count).map { _ in parts.randomElement(using: &generator) ?? "" }.joined()
                + "\""
        }
        switch Int.random(in: 0..<(depth < 4 ? 8 : 5), using: &generator) {
        case 0: return ["null", "true", "false"].randomElement(using: &generator) ?? "null"
        case 1: return String(Int.random(in: -1_000...1_000, using: &generator))
        case 2:
            return ["0.50", "-1e-7", "1E+400", "12345678901234567890.5"].randomElement(using: &generator)
                ?? "0"
        case 3, 4: return string()
        case 5, 6:
            let count = Int.random(in: 0...4, using: &generator)
            let items = (0..<count).map { _ in space() + randomJSON(&generator, depth: depth + 1) + space() }
            return "[" + items.joined(separator: ",") + (count == 0 ? space() : "") + "]"
        default:
            let count = Int.random(in: 0...4, using: &generator)
            let members = (0..<count).map { number in
                // The number keeps keys apart that are random otherwise.
                let key = string().dropLast() + "\(number)\""
                return space() + key + space() + ":" + space() + randomJSON(&generator, depth: depth + 1)
                    + space()
            }
            return "{" + members.joined(separator: ",") + (count == 0 ? space() : "") + "}"
        }
    }
}
