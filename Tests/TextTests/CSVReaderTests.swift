import TestKit
import Testing
import Text

struct CSVReaderTests {
    private func records(
        _ text: String, separator: UInt8 = UInt8(ascii: ","), limit: Int = .max, chunk: Int = .max
    ) -> [String] {
        var reader = CSVReader(separator: separator, recordLimit: limit)
        var records: [String] = []
        func note(_ record: CSVReader.Record) {
            let fields = (0..<record.count).map { String(decoding: record[$0], as: UTF8.self) }
            let mark = record.isUnclosed ? "!" : ""
            records.append("\(record.line)\(mark):" + fields.joined(separator: "|"))
        }
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            var part = rest.prefix(chunk)
            while reader.next(in: &part) { note(reader.record) }
            rest = rest.dropFirst(chunk)
        }
        while reader.last() { note(reader.record) }
        return records
    }

    @Test(arguments: [
        ("a,b\n1,2\n", ["1:a|b", "2:1|2"]), ("a,b\r\n1,2\r\n", ["1:a|b", "2:1|2"]),
        ("a,b\n1,2", ["1:a|b", "2:1|2"]), ("\u{FEFF}a\n\n\nb\n", ["1:a", "4:b"]), (",\n", ["1:|"]),
        ("\"a,\"\"b\"\"\nc\",2\nd,e\n", ["1:a,\"b\"\nc|2", "3:d|e"]), ("\"a\r\"\r\n", ["1:a\r"]), ("", []),
        ("a\"b,c\n", ["1:a\"b|c"]), ("\"a\"b,c\n", ["1:ab|c"]), ("\"\"\n", []), ("a,\"\"\n", ["1:a|"]),
    ])
    func `Records are what RFC 4180 says, wherever the chunks end`(text: String, expected: [String]) {
        #expect(records(text) == expected)
        #expect(records(text, chunk: 1) == expected)
    }

    @Test func `A quote that nothing closes costs one line and no more`() {
        #expect(records("a\n\"b,1\nc,2\nd,3\n") == ["1:a", "2!:\"b,1", "3:c|2", "4:d|3"])
        #expect(records("a\n\"b") == ["1:a", "2!:\"b"])
    }

    @Test func `A record beyond the limit is given up, and what follows is read`() {
        let text = "\"a\n" + (1...40).map { "r,\($0)\n" }.joined()
        let records = records(text, limit: 64)
        #expect(records.first == "1!:\"a")
        #expect(records.dropFirst().elementsEqual((1...40).map { "\($0 + 1):r|\($0)" }))
    }

    @Test func `Any bytes in any chunks give the same records`() {
        var generator = SeededGenerator(seed: 20_260_901)
        let alphabet = Array("ab,;\"\r\n\t".utf8)
        for round in 0..<200 {
            let bytes = (0..<60).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] }
            let text = String(decoding: bytes, as: UTF8.self)
            let chunk = Int.random(in: 1...9, using: &generator)
            #expect(
                records(text, limit: 32) == records(text, limit: 32, chunk: chunk),
                "seed 20260901, round \(round)")
        }
    }
}
