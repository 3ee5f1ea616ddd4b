/// A place in a text: line and column, both from 1; a column counts code points, as editors do.
package struct TextPosition: Sendable, Hashable, Comparable {
    package var line: Int32
    package var column: Int32

    package init(line: Int, column: Int) {
        self.line = Int32(clamping: line)
        self.column = Int32(clamping: column)
    }

    package static let start = TextPosition(line: 1, column: 1)

    package static func < (left: TextPosition, right: TextPosition) -> Bool {
        left.line != right.line ? left.line < right.line : left.column < right.column
    }
}

/// A stretch of text from `start` up to, not including, `end`.
package struct TextSpan: Sendable, Hashable {
    package var start: TextPosition
    package var end: TextPosition

    package init(start: TextPosition, end: TextPosition) {
        self.start = start
        self.end = end
    }

    /// A span on one line.
    package init(line: Int, column: Int, width: Int) {
        start = TextPosition(line: line, column: column)
        end = TextPosition(line: line, column: column + width)
    }

    /// The first character of a text.
    package static let start = TextSpan(line: 1, column: 1, width: 1)
}
