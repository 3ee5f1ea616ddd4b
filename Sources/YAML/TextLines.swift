import Text

/// A text by lines, asked with libyaml's places; only built to word a fault.
struct TextLines {
    private let bytes: [UInt8]
    private let index: LineIndex

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        index = LineIndex(bytes.span)
    }

    /// The text of a line, from zero, without its end.
    private func line(_ line: Int) -> Substring.UnicodeScalarView {
        String(decoding: bytes[index.range(ofLine: line + 1, in: bytes.span)], as: UTF8.self).unicodeScalars[
            ...]
    }

    func character(line number: Int, column: Int) -> Unicode.Scalar? {
        line(number).dropFirst(column).first
    }

    /// The character at a place; nil at the end of a line and behind it.
    func character(at place: Mark) -> Unicode.Scalar? {
        character(line: place.line, column: place.column)
    }

    /// What stands before a place in its line.
    func before(_ place: Mark) -> String {
        String(String.UnicodeScalarView(line(place.line).prefix(place.column)))
    }

    /// What stands in the line from a place on.
    func after(_ place: Mark) -> String {
        String(String.UnicodeScalarView(line(place.line).dropFirst(place.column)))
    }

    /// A text without spaces at its end.
    func trimmed(_ text: String) -> String {
        var text = text[...]
        while text.last == " " || text.last == "\t" { text.removeLast() }
        return String(text)
    }

    /// Where a line's text begins.
    func firstCharacter(ofLine number: Int) -> Mark {
        Mark(line: number, column: line(number).prefix { $0 == " " }.count)
    }

    /// Where the last line begins that is not blank.
    var lastLineWithText: Mark {
        var number = index.lineStarts.count - 1
        while number > 0, line(number).allSatisfy({ $0 == " " || $0 == "\t" }) { number -= 1 }
        return firstCharacter(ofLine: number)
    }

    /// A place as it is, or the last character of the text for a place behind that.
    func lastPlace(notAfter place: Mark) -> Mark {
        let last = lastLineWithText
        guard place.line > last.line else { return place }
        return Mark(line: last.line, column: max(0, line(last.line).count - 1))
    }
}
