import Testing
import Text

@Suite struct LineIndexTests {
    @Test(arguments: [
        ("", [0]), ("a", [0]), ("a\n", [0, 2]), ("a\nb", [0, 2]), ("a\r\nb", [0, 3]), ("a\rb", [0, 2]),
        ("\r\r\n\n", [0, 1, 3, 4]), ("é\n\u{2028}\n", [0, 3, 7]),
    ])
    func `lines end with LF, CR LF or CR`(text: String, starts: [Int]) {
        #expect(LineIndex(Array(text.utf8).span).lineStarts == starts)
    }

    /// Text, byte offset, line, column.
    @Test(arguments: [
        ("ab\ncd", 0, 1, 1), ("ab\ncd", 2, 1, 3), ("ab\ncd", 3, 2, 1), ("ab\ncd", 5, 2, 3),
        ("ab\r\ncd", 5, 2, 2), ("日本x", 6, 1, 3), ("🚀x", 4, 1, 2), ("a\n日x", 5, 2, 2),
        ("\u{FEFF}ab", 3, 1, 1), ("\u{FEFF}ab", 4, 1, 2), ("\u{FEFF}a\nb", 5, 2, 1), ("", 0, 1, 1),
    ])
    func `an offset and its position lead to each other`(text: String, offset: Int, line: Int, column: Int) {
        let bytes = Array(text.utf8)
        let index = LineIndex(bytes.span)
        let position = TextPosition(line: line, column: column)
        #expect(index.position(of: offset, in: bytes.span) == position)
        #expect(index.offset(of: position, in: bytes.span) == offset)
    }

    @Test func `what lies outside is moved to the nearest end`() {
        let bytes = Array("ab\r\ncd".utf8)
        let index = LineIndex(bytes.span)
        #expect(index.position(of: -1, in: bytes.span) == .start)
        #expect(index.position(of: 99, in: bytes.span) == TextPosition(line: 2, column: 3))
        #expect(index.offset(of: TextPosition(line: 1, column: 99), in: bytes.span) == 2)
        #expect(index.offset(of: TextPosition(line: 3, column: 1), in: bytes.span) == 6)
        #expect(index.offset(of: TextPosition(line: 0, column: 1), in: bytes.span) == 6)
    }

    @Test(arguments: [
        ("ab\r\ncd\n", 1, 0..<2), ("ab\r\ncd\n", 2, 4..<6), ("ab\r\ncd\n", 3, 7..<7), ("ab", 1, 0..<2),
        ("ab", 0, 2..<2), ("ab", 2, 2..<2), ("\n\n", 2, 1..<1),
    ])
    func `a line's range leaves out its end`(text: String, line: Int, range: Range<Int>) {
        let bytes = Array(text.utf8)
        #expect(LineIndex(bytes.span).range(ofLine: line, in: bytes.span) == range)
    }
}
