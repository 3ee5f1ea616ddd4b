import Text

/// A file's bytes with their lines.
struct SourceText {
    let bytes: [UInt8]
    let lines: LineIndex

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        lines = LineIndex(bytes.span)
    }
}

/// One source line as a terminal can show it, and what stands below it to point at a span.
///
/// A tab is drawn as four blanks, a hidden character by its name. A line of more than 160 columns is cut to
/// the part around the span.
struct SourceExcerpt {
    let line: String
    /// Blanks, then carets.
    let underline: String

    private static let columnLimit = 160
    /// Columns kept before the span when a line is cut.
    private static let leadLimit = 60

    /// One character of the line as it is drawn.
    private struct Cell {
        var text: String
        var columnCount: Int

        init(_ bytes: ArraySlice<UInt8>) {
            if bytes.elementsEqual("\t".utf8) {
                (text, columnCount) = ("    ", 4)
            } else {
                // A hostile run of stray continuation bytes is one cell; a few of them show what is wrong.
                text = TerminalText.visible(String(decoding: bytes.prefix(4), as: UTF8.self))
                columnCount = TerminalText.columnCount(of: text)
            }
        }
    }

    /// The characters on one side of the span's start; cut at the limit of columns.
    private struct Side {
        var cells: ArraySlice<Cell> = []
        var isWhole = true

        var columnCount: Int { cells.reduce(0) { $0 + $1.columnCount } }

        mutating func cut(toColumns limit: Int, _ removeOne: (inout ArraySlice<Cell>) -> Cell?) {
            var excess = columnCount - limit
            while excess > 0, let cell = removeOne(&cells) {
                excess -= cell.columnCount
                isWhole = false
            }
        }
    }

    /// Nil when the source has no such line or nothing stands on it. Linear in the line.
    init?(of span: TextSpan, in source: SourceText) {
        var range = source.lines.range(ofLine: Int(span.start.line), in: source.bytes.span)
        if range.lowerBound == 0 {
            range = min(UTF8.byteOrderMarkLength(of: source.bytes.span), range.upperBound)..<range.upperBound
        }
        guard !range.isEmpty else { return nil }
        let start = source.lines.offset(of: span.start, in: source.bytes.span)
        var before = SourceExcerpt.side(before: start, downTo: range.lowerBound, of: source.bytes)
        var after = SourceExcerpt.side(from: start, upTo: range.upperBound, of: source.bytes)
        let isWhole = before.isWhole && after.isWhole
        if !isWhole || before.columnCount + after.columnCount > SourceExcerpt.columnLimit {
            before.cut(toColumns: SourceExcerpt.leadLimit) { $0.popFirst() }
            after.cut(toColumns: SourceExcerpt.columnLimit - 2 - before.columnCount) { $0.popLast() }
        }
        let opening = before.isWhole ? "" : "…"
        line = opening + (before.cells + after.cells).map(\.text).joined() + (after.isWhole ? "" : "…")
        let isOneLine = span.end.line == span.start.line
        let width = isOneLine ? Int(span.end.column) - Int(span.start.column) : after.cells.count
        let carets = after.cells.prefix(max(1, width)).reduce(0) { $0 + $1.columnCount }
        let blanks = (before.isWhole ? 0 : 1) + before.columnCount
        underline = String(repeating: " ", count: blanks) + String(repeating: "^", count: max(1, carets))
    }

    private static func side(before start: Int, downTo limit: Int, of bytes: [UInt8]) -> Side {
        var cells: [Cell] = []
        var end = start
        // More characters than columns are never shown, so no more are looked at.
        while end > limit, cells.count <= columnLimit {
            var first = end - 1
            while first > limit, UTF8.isContinuation(bytes[first]) { first -= 1 }
            cells.append(Cell(bytes[first..<end]))
            end = first
        }
        return Side(cells: cells.reversed()[...], isWhole: end == limit)
    }

    private static func side(from start: Int, upTo limit: Int, of bytes: [UInt8]) -> Side {
        var cells: [Cell] = []
        var first = start
        while first < limit, cells.count <= columnLimit {
            var end = first + 1
            while end < limit, UTF8.isContinuation(bytes[end]) { end += 1 }
            cells.append(Cell(bytes[first..<end]))
            first = end
        }
        return Side(cells: cells[...], isWhole: first == limit)
    }
}
