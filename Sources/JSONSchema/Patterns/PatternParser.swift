/// Reads a regular expression of ECMA-262 in its `u` mode: what it refuses, `new RegExp(source, "u")` refuses.
///
/// Open groups stand on a stack of the parser's own, so that nesting is bounded by memory only. Time and memory are
/// linear in the source.
struct PatternParser {
    let source: [UInt8]
    var position = 0
    var syntax = PatternSyntax()
    var groups = [OpenGroup(kind: .plain, offset: -1)]
    var captureCount = 0
    /// Where each group name was given last.
    var nameOffsets: [String: Int] = [:]
    var numberReferences: [(number: Int, offset: Int)] = []
    var nameReferences: [(name: String, offset: Int)] = []

    private init(source: [UInt8]) {
        self.source = source
    }

    /// Throws a `PatternError` at the first place where the source departs from the grammar.
    static func parse(_ source: [UInt8]) throws(PatternError) -> PatternSyntax {
        var parser = PatternParser(source: source)
        while let byte = parser.peek() {
            try parser.parseTerm(startingWith: byte)
        }
        guard parser.groups.count == 1 else {
            throw PatternError(
                message: "unterminated group", offset: parser.groups[parser.groups.count - 1].offset)
        }
        try parser.checkReferences()
        _ = parser.finishChoice()
        return parser.syntax
    }

    private mutating func parseTerm(startingWith byte: UInt8) throws(PatternError) {
        switch byte {
        case UInt8(ascii: "("):
            try openGroup()
        case UInt8(ascii: ")"):
            try closeGroup()
        case UInt8(ascii: "|"):
            position += 1
            finishAlternative()
        case UInt8(ascii: "^"):
            appendAssertion(.textStart, length: 1)
        case UInt8(ascii: "$"):
            appendAssertion(.textEnd, length: 1)
        case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"), UInt8(ascii: "{"):
            throw PatternError(message: "nothing to repeat", offset: position)
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            let bracket = Character(Unicode.Scalar(byte))
            throw PatternError(message: "lone '\(bracket)'; write '\\\(bracket)'", offset: position)
        case UInt8(ascii: "["):
            try appendQuantified(.scalarClass(try parseClass()))
        case UInt8(ascii: "."):
            position += 1
            try appendQuantified(
                .scalarClass(ScalarClass(items: [.named(.lineTerminators, isNegated: true)])))
        case UInt8(ascii: "\\"):
            try parseAtomEscape()
        default:
            try appendQuantified(.scalar(takeScalar()))
        }
    }

    private mutating func parseAtomEscape() throws(PatternError) {
        let offset = position
        switch peek(1) {
        case UInt8(ascii: "b"):
            appendAssertion(.wordBoundary, length: 2)
        case UInt8(ascii: "B"):
            appendAssertion(.notWordBoundary, length: 2)
        case UInt8(ascii: "k"):
            position += 2
            nameReferences.append((try parseGroupName(), offset))
            try appendQuantified(Self.backReference(at: offset))
        case let digit where isDigit(digit) && digit != UInt8(ascii: "0"):
            position += 1
            numberReferences.append((takeNumber(), offset))
            try appendQuantified(Self.backReference(at: offset))
        default:
            switch try parseEscape() {
            case .scalar(let scalar): try appendQuantified(.scalar(scalar))
            case .item(let item): try appendQuantified(.scalarClass(ScalarClass(items: [item])))
            }
        }
    }

    private static func backReference(at offset: Int) -> PatternSyntax.Node {
        .unsupported(
            message: "back-references are not supported: they cannot be matched in linear time",
            offset: offset)
    }

    private mutating func appendAssertion(_ assertion: PatternAssertion, length: Int) {
        position += length
        append(syntax.add(.assertion(assertion)))
    }

    mutating func append(_ node: PatternSyntax.NodeIndex) {
        groups[groups.count - 1].sequence.append(node)
    }

    mutating func appendQuantified(_ node: PatternSyntax.Node) throws(PatternError) {
        try appendQuantified(syntax.add(node))
    }

    mutating func appendQuantified(_ atom: PatternSyntax.NodeIndex) throws(PatternError) {
        guard let (minimum, maximum) = try parseQuantifier() else { return append(atom) }
        append(syntax.add(.repetition(atom, minimum: minimum, maximum: maximum)))
    }
}

/// Quantifiers and reading.
extension PatternParser {
    private mutating func parseQuantifier() throws(PatternError) -> (minimum: Int, maximum: Int?)? {
        let bounds: (minimum: Int, maximum: Int?)
        if take("*") {
            bounds = (0, nil)
        } else if take("+") {
            bounds = (1, nil)
        } else if take("?") {
            bounds = (0, 1)
        } else if peek() == UInt8(ascii: "{") {
            bounds = try parseBraces()
        } else {
            return nil
        }
        _ = take("?")
        return bounds
    }

    private mutating func parseBraces() throws(PatternError) -> (minimum: Int, maximum: Int?) {
        let offset = position
        position += 1
        guard isDigit(peek()) else { throw PatternError(message: "incomplete quantifier", offset: offset) }
        let minimum = takeNumber()
        var maximum: Int? = minimum
        if take(",") { maximum = isDigit(peek()) ? takeNumber() : nil }
        guard take("}") else { throw PatternError(message: "incomplete quantifier", offset: offset) }
        if let maximum, maximum < minimum {
            throw PatternError(message: "numbers out of order in quantifier", offset: offset)
        }
        return (minimum, maximum)
    }

    func isDigit(_ byte: UInt8?) -> Bool {
        byte.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? false
    }

    /// A decimal number; one too large to mean anything becomes `Int32.max`.
    private mutating func takeNumber() -> Int {
        var number = 0
        while let byte = peek(), isDigit(byte) {
            number = min(number * 10 + Int(byte - UInt8(ascii: "0")), Int(Int32.max))
            position += 1
        }
        return number
    }

    func peek(_ distance: Int = 0) -> UInt8? {
        position + distance < source.count ? source[position + distance] : nil
    }

    mutating func take(_ text: StaticString) -> Bool {
        let isHere = text.withUTF8Buffer { source[position...].starts(with: $0) }
        if isHere { position += text.utf8CodeUnitCount }
        return isHere
    }

    mutating func takeScalar() -> UInt32 {
        let (scalar, length) = source.span.scalar(at: position)
        position += length
        return scalar
    }
}
