/// Reads a regular expression of ECMA-262 in its `u` mode: what it refuses, `new RegExp(source, "u")` refuses.
///
/// Open groups stand on a stack of the parser's own, so that nesting is bounded by memory only. Time and memory are
/// linear in the source.
struct PatternParser {
    /// A group whose `)` has not come yet; the first stands for the whole pattern.
    private struct OpenGroup {
        enum Kind {
            case plain
            case look(LookDirection, isNegated: Bool)
            case modified
        }

        let kind: Kind
        let offset: Int
        var alternatives: [PatternSyntax.NodeIndex] = []
        /// The alternative being read, and where it starts.
        var sequence: [PatternSyntax.NodeIndex] = []
        var sequenceOffset = 0
    }

    let source: [UInt8]
    var position = 0
    private var syntax = PatternSyntax()
    private var groups = [OpenGroup(kind: .plain, offset: -1)]
    private var captureCount = 0
    /// Where each group name was given last.
    private var nameOffsets: [String: Int] = [:]
    private var numberReferences: [(number: Int, offset: Int)] = []
    private var nameReferences: [(name: String, offset: Int)] = []

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
            try appendQuantified(.scalarClass(ScalarClass(items: [.notLineTerminators])))
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

    private mutating func append(_ node: PatternSyntax.NodeIndex) {
        groups[groups.count - 1].sequence.append(node)
    }

    private mutating func appendQuantified(_ node: PatternSyntax.Node) throws(PatternError) {
        try appendQuantified(syntax.add(node))
    }

    private mutating func appendQuantified(_ atom: PatternSyntax.NodeIndex) throws(PatternError) {
        guard let (minimum, maximum) = try parseQuantifier() else { return append(atom) }
        append(syntax.add(.repetition(atom, minimum: minimum, maximum: maximum)))
    }
}

/// Groups.
extension PatternParser {
    private mutating func openGroup() throws(PatternError) {
        let offset = position
        position += 1
        var name: String?
        var kind = OpenGroup.Kind.plain
        if !take("?") {
            captureCount += 1
        } else if take("=") {
            kind = .look(.ahead, isNegated: false)
        } else if take("!") {
            kind = .look(.ahead, isNegated: true)
        } else if take("<=") {
            kind = .look(.behind, isNegated: false)
        } else if take("<!") {
            kind = .look(.behind, isNegated: true)
        } else if peek() == UInt8(ascii: "<") {
            name = try parseGroupName()
            captureCount += 1
        } else if !take(":") {
            try skipModifiers(of: offset)
            kind = .modified
        }
        if let name {
            guard isFree(name) else {
                throw PatternError(message: "group name '\(name)' is taken", offset: offset)
            }
            nameOffsets[name] = offset
        }
        groups.append(OpenGroup(kind: kind, offset: offset, sequenceOffset: position))
    }

    /// A name may be given again only in another alternative of a group around both, as then no match has both.
    private func isFree(_ name: String) -> Bool {
        guard let previous = nameOffsets[name] else { return true }
        let around = groups.last { $0.offset < previous }
        return around.map { previous < $0.sequenceOffset } ?? true
    }

    private mutating func closeGroup() throws(PatternError) {
        guard groups.count > 1 else {
            throw PatternError(message: "unmatched ')'", offset: position)
        }
        position += 1
        let body = finishChoice()
        let group = groups.removeLast()
        switch group.kind {
        case .plain:
            try appendQuantified(body)
        case .look(let direction, let isNegated):
            append(syntax.add(.look(direction, body, isNegated: isNegated)))
        case .modified:
            try appendQuantified(
                .unsupported(
                    message: "modifiers are not supported; write the variants out", offset: group.offset))
        }
    }

    private mutating func finishAlternative() {
        let last = groups.count - 1
        let sequence = groups[last].sequence
        let node = sequence.count == 1 ? sequence[0] : syntax.add(.sequence(sequence))
        groups[last].alternatives.append(node)
        groups[last].sequence = []
        groups[last].sequenceOffset = position
    }

    private mutating func finishChoice() -> PatternSyntax.NodeIndex {
        finishAlternative()
        let alternatives = groups[groups.count - 1].alternatives
        let isRoot = groups.count == 1
        return alternatives.count == 1 && !isRoot ? alternatives[0] : syntax.add(.choice(alternatives))
    }

    /// `(?ims-ims:`: each flag once, and not a lone `-`.
    private mutating func skipModifiers(of group: Int) throws(PatternError) {
        var seen: [UInt8] = []
        var hasMinus = false
        while let byte = peek() {
            position += 1
            switch byte {
            case UInt8(ascii: "i"), UInt8(ascii: "m"), UInt8(ascii: "s"):
                guard !seen.contains(byte) else { break }
                seen.append(byte)
                continue
            case UInt8(ascii: "-") where !hasMinus:
                hasMinus = true
                continue
            case UInt8(ascii: ":") where !seen.isEmpty:
                return
            default:
                break
            }
            break
        }
        throw PatternError(message: "unknown kind of group after '(?'", offset: group)
    }

    private mutating func parseGroupName() throws(PatternError) -> String {
        let offset = position
        var name = String.UnicodeScalarView()
        guard take("<") else { throw PatternError(message: "group name expected", offset: offset) }
        while let byte = peek(), byte != UInt8(ascii: ">") {
            let isEscape = byte == UInt8(ascii: "\\")
            if isEscape, peek(1) != UInt8(ascii: "u") { break }
            let value = isEscape ? try parseUnicodeEscape() : takeScalar()
            guard let scalar = Unicode.Scalar(value), Self.mayStand(scalar, first: name.isEmpty) else {
                break
            }
            name.append(scalar)
        }
        guard !name.isEmpty, take(">") else {
            throw PatternError(message: "invalid group name", offset: offset)
        }
        return String(name)
    }

    private static func mayStand(_ scalar: Unicode.Scalar, first: Bool) -> Bool {
        if scalar == "$" || scalar == "_" || scalar.properties.isIDStart { return true }
        return !first && (scalar.properties.isIDContinue || scalar == "\u{200C}" || scalar == "\u{200D}")
    }

    private func checkReferences() throws(PatternError) {
        for reference in numberReferences where reference.number > captureCount {
            throw PatternError(message: "no group has number \(reference.number)", offset: reference.offset)
        }
        for reference in nameReferences where nameOffsets[reference.name] == nil {
            throw PatternError(message: "no group is named '\(reference.name)'", offset: reference.offset)
        }
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
