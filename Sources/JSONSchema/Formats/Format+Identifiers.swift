/// UUIDs (RFC 4122), JSON Pointers (RFC 6901 and its relative form) and URI templates (RFC 6570).
extension Format {
    static func isUUID(_ text: Span<UInt8>) -> Bool {
        guard text.count == 36 else { return false }
        for offset in text.indices {
            switch offset {
            case 8, 13, 18, 23: if text[offset] != UInt8(ascii: "-") { return false }
            default: if !text.isHexadecimal(at: offset) { return false }
            }
        }
        return true
    }

    static func isJSONPointer(_ text: Span<UInt8>) -> Bool {
        isJSONPointer(text, from: 0)
    }

    /// Levels up, optionally `+n` or `-n` places along an array, then a pointer or `#`.
    static func isRelativeJSONPointer(_ text: Span<UInt8>) -> Bool {
        var offset = 0
        guard takeInteger(text, at: &offset) else { return false }
        if text.take(UInt8(ascii: "+"), at: &offset) || text.take(UInt8(ascii: "-"), at: &offset) {
            guard text.byte(at: offset) != UInt8(ascii: "0"), takeInteger(text, at: &offset) else {
                return false
            }
        }
        if text.take(UInt8(ascii: "#"), at: &offset) { return offset == text.count }
        return isJSONPointer(text, from: offset)
    }

    private static func isJSONPointer(_ text: Span<UInt8>, from start: Int) -> Bool {
        guard start < text.count else { return true }
        guard text[start] == UInt8(ascii: "/") else { return false }
        for offset in start..<text.count where text[offset] == UInt8(ascii: "~") {
            let escaped = text.byte(at: offset + 1)
            guard escaped == UInt8(ascii: "0") || escaped == UInt8(ascii: "1") else { return false }
        }
        return true
    }

    /// Decimal digits without a leading zero.
    private static func takeInteger(_ text: Span<UInt8>, at offset: inout Int) -> Bool {
        let start = offset
        let digitCount = text.takeAll(.digits, at: &offset)
        return digitCount == 1 || digitCount > 1 && text[start] != UInt8(ascii: "0")
    }
}

extension Format {
    private static let templateOperators = ASCIISet("+#./;?&=,!@|")
    private static let notInLiterals = ASCIISet("\"<>\\^`{|}% ")
    private static let variableCharacters = ASCIISet.lettersAndDigits + ASCIISet("_")

    /// Literals, and expressions in braces. Apostrophes are literals (RFC 6570, erratum 6937).
    static func isURITemplate(_ text: Span<UInt8>) -> Bool {
        var offset = 0
        while let byte = text.byte(at: offset) {
            if byte == UInt8(ascii: "{") {
                guard takeExpression(text, at: &offset) else { return false }
            } else if byte == UInt8(ascii: "%") {
                guard takePercentEncoded(text, at: &offset) else { return false }
            } else {
                let (scalar, length) = text.scalar(at: offset)
                let isLiteral =
                    scalar < 0x80
                    ? scalar > 0x1F && scalar != 0x7F && !notInLiterals.contains(byte)
                    : ResourceIdentifier.isAllowed(scalar) || ResourceIdentifier.isPrivateUse(scalar)
                guard isLiteral else { return false }
                offset += length
            }
        }
        return true
    }

    /// `{?name,list*,prefix:3}`
    private static func takeExpression(_ text: Span<UInt8>, at offset: inout Int) -> Bool {
        offset += 1
        if let byte = text.byte(at: offset), templateOperators.contains(byte) { offset += 1 }
        repeat {
            guard takeVariableName(text, at: &offset) else { return false }
            if text.take(UInt8(ascii: ":"), at: &offset) {
                let isPositive = text.byte(at: offset) != UInt8(ascii: "0")
                guard isPositive, (1...4).contains(text.takeAll(.digits, at: &offset)) else { return false }
            } else {
                _ = text.take(UInt8(ascii: "*"), at: &offset)
            }
        } while text.take(UInt8(ascii: ","), at: &offset)
        return text.take(UInt8(ascii: "}"), at: &offset)
    }

    /// Words separated by single dots.
    private static func takeVariableName(_ text: Span<UInt8>, at offset: inout Int) -> Bool {
        repeat {
            let start = offset
            while text.takeAll(variableCharacters, at: &offset) > 0 || takePercentEncoded(text, at: &offset) {
            }
            if offset == start { return false }
        } while text.take(UInt8(ascii: "."), at: &offset)
        return true
    }

    private static func takePercentEncoded(_ text: Span<UInt8>, at offset: inout Int) -> Bool {
        guard text.byte(at: offset) == UInt8(ascii: "%"), text.isHexadecimal(at: offset + 1),
            text.isHexadecimal(at: offset + 2)
        else { return false }
        offset += 3
        return true
    }
}
