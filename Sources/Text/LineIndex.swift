/// Where the lines of a text begin, so that byte offsets become positions and lines can be shown.
///
/// Lines end with LF, CR LF or a lone CR. Building it costs one pass over the bytes.
package struct LineIndex: Sendable {
    /// Byte offset of the first byte of each line.
    package let lineStarts: [Int]

    package init(_ text: Span<UInt8>) {
        var starts = [0]
        var offset = 0
        while offset < text.count {
            let byte = text[offset]
            offset += 1
            guard byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") else { continue }
            if byte == UInt8(ascii: "\r"), offset < text.count, text[offset] == UInt8(ascii: "\n") {
                offset += 1
            }
            starts.append(offset)
        }
        lineStarts = starts
    }

    /// The line of a byte offset, from 1. Logarithmic in lines.
    package func line(of offset: Int) -> Int {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return low + 1
    }

    /// The position of a byte offset; an offset past the end means the end. Logarithmic in lines, linear in the line.
    package func position(of offset: Int, in text: Span<UInt8>) -> TextPosition {
        let offset = min(max(offset, 0), text.count)
        let line = line(of: offset)
        let column = UTF8.codePointCount(of: text, from: lineStarts[line - 1], to: offset)
        return TextPosition(line: line, column: column + 1)
    }

    /// The byte offset of a position; a column past the line's end means that end.
    package func offset(of position: TextPosition, in text: Span<UInt8>) -> Int {
        let line = Int(position.line) - 1
        guard line >= 0, line < lineStarts.count else { return text.count }
        let end = range(ofLine: Int(position.line), in: text).upperBound
        var offset = lineStarts[line]
        if line == 0 { offset += UTF8.byteOrderMarkLength(of: text) }
        var column = 1
        while column < Int(position.column), offset < end {
            offset += 1
            while offset < end, UTF8.isContinuation(text[offset]) { offset += 1 }
            column += 1
        }
        return offset
    }

    /// The byte range of a line (from 1) without its line end; empty for a line that is not there.
    package func range(ofLine line: Int, in text: Span<UInt8>) -> Range<Int> {
        guard line >= 1, line <= lineStarts.count else { return text.count..<text.count }
        let start = lineStarts[line - 1]
        var end = line < lineStarts.count ? lineStarts[line] : text.count
        while end > start, text[end - 1] == UInt8(ascii: "\n") || text[end - 1] == UInt8(ascii: "\r") {
            end -= 1
        }
        return start..<end
    }
}
