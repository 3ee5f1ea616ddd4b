import Diagnostics
import Text

/// One run over a JSON text. Containers are kept on a stack of its own, so depth costs no machine stack.
struct JSONParser {
    let bytes: [UInt8]
    let limits: Limits
    var document = Document()
    var keys = Interner()
    var stamps = KeyStamps()

    private var offset = 0
    private var line: UInt32 = 1
    private var lineStart = 0
    /// Continuation bytes since `lineStart`: columns count code points.
    private var continuations = 0
    private var open: [Int] = []

    init(bytes: [UInt8], limits: Limits) {
        self.bytes = bytes
        self.limits = limits
    }

    mutating func parseText() throws(JSONFault) {
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: bytes.span)
        } catch {
            throw JSONFault(
                rule: .yamlEncoding, offset: error.byteOffsets.lowerBound,
                message: "the bytes here are not UTF-8",
                hint: "save the file as UTF-8")
        }
        offset = UTF8.byteOrderMarkLength(of: bytes.span)
        lineStart = offset
        skipSpace()
        try parseValue()
        while let container = open.last { try continueContainer(container) }
        skipSpace()
        if offset < bytes.count { throw fault("text after the end of the JSON value") }
    }

    /// What comes after a value inside a container: a comma and the next child, or the container's end.
    private mutating func continueContainer(_ container: Int) throws(JSONFault) {
        skipSpace()
        let isMapping = document.nodes[container].kind == .mapping
        guard let byte = peek() else {
            throw fault(isMapping ? "this object is not closed" : "this array is not closed")
        }
        if byte == (isMapping ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
            offset += 1
            return try close(container)
        }
        if document.nodes[container].length > 0 {
            guard byte == UInt8(ascii: ",") else {
                throw fault("expected a comma or the end of the \(isMapping ? "object" : "array")")
            }
            offset += 1
            skipSpace()
            if peek() == UInt8(ascii: "}") || peek() == UInt8(ascii: "]") {
                throw fault("a comma with nothing after it", hint: "remove the comma")
            }
        }
        document.nodes[container].length += 1
        if isMapping { try parseKey() }
        try parseValue()
    }

    private mutating func parseKey() throws(JSONFault) {
        guard peek() == UInt8(ascii: "\"") else { throw fault("expected a key in double quotes") }
        let index = document.nodes.count
        try parseString(kind: .key)
        document.nodes[index].link = UInt32(internKey(at: index))
        skipSpace()
        guard peek() == UInt8(ascii: ":") else { throw fault("expected a colon after the key") }
        offset += 1
        skipSpace()
    }

    private mutating func internKey(at index: Int) -> Int32 {
        let text = document.text
        return keys.intern(text.span.extracting(document.textRange(of: index)))
    }

    private mutating func close(_ container: Int) throws(JSONFault) {
        document.nodes[container].link = UInt32(document.nodes.count)
        open.removeLast()
        guard document.nodes[container].kind == .mapping else { return }
        var repeated: (first: Int, second: Int)?
        let keyCount = keys.count
        stamps.findRepetitions(in: container, of: document, keyCount: keyCount) { first, second in
            repeated = repeated ?? (first, second)
        }
        guard let repeated else { return }
        let second = document.position(of: repeated.second)
        throw JSONFault(
            rule: .jsonDuplicateKey, offset: LineIndex(bytes.span).offset(of: second, in: bytes.span),
            message: "the key \"\(document.string(at: repeated.second))\" is given twice",
            hint: "keep one of the two", earlier: document.span(of: repeated.first))
    }

    private mutating func parseValue() throws(JSONFault) {
        guard document.nodes.count < limits.nodes else {
            throw JSONFault(
                rule: .yamlTooManyNodes, offset: offset, message: "more than \(limits.nodes) values")
        }
        switch peek() {
        case UInt8(ascii: "{"): try openContainer(.mapping)
        case UInt8(ascii: "["): try openContainer(.sequence)
        case UInt8(ascii: "\""): try parseString(kind: .string)
        case UInt8(ascii: "t"): try parseWord("true", .true)
        case UInt8(ascii: "f"): try parseWord("false", .false)
        case UInt8(ascii: "n"): try parseWord("null", .null)
        case let byte? where byte == UInt8(ascii: "-") || (byte >= 48 && byte <= 57): try parseNumber()
        case nil: throw fault(offset == 0 ? "the file is empty" : "the text ends where a value should stand")
        default: throw fault("a JSON value cannot begin here")
        }
    }

    private mutating func openContainer(_ kind: Node.Kind) throws(JSONFault) {
        guard open.count < limits.depth else {
            throw JSONFault(
                rule: .yamlTooDeep, offset: offset, message: "nested deeper than \(limits.depth) levels")
        }
        open.append(document.nodes.count)
        append(kind)
        offset += 1
    }

    private mutating func parseWord(_ word: StaticString, _ kind: Node.Kind) throws(JSONFault) {
        let end = offset + word.utf8CodeUnitCount
        guard end <= bytes.count, String(decoding: bytes[offset..<end], as: UTF8.self) == "\(word)" else {
            throw fault("a JSON value cannot begin here", hint: "text stands in double quotes")
        }
        append(kind)
        appendText(offset..<end)
        offset = end
    }

    private mutating func parseNumber() throws(JSONFault) {
        let start = offset
        var isInteger = true
        while let byte = peek() {
            if byte == UInt8(ascii: ".") || byte | 0x20 == UInt8(ascii: "e") {
                isInteger = false
            } else if !(byte >= 48 && byte <= 57) && byte != UInt8(ascii: "-") && byte != UInt8(ascii: "+") {
                break
            }
            offset += 1
        }
        guard offset - start <= limits.numberLength else {
            throw JSONFault(
                rule: .yamlNumberTooLong, offset: start,
                message: "a number of more than \(limits.numberLength) characters")
        }
        guard Number(bytes.span.extracting(start..<offset)) != nil else {
            throw JSONFault(offset: start, message: "this is not a number in JSON's spelling")
        }
        let end = offset
        offset = start
        append(isInteger ? .integer : .number)
        appendText(start..<end)
        offset = end
    }

    private mutating func parseString(kind: Node.Kind) throws(JSONFault) {
        let index = document.nodes.count
        append(kind)
        document.nodes[index].isQuoted = true
        offset += 1
        while let byte = peek(), byte != UInt8(ascii: "\"") {
            if byte < 0x20 {
                throw fault("a control character inside a string", hint: "write it as an escape")
            }
            if byte == UInt8(ascii: "\\") {
                try parseEscape()
            } else {
                if UTF8.isContinuation(byte) { continuations += 1 }
                document.text.append(byte)
                offset += 1
            }
        }
        guard offset < bytes.count else { throw fault("this string is not closed") }
        offset += 1
        document.nodes[index].length = UInt32(document.text.count) - document.nodes[index].start
    }

    private mutating func parseEscape() throws(JSONFault) {
        let start = offset
        offset += 1
        let letter = peek()
        offset += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): document.text.append(letter ?? 0)
        case UInt8(ascii: "b"): document.text.append(0x08)
        case UInt8(ascii: "f"): document.text.append(0x0C)
        case UInt8(ascii: "n"): document.text.append(0x0A)
        case UInt8(ascii: "r"): document.text.append(0x0D)
        case UInt8(ascii: "t"): document.text.append(0x09)
        case UInt8(ascii: "u"):
            guard let scalar = parseCodePoint() else {
                throw JSONFault(
                    offset: start, message: "this \\u escape is no character",
                    hint: "four hexadecimal digits, or two escapes that form a surrogate pair")
            }
            UTF8.append(scalar, to: &document.text)
        default: throw JSONFault(offset: start, message: "this escape is not one of JSON's")
        }
    }

    private mutating func parseCodePoint() -> Unicode.Scalar? {
        guard let unit = parseHexadecimal() else { return nil }
        guard UTF16.isLeadSurrogate(unit) else { return Unicode.Scalar(unit) }
        guard offset + 1 < bytes.count, bytes[offset] == UInt8(ascii: "\\"),
            bytes[offset + 1] == UInt8(ascii: "u")
        else { return nil }
        offset += 2
        guard let trail = parseHexadecimal(), UTF16.isTrailSurrogate(trail) else { return nil }
        return Unicode.Scalar(0x10000 + (UInt32(unit & 0x3FF) << 10) + UInt32(trail & 0x3FF))
    }

    private mutating func parseHexadecimal() -> UInt16? {
        guard offset + 4 <= bytes.count else { return nil }
        var value: UInt16 = 0
        for byte in bytes[offset..<offset + 4] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else { return nil }
            value = value << 4 | UInt16(digit)
        }
        offset += 4
        return value
    }

    /// Appends a node that begins at the current offset.
    private mutating func append(_ kind: Node.Kind) {
        document.nodes.append(
            Node(
                kind: kind, line: line, column: UInt32(offset - lineStart - continuations + 1),
                start: UInt32(document.text.count)))
    }

    /// Gives the node just appended its text.
    private mutating func appendText(_ range: Range<Int>) {
        document.text.append(contentsOf: bytes[range])
        document.nodes[document.nodes.count - 1].length = UInt32(range.count)
    }

    private mutating func skipSpace() {
        while let byte = peek() {
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"): offset += 1
            case UInt8(ascii: "\r") where offset + 1 < bytes.count && bytes[offset + 1] == UInt8(ascii: "\n"):
                offset += 1
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                offset += 1
                line += 1
                lineStart = offset
                continuations = 0
            default: return
            }
        }
    }

    private func peek() -> UInt8? {
        offset < bytes.count ? bytes[offset] : nil
    }

    private func fault(_ message: String, hint: String? = nil) -> JSONFault {
        JSONFault(offset: offset, message: message, hint: hint)
    }
}
