import CYAML
import Text

/// A comment and where it stands.
struct Comment {
    /// From the `#` to the end of the line, without spaces at the end.
    let text: String
    /// From zero, both.
    let line: Int
    let column: Int
    /// True when nothing else stands in its line.
    let isOwnLine: Bool
    /// True when the `-` or `?` before it in its line begins what comes in the next.
    let isBehindIndicator: Bool
    /// Where the innermost flow collection around it begins.
    let flowStart: TextPosition?
    /// Where the flow collection begins that ended right before it.
    let closedFlowStart: TextPosition?
}

/// Finds the comments of a well-formed text in the gaps between its tokens.
struct CommentScan {
    private let bytes: [UInt8]
    private let lines: LineIndex
    private(set) var comments: [Comment] = []
    /// Where all flow collections of the text begin.
    private(set) var flowCollections: Set<TextPosition> = []
    private var flowStarts: [TextPosition] = []
    private var lastToken = YAML_NO_TOKEN
    private var closedFlowStart: TextPosition?
    private var lastEnd = 0
    private var cursor: CharacterCursor

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        lines = LineIndex(bytes.span)
        cursor = CharacterCursor(bytes)
        var parser = EventParser()
        unsafe bytes.withUnsafeBufferPointer { text in
            unsafe parser.scan(text) { token in take(token) }
        }
        search(lastEnd..<bytes.count)
    }

    /// The lines without any text, from zero.
    func isBlank(line: Int) -> Bool {
        guard line >= 0, line < lines.lineStarts.count else { return false }
        return bytes[lines.range(ofLine: line + 1, in: bytes.span)].allSatisfy { $0 == 0x20 || $0 == 0x09 }
    }

    private mutating func take(_ token: Token) {
        guard token.end.index > token.start.index else { return }
        let start = cursor.byteOffset(of: token.start.index)
        search(lastEnd..<start)
        closedFlowStart = nil
        lastToken = token.type
        switch token.type {
        case YAML_FLOW_SEQUENCE_START_TOKEN, YAML_FLOW_MAPPING_START_TOKEN:
            flowStarts.append(TextPosition(line: token.start.line + 1, column: token.start.column + 1))
            flowCollections.insert(flowStarts[flowStarts.count - 1])
        case YAML_FLOW_SEQUENCE_END_TOKEN, YAML_FLOW_MAPPING_END_TOKEN:
            closedFlowStart = flowStarts.popLast()
        default:
            // The comment behind `|` or `>` is part of libyaml's token.
            if token.isBlockScalar {
                search(start..<lines.range(ofLine: token.start.line + 1, in: bytes.span).upperBound)
            }
        }
        lastEnd = cursor.byteOffset(of: token.end.index)
    }

    private mutating func search(_ range: Range<Int>) {
        var offset = range.lowerBound
        while offset < range.upperBound {
            guard bytes[offset] == UInt8(ascii: "#") else {
                offset += 1
                continue
            }
            var end = offset
            while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
            append(offset..<end)
            offset = end
        }
    }

    private mutating func append(_ range: Range<Int>) {
        let position = lines.position(of: range.lowerBound, in: bytes.span)
        let lineStart = lines.lineStarts[Int(position.line) - 1]
        var end = range.upperBound
        while bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
        comments.append(
            Comment(
                text: String(decoding: bytes[range.lowerBound..<end], as: UTF8.self),
                line: Int(position.line) - 1, column: Int(position.column) - 1,
                isOwnLine: bytes[lineStart..<range.lowerBound].allSatisfy { $0 == 0x20 || $0 == 0x09 },
                isBehindIndicator: lastToken == YAML_BLOCK_ENTRY_TOKEN || lastToken == YAML_KEY_TOKEN,
                flowStart: flowStarts.last, closedFlowStart: closedFlowStart))
    }
}

/// Byte offsets of characters that are asked for in rising order. Linear over all questions.
struct CharacterCursor {
    private let bytes: [UInt8]
    private var character = 0
    private var byte = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func byteOffset(of wanted: Int) -> Int {
        while character < wanted, byte < bytes.count {
            byte += 1
            while byte < bytes.count, UTF8.isContinuation(bytes[byte]) { byte += 1 }
            character += 1
        }
        return byte
    }
}
