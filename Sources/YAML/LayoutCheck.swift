import CYAML
import Diagnostics
import Text

/// Where libyaml is laxer about the layout of a text than YAML 1.2.2, checked token by token.
///
/// Comments need a space before them (section 6.6), lines that continue a flow value are indented deeper than the
/// block around it (section 7), and tabs never take part in indentation (section 6.1). Only texts in which such
/// a thing may be are checked; they are well-formed and of limited depth by then.
struct LayoutCheck {
    private let text: [UInt8]
    /// Columns of the block collections around the next token.
    private var indents: [Int] = []
    private var flowDepth = 0
    /// One finding for each outermost flow collection is enough.
    private var isFlowReported = false
    /// Where the last token that has any text ended.
    private var lastEnd = 0
    private var cursor: CharacterCursor
    private var faults: [Fault] = []

    private struct Fault {
        let rule: RuleID
        let offset: Int
        let message: String
        let hint: String
    }

    init(_ text: [UInt8]) {
        self.text = text
        cursor = CharacterCursor(text)
    }

    mutating func take(_ token: Token) {
        let start = cursor.byteOffset(of: token.start.index)
        let isInFlow = flowDepth > 0
        switch token.type {
        case YAML_BLOCK_SEQUENCE_START_TOKEN, YAML_BLOCK_MAPPING_START_TOKEN:
            indents.append(token.start.column)
            checkTab(before: start)
            return
        case YAML_BLOCK_END_TOKEN:
            indents.removeLast(min(1, indents.count))
            return
        case YAML_FLOW_SEQUENCE_START_TOKEN, YAML_FLOW_MAPPING_START_TOKEN: flowDepth += 1
        case YAML_FLOW_SEQUENCE_END_TOKEN, YAML_FLOW_MAPPING_END_TOKEN: flowDepth -= 1
        default: break
        }
        guard token.end.index > token.start.index else { return }
        checkComment(before: start)
        if isInFlow {
            checkContinuation(lastEnd..<start, endsAtToken: true)
        } else {
            isFlowReported = false
        }
        let end = cursor.byteOffset(of: token.end.index)
        if token.type == YAML_SCALAR_TOKEN { checkScalar(token, start..<end, isInFlow: isInFlow) }
        lastEnd = end
    }

    /// Reports what was found, after the last token.
    mutating func finish(_ log: inout FindingLog) {
        checkComment(before: text.count)
        guard !faults.isEmpty else { return }
        let bytes = text.span
        let lines = LineIndex(bytes)
        for fault in faults {
            let position = lines.position(of: fault.offset, in: bytes)
            log.add(
                fault.rule, at: TextSpan(line: Int(position.line), column: Int(position.column), width: 1),
                fault.message, hint: fault.hint)
        }
    }

    private mutating func checkComment(before start: Int) {
        guard lastEnd > 0, lastEnd < start, text[lastEnd] == UInt8(ascii: "#"),
            text[lastEnd - 1] > 0x20
        else { return }
        reportComment(at: lastEnd)
    }

    private mutating func reportComment(at offset: Int) {
        faults.append(
            Fault(
                rule: .yamlComment, offset: offset, message: "a comment without a space before it",
                hint: "put a space before the \"#\", or put quotes around the text"))
    }

    /// `-<tab>- a`: the column of what follows depends on how wide a tab is.
    private mutating func checkTab(before start: Int) {
        var offset = start
        while offset > 0, text[offset - 1] != 0x0A, text[offset - 1] != 0x0D {
            offset -= 1
            if text[offset] == 0x09 {
                faults.append(
                    Fault(
                        rule: .yamlIndentation, offset: offset, message: "a tab used as indentation",
                        hint: "use spaces"))
                return
            }
        }
    }

    private mutating func checkScalar(_ token: Token, _ range: Range<Int>, isInFlow: Bool) {
        if token.isBlockScalar {
            var offset = range.lowerBound + 1
            while offset < text.count, text[offset] > 0x20, text[offset] != UInt8(ascii: "#") {
                offset += 1
            }
            if offset < text.count, text[offset] == UInt8(ascii: "#") { reportComment(at: offset) }
        } else if token.end.line != token.start.line {
            checkContinuation(range, endsAtToken: false)
            if !isInFlow { isFlowReported = false }
        }
    }

    /// Checks the indentation of the lines that begin in a range; blank lines and comments have none.
    private mutating func checkContinuation(_ range: Range<Int>, endsAtToken: Bool) {
        guard !isFlowReported, let indent = indents.last else { return }
        var offset = range.lowerBound
        while offset < range.upperBound {
            let byte = text[offset]
            offset += 1
            guard byte == 0x0A || byte == 0x0D else { continue }
            var content = offset
            while content < range.upperBound, text[content] == 0x20 { content += 1 }
            let spaces = content - offset
            while content < range.upperBound, text[content] == 0x09 || text[content] == 0x20 { content += 1 }
            let isAtEnd = content == range.upperBound
            let first = content < text.count ? text[content] : 0x0A
            if first == 0x0A || first == 0x0D || (isAtEnd && !endsAtToken) { continue }
            if endsAtToken, first == UInt8(ascii: "#") { continue }
            if spaces <= indent {
                reportIndentation(at: offset + spaces)
                return
            }
        }
    }

    private mutating func reportIndentation(at offset: Int) {
        isFlowReported = true
        let isTab = offset < text.count && text[offset] == 0x09
        faults.append(
            Fault(
                rule: .yamlIndentation, offset: offset,
                message: isTab
                    ? "a tab used as indentation"
                    : "a line that continues a value must be indented deeper than the value's key",
                hint: isTab ? "use spaces" : "indent it by at least one space more, a closing bracket too"))
    }
}
