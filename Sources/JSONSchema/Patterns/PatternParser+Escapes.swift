/// Classes and escapes.
extension PatternParser {
    /// What a backslash and what follows stand for.
    enum Escape {
        case scalar(UInt32)
        case item(ScalarClass.Item)
    }

    /// `[…]`, from the bracket on.
    mutating func parseClass() throws(PatternError) -> ScalarClass {
        let offset = position
        position += 1
        var result = ScalarClass(items: [])
        result.isNegated = take("^")
        while let byte = peek() {
            if byte == UInt8(ascii: "]") {
                position += 1
                return result
            }
            let start = position
            let first = try parseClassAtom()
            guard peek() == UInt8(ascii: "-"), let after = peek(1), after != UInt8(ascii: "]") else {
                result.items.append(Self.item(first))
                continue
            }
            position += 1
            guard case .scalar(let lower) = first, case .scalar(let upper) = try parseClassAtom() else {
                throw PatternError(message: "a class cannot be the end of a range", offset: start)
            }
            guard lower <= upper else {
                throw PatternError(message: "range out of order in character class", offset: start)
            }
            result.items.append(.range(lower...upper))
        }
        throw PatternError(message: "unterminated character class", offset: offset)
    }

    private static func item(_ atom: Escape) -> ScalarClass.Item {
        switch atom {
        case .scalar(let scalar): .range(scalar...scalar)
        case .item(let item): item
        }
    }

    private mutating func parseClassAtom() throws(PatternError) -> Escape {
        guard peek() == UInt8(ascii: "\\") else { return .scalar(takeScalar()) }
        if take("\\b") { return .scalar(0x08) }
        if take("\\-") { return .scalar(0x2D) }
        return try parseEscape()
    }

    /// An escape that means the same inside and outside a class.
    mutating func parseEscape() throws(PatternError) -> Escape {
        let offset = position
        guard let letter = peek(1) else {
            throw PatternError(message: "nothing follows the last backslash", offset: offset)
        }
        if let escape = Self.singleLetterEscapes(letter) {
            position += 2
            return escape
        }
        switch letter {
        case UInt8(ascii: "u"):
            return .scalar(try parseUnicodeEscape())
        case UInt8(ascii: "x"):
            position += 2
            guard let value = takeHexadecimal(digits: 2) else {
                throw PatternError(message: "two hexadecimal digits must follow '\\x'", offset: offset)
            }
            return .scalar(value)
        case UInt8(ascii: "c"):
            guard let control = peek(2), Unicode.Scalar(control).properties.isAlphabetic, control < 0x80
            else {
                throw PatternError(message: "a letter must follow '\\c'", offset: offset)
            }
            position += 3
            return .scalar(UInt32(control % 32))
        case UInt8(ascii: "0") where !isDigit(peek(2)):
            position += 2
            return .scalar(0)
        case UInt8(ascii: "p"), UInt8(ascii: "P"):
            return .item(try parseProperty(isNegated: letter == UInt8(ascii: "P")))
        default:
            // Only what can be shown in a line of output is shown.
            let shown = (0x21...0x7E).contains(letter) ? " '\\\(Character(Unicode.Scalar(letter)))'" : ""
            throw PatternError(message: "unknown escape" + shown, offset: offset)
        }
    }

    private static func singleLetterEscapes(_ letter: UInt8) -> Escape? {
        switch letter {
        case UInt8(ascii: "d"): .item(.named(.digits, isNegated: false))
        case UInt8(ascii: "D"): .item(.named(.digits, isNegated: true))
        case UInt8(ascii: "w"): .item(.named(.wordCharacters, isNegated: false))
        case UInt8(ascii: "W"): .item(.named(.wordCharacters, isNegated: true))
        case UInt8(ascii: "s"): .item(.named(.whiteSpace, isNegated: false))
        case UInt8(ascii: "S"): .item(.named(.whiteSpace, isNegated: true))
        case UInt8(ascii: "t"): .scalar(0x09)
        case UInt8(ascii: "n"): .scalar(0x0A)
        case UInt8(ascii: "v"): .scalar(0x0B)
        case UInt8(ascii: "f"): .scalar(0x0C)
        case UInt8(ascii: "r"): .scalar(0x0D)
        case UInt8(ascii: "^"), UInt8(ascii: "$"), UInt8(ascii: "\\"), UInt8(ascii: "."), UInt8(ascii: "*"),
            UInt8(ascii: "+"), UInt8(ascii: "?"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["),
            UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "|"), UInt8(ascii: "/"):
            .scalar(UInt32(letter))
        default: nil
        }
    }

    /// `\uHHHH`, a pair of them that spells a character beyond the BMP, or `\u{H…}`.
    mutating func parseUnicodeEscape() throws(PatternError) -> UInt32 {
        let offset = position
        position += 2
        if take("{") {
            if let value = takeHexadecimal(digits: nil), value <= ScalarSet.lastScalar, take("}") {
                return value
            }
            throw PatternError(message: "a code point up to 10FFFF must follow '\\u{'", offset: offset)
        }
        guard let value = takeHexadecimal(digits: 4) else {
            throw PatternError(message: "four hexadecimal digits must follow '\\u'", offset: offset)
        }
        guard (0xD800...0xDBFF).contains(value) else { return value }
        let afterLead = position
        if take("\\u"), let trail = takeHexadecimal(digits: 4), (0xDC00...0xDFFF).contains(trail) {
            return 0x10000 + (value - 0xD800) << 10 + (trail - 0xDC00)
        }
        position = afterLead
        return value
    }

    /// Exactly so many digits, or any number of them from one on; a value beyond all code points stays beyond.
    private mutating func takeHexadecimal(digits: Int?) -> UInt32? {
        var value: UInt32 = 0
        var count = 0
        while count != digits, let byte = peek(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue {
            value = min(value * 16 + UInt32(digit), ScalarSet.lastScalar + 1)
            position += 1
            count += 1
        }
        return count == 0 || count != digits ?? count ? nil : value
    }

    /// `\p{…}` or `\P{…}`.
    private mutating func parseProperty(isNegated: Bool) throws(PatternError) -> ScalarClass.Item {
        let offset = position
        position += 2
        guard take("{") else { throw PatternError(message: "'{name}' must follow '\\p'", offset: offset) }
        let text = source[position...].prefix { Self.isNameCharacter($0) }
        position = text.endIndex
        guard !text.isEmpty, take("}") else {
            throw PatternError(message: "'{name}' must follow '\\p'", offset: offset)
        }
        let parts = text.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        let property =
            parts.count == 2
            ? ScalarProperty(name: parts[0], value: parts[1]) : ScalarProperty(lone: parts[0])
        guard let property else {
            let name = parts.joined(separator: "=")
            throw PatternError(message: "unknown Unicode property '\(name)'", offset: offset)
        }
        return .named(.property(property), isNegated: isNegated)
    }

    /// Letters, digits and `_`, and the `=` between a property's name and its value.
    private static func isNameCharacter(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "=") || byte == UInt8(ascii: "_")
            || byte < 0x80 && Character(Unicode.Scalar(byte)).isLetter
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
