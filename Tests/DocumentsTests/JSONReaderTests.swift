import Diagnostics
import Documents
import Testing
import Text

@Suite struct JSONReaderTests {
    @Test func `every node knows its kind, text and place`() {
        let text = "{\"é\": [1,\r\n  -2.50, \"日\\n\\u00e9\\ud83d\\ude80\", true],\r\t\"b\": {}, \"c\": null}"
        let (document, findings) = readJSON(text)
        #expect(findings.isEmpty)
        let nodes = document.nodes.indices.map { index in
            let place = document.position(of: index)
            return "\(document[index].kind) \(place.line):\(place.column) \(document.string(at: index))"
        }
        #expect(
            nodes == [
                "mapping 1:1 ", "key 1:2 é", "sequence 1:7 ", "integer 1:8 1", "number 2:3 -2.50",
                "string 2:10 日\né🚀", "true 2:35 true", "key 3:2 b", "mapping 3:7 ", "key 3:11 c",
                "null 3:16 null",
            ])
        #expect(document[0].length == 3 && document.end(of: 0) == document.nodes.count)
        #expect(document[2].length == 4 && document.end(of: 2) == 7)
    }

    @Test func `a byte order mark does not move the first column`() {
        let (document, findings) = readJSON("\u{FEFF}[1]")
        #expect(findings.isEmpty)
        #expect(document.position(of: 1) == TextPosition(line: 1, column: 2))
    }

    @Test func `what to underline is the text, or a container's key, or its bracket`() {
        let (document, _) = readJSON(#"{"kéy": [1.5, "ab"], "x": {}}"#)
        let spans = [1, 2, 3, 4, 6, 0].map { document.span(of: $0) }
        #expect(
            spans == [
                TextSpan(line: 1, column: 2, width: 5), TextSpan(line: 1, column: 2, width: 5),
                TextSpan(line: 1, column: 10, width: 3), TextSpan(line: 1, column: 15, width: 4),
                TextSpan(line: 1, column: 22, width: 3), TextSpan(line: 1, column: 1, width: 1),
            ])
    }

    @Test(arguments: [
        ("", 1, 1, "the file is empty"),
        ("  ", 1, 3, "the text ends where a value should stand"),
        ("[1, 2", 1, 6, "this array is not closed"),
        ("{\"a\": 1\n", 2, 1, "this object is not closed"),
        ("[1,]", 1, 4, "a comma with nothing after it"),
        ("{\"a\": 1,}", 1, 9, "a comma with nothing after it"),
        ("[1 2]", 1, 4, "expected a comma or the end of the array"),
        ("{\"a\": 1]", 1, 8, "expected a comma or the end of the object"),
        ("{a: 1}", 1, 2, "expected a key in double quotes"),
        ("{\"é\" 1}", 1, 6, "expected a colon after the key"),
        ("{\"a\":}", 1, 6, "a JSON value cannot begin here"),
        ("'a'", 1, 1, "a JSON value cannot begin here"),
        ("// no\n1", 1, 1, "a JSON value cannot begin here"),
        ("[\r\n\r\n tru]", 3, 2, "a JSON value cannot begin here"),
        ("1 2", 1, 3, "text after the end of the JSON value"),
        ("truefalse", 1, 5, "text after the end of the JSON value"),
        ("[01]", 1, 2, "this is not a number in JSON's spelling"),
        ("[-]", 1, 2, "this is not a number in JSON's spelling"),
        ("[1.e3]", 1, 2, "this is not a number in JSON's spelling"),
        ("[\"日本", 1, 5, "this string is not closed"),
        ("[\"日\tb\"]", 1, 4, "a control character inside a string"),
        ("[\"a\nb\"]", 1, 4, "a control character inside a string"),
        ("\"é\\x\"", 1, 3, "this escape is not one of JSON's"),
        ("\"\\", 1, 2, "this escape is not one of JSON's"),
        ("\"\\u12g4\"", 1, 2, "this \\u escape is no character"),
        ("\"\\u12", 1, 2, "this \\u escape is no character"),
        ("\"\\ud800\"", 1, 2, "this \\u escape is no character"),
        ("\"\\udc00\"", 1, 2, "this \\u escape is no character"),
        ("\"\\ud800\\u0041\"", 1, 2, "this \\u escape is no character"),
    ])
    func `a fault has its place`(text: String, line: Int, column: Int, message: String) throws {
        let finding = try #require(readJSON(text).findings.first)
        #expect(finding.rule == .jsonSyntax)
        #expect(
            finding.location == Location(path: "a.json", span: TextSpan(line: line, column: column, width: 1))
        )
        #expect(finding.message == message)
    }

    @Test(
        arguments: [
            ([0x22, 0x61, 0xFF, 0x22], 1, 3), ([0x0A, 0x22, 0xED, 0xA0, 0x80, 0x22], 2, 2),
            ([0x22, 0xC0, 0xAF, 0x22], 1, 2), ([0xFF, 0xFE, 0x31, 0x00], 1, 1),
        ] as [([UInt8], Int, Int)])
    func `bytes that are not UTF-8 are found where they stand`(bytes: [UInt8], line: Int, column: Int) throws
    {
        let finding = try #require(readJSON(bytes).findings.first)
        #expect(finding.rule == .yamlEncoding)
        #expect(finding.location.span.start == TextPosition(line: line, column: column))
    }

    @Test(arguments: [
        #"{"a": 1, "b": {"é": 1, "\u00e9": 2}}"#, #"[{"b": {"é": 1, "x": {"é": 1}, "é": 2}}]"#,
    ])
    func `a repeated key is refused at its second place`(text: String) throws {
        let finding = try #require(readJSON(text).findings.first)
        #expect(finding.rule == .jsonDuplicateKey)
        #expect(finding.message == "the key \"é\" is given twice")
        let earlier = try #require(finding.related.first)
        #expect(
            earlier.location.span.start < finding.location.span.start && earlier.label == "first given here")
        #expect(readJSON(#"[{"a": 1}, {"a": 2}, {"e\u0301": 1, "é": 2}]"#).findings.isEmpty)
    }

    @Test func `what is too much is refused, and what is just enough is not`() {
        var limits = Limits()
        (limits.depth, limits.nodes, limits.numberLength) = (3, 5, 4)
        let cases: [(String, RuleID?)] = [
            ("[[[]]]", nil), ("[[[[]]]]", .yamlTooDeep), ("[1,2,3,4]", nil),
            ("[1,2,3,4,5]", .yamlTooManyNodes),
            ("[1234]", nil), ("[12345]", .yamlNumberTooLong),
        ]
        for (text, rule) in cases {
            #expect(readJSON(text, limits: limits).findings.first?.rule == rule, "\(text)")
        }
    }

    @Test func `a reader and its document are used again`() {
        var reader = JSONReader()
        var document = Document()
        var keys = Interner()
        var findings: [Diagnostic] = []
        let texts = [(#"{"a": {"b": 1}}"#, true), ("{\"a\": ", false), (#"{"b": [2], "a": 3}"#, true)]
        for (text, isJSON) in texts {
            let answer = reader.read(
                Array(text.utf8), path: "a.json", into: &document, keys: &keys, findings: &findings)
            #expect(answer == isJSON)
            if isJSON { #expect(writtenJSON(document) == text) }
        }
        #expect(findings.count == 1 && keys.count == 2)
        #expect(document[1].link == 1 && document[4].link == 0, "handles stay the same from text to text")
    }
}
