import CYAML
import Diagnostics
import Documents
import Text

/// Composes libyaml's events into the arena, checking as it goes what libyaml does not.
///
/// Containers are kept on a stack of its own. Memory is reused from document to document; a scalar costs no
/// allocation here.
struct Composer {
    let limits: Limits
    var document = Document()
    var keys = Interner()
    var log: FindingLog
    /// True when the text has escapes, so that decoded text can hold characters the raw text has not.
    var hasEscapes = false
    /// Set when a value was met whose layout libyaml does not check.
    var needsLayoutCheck = false

    private var stamps = KeyStamps()
    var open: [OpenContainer] = []
    var anchors = AnchorTable()
    /// Nodes that the aliases so far stand for.
    var aliasedNodes = 0

    init(limits: Limits) {
        self.limits = limits
        log = FindingLog(path: "", limit: limits.findingsPerFile)
    }

    /// Makes ready for the next document.
    mutating func reset() {
        document.reset()
        open.removeAll(keepingCapacity: true)
        anchors.reset()
        aliasedNodes = 0
    }

    // MARK: Events

    mutating func scalar(_ event: borrowing yaml_event_t) throws(Refusal) {
        let scalar = unsafe event.data.scalar
        let start = unsafe Mark(event.start_mark)
        let end = unsafe Mark(event.end_mark)
        let text = unsafe Span(
            _unsafeElements: UnsafeBufferPointer(start: scalar.value, count: Int(scalar.length)))
        let style = unsafe scalar.style
        let isPlain = style == YAML_PLAIN_SCALAR_STYLE
        if style == YAML_DOUBLE_QUOTED_SCALAR_STYLE || style == YAML_SINGLE_QUOTED_SCALAR_STYLE {
            if end.line != start.line { needsLayoutCheck = true }
            if hasEscapes { checkDecoded(text, from: start, to: end) }
        }
        let isKey = try enterParent(at: start)
        let node = document.nodes.count
        if let anchor = unsafe scalar.anchor { unsafe define(anchor, node) }
        if isKey {
            appendKey(text, isPlain: isPlain, start: start)
            if let tag = unsafe scalar.tag { checkKeyTag(unsafe String(cString: tag), start) }
            return
        }
        if let tag = unsafe scalar.tag {
            appendTagged(text, tag: unsafe String(cString: tag), isPlain: isPlain, start: start)
        } else if isPlain {
            append(CoreSchema.value(of: text), text, start: start)
        } else {
            appendText(text, kind: .string, isQuoted: true, start: start)
        }
    }

    mutating func openContainer(
        _ kind: Node.Kind, isFlow: Bool, anchor: UnsafeMutablePointer<yaml_char_t>?,
        tag: UnsafeMutablePointer<yaml_char_t>?, at start: Mark
    ) throws(Refusal) {
        guard open.count < limits.depth else {
            throw Refusal(.yamlTooDeep, TextSpan(start), "nested deeper than \(limits.depth) levels")
        }
        if try enterParent(at: start) {
            throw Refusal(
                .yamlComplexKey, TextSpan(start),
                kind == .mapping ? "a mapping used as a key" : "a list used as a key",
                hint: "a key is one word or phrase; text with braces or brackets needs quotes")
        }
        let node = document.nodes.count
        if let tag = unsafe tag { checkContainerTag(unsafe String(cString: tag), kind, start) }
        var container = OpenContainer(
            node: node, isMapping: kind == .mapping, isFlow: isFlow, line: start.line,
            aliasedBefore: aliasedNodes)
        if let anchor = unsafe anchor { container.anchor = unsafe define(anchor, node) }
        document.nodes.append(
            Node(kind: kind, line: UInt32(start.line + 1), column: UInt32(start.column + 1)))
        open.append(container)
    }

    mutating func closeContainer(at end: Mark) {
        guard let container = open.popLast() else { return }
        document.nodes[container.node].link = UInt32(document.nodes.count)
        if container.isFlow, end.line != container.line { needsLayoutCheck = true }
        if container.anchor >= 0 {
            anchors.close(
                container.anchor, height: container.height,
                size: document.nodes.count - container.node + aliasedNodes - container.aliasedBefore)
        }
        if !open.isEmpty {
            open[open.count - 1].height = max(open[open.count - 1].height, container.height + 1)
        }
        if container.isMapping { findRepeatedKeys(in: container.node) }
    }

    // MARK: Nodes

    /// Counts the node that comes next in its container; true when it is a key.
    mutating func enterParent(at start: Mark) throws(Refusal) -> Bool {
        guard document.nodes.count < limits.nodes else {
            throw Refusal(.yamlTooManyNodes, TextSpan(start), "more than \(limits.nodes) values")
        }
        guard !open.isEmpty else { return false }
        let last = open.count - 1
        let isKey = open[last].isMapping && open[last].awaitsKey
        if open[last].isMapping { open[last].awaitsKey = !isKey }
        if isKey || !open[last].isMapping { document.nodes[open[last].node].length += 1 }
        return isKey
    }

    mutating func appendKey(_ text: Span<UInt8>, isPlain: Bool, start: Mark) {
        let node = document.nodes.count
        if isPlain { checkPlainKey(text, start) }
        appendText(text, kind: .key, isQuoted: !isPlain, start: start)
        document.nodes[node].link = UInt32(keys.intern(text))
    }

    /// Appends a scalar as a value that it was found to be.
    mutating func append(_ value: CoreSchema.Value, _ text: Span<UInt8>, start: Mark) {
        switch value {
        case .text:
            if text.count == 1, text[0] == UInt8(ascii: "-") { reportLoneDash(start) }
            appendText(text, kind: .string, isQuoted: false, start: start)
        case .null:
            if text.count == 0 { checkMissingValue() }
            appendText(text, kind: .null, isQuoted: false, start: start)
        case .true: appendText(text, kind: .true, isQuoted: false, start: start)
        case .false: appendText(text, kind: .false, isQuoted: false, start: start)
        case .integer(let form): appendNumber(text, .integer, form, start: start)
        case .number(let form): appendNumber(text, .number, form, start: start)
        case .nonFinite:
            reportNonFinite(text, start)
            appendNumber([UInt8(ascii: "0")].span, .number, .json, start: start)
        }
    }

    private mutating func appendNumber(
        _ text: Span<UInt8>, _ kind: Node.Kind, _ form: CoreSchema.NumberForm, start: Mark
    ) {
        if text.count > limits.numberLength {
            log.add(
                .yamlNumberTooLong, at: TextSpan(start, width: text.count),
                "a number of more than \(limits.numberLength) characters", node: document.nodes.count)
            return appendText([UInt8(ascii: "0")].span, kind: kind, isQuoted: false, start: start)
        }
        let textStart = document.text.count
        switch form {
        case .json: append(text)
        case .decimal: NumberSpelling.appendDecimal(text, to: &document.text)
        case .octal: NumberSpelling.appendInteger(text, base: 8, to: &document.text)
        case .hexadecimal: NumberSpelling.appendInteger(text, base: 16, to: &document.text)
        }
        if kind == .number, text.count > 3,
            NumberSpelling.overflows(document.text.span.extracting(textStart..<document.text.count))
        {
            reportNonFinite(text, start)
        }
        finish(kind, isQuoted: false, textStart: textStart, start: start)
    }

    mutating func appendText(_ text: Span<UInt8>, kind: Node.Kind, isQuoted: Bool, start: Mark) {
        let textStart = document.text.count
        append(text)
        finish(kind, isQuoted: isQuoted, textStart: textStart, start: start)
    }

    @inline(__always)
    private mutating func append(_ text: Span<UInt8>) {
        unsafe text.withUnsafeBufferPointer { bytes in unsafe document.text.append(contentsOf: bytes) }
    }

    private mutating func finish(_ kind: Node.Kind, isQuoted: Bool, textStart: Int, start: Mark) {
        document.nodes.append(
            Node(
                kind: kind, isQuoted: isQuoted, line: UInt32(start.line + 1),
                column: UInt32(start.column + 1),
                start: UInt32(textStart), length: UInt32(document.text.count - textStart)))
    }

    private mutating func findRepeatedKeys(in mapping: Int) {
        var repeated: [(first: Int, second: Int)] = []
        stamps.findRepetitions(in: mapping, of: document, keyCount: keys.count) { first, second in
            repeated.append((first, second))
        }
        for (first, second) in repeated { reportRepeatedKey(first, second) }
    }
}

/// A container whose end was not met yet.
struct OpenContainer {
    let node: Int
    let isMapping: Bool
    let isFlow: Bool
    /// Where it begins, from zero.
    let line: Int
    /// Nodes that aliases stood for when it began.
    let aliasedBefore: Int
    /// Whether a key comes next, in a mapping.
    var awaitsKey = true
    /// Containers inside containers below it, aliases followed.
    var height = 0
    /// Its anchor's number, -1 for none.
    var anchor = -1
}

/// A fault that leaves nothing to go on with.
struct Refusal: Error {
    let rule: RuleID
    let span: TextSpan
    let message: String
    let hint: String?

    init(_ rule: RuleID, _ span: TextSpan, _ message: String, hint: String? = nil) {
        self.rule = rule
        self.span = span
        self.message = message
        self.hint = hint
    }
}
