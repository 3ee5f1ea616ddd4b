import Documents

/// How plain scalars become values: the core schema of YAML 1.2.2, section 10.3.2, and nothing of YAML 1.1.
///
/// So `no`, `on`, `1_000`, `12:30:00` and `2024-05-01` are text, `010` is ten and `1e3` is a number.
enum CoreSchema {
    /// What a plain scalar stands for.
    enum Value {
        case null, `false`, `true`, text
        case integer(NumberForm)
        case number(NumberForm)
        /// `.inf` or `.nan`, which JSON does not have.
        case nonFinite
    }

    /// How far the spelling of a number is from JSON's.
    enum NumberForm {
        case json, decimal, octal, hexadecimal
    }

    /// Decides by the bytes alone. Linear in numbers, constant for nearly all text.
    static func value(of text: Span<UInt8>) -> Value {
        guard text.count > 0 else { return .null }
        let first = text[0]
        switch first {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            return number(text)
        case UInt8(ascii: "~"): return text.count == 1 ? .null : .text
        case UInt8(ascii: "n"), UInt8(ascii: "N"): return isWord(text, "null") ? .null : .text
        case UInt8(ascii: "t"), UInt8(ascii: "T"): return isWord(text, "true") ? .true : .text
        case UInt8(ascii: "f"), UInt8(ascii: "F"): return isWord(text, "false") ? .false : .text
        default: return .text
        }
    }

    /// True of `word`, `Word` and `WORD`.
    private static func isWord(_ text: Span<UInt8>, _ word: StaticString, from start: Int = 0) -> Bool {
        guard text.count - start == word.utf8CodeUnitCount else { return false }
        return word.withUTF8Buffer { lower in
            var capitals = 0
            for index in 0..<lower.count {
                let byte = text[start + index]
                let wanted = unsafe lower[index]
                if byte == wanted { continue }
                guard byte == wanted & ~0x20, wanted >= UInt8(ascii: "a") else { return false }
                // A capital after a small letter is no spelling of the word: nUll, NuLL.
                guard capitals == index else { return false }
                capitals += 1
            }
            return capitals <= 1 || capitals == lower.count
        }
    }

    private static func number(_ text: Span<UInt8>) -> Value {
        if text[0] == UInt8(ascii: "0"), text.count > 2 {
            if text[1] == UInt8(ascii: "x") {
                return allDigits(text, base: 16) ? .integer(.hexadecimal) : .text
            }
            if text[1] == UInt8(ascii: "o") { return allDigits(text, base: 8) ? .integer(.octal) : .text }
        }
        var offset = text[0] == UInt8(ascii: "-") || text[0] == UInt8(ascii: "+") ? 1 : 0
        let isPlus = text[0] == UInt8(ascii: "+")
        let integerStart = offset
        skipDigits(text, &offset)
        let integerDigits = offset - integerStart
        let isPadded = integerDigits > 1 && text[integerStart] == UInt8(ascii: "0")
        var form: NumberForm = isPlus || isPadded || integerDigits == 0 ? .decimal : .json
        if offset == text.count { return integerDigits > 0 ? .integer(form) : .text }
        if text[offset] == UInt8(ascii: ".") {
            offset += 1
            let fractionStart = offset
            skipDigits(text, &offset)
            if offset == fractionStart {
                if integerDigits == 0 { return isNonFinite(text, from: fractionStart) ? .nonFinite : .text }
                form = .decimal
            }
        } else if integerDigits == 0 {
            return .text
        }
        if offset < text.count, text[offset] | 0x20 == UInt8(ascii: "e") {
            offset += 1
            if offset < text.count, text[offset] == UInt8(ascii: "-") || text[offset] == UInt8(ascii: "+") {
                offset += 1
            }
            let exponentStart = offset
            skipDigits(text, &offset)
            if offset == exponentStart { return .text }
        }
        return offset == text.count ? .number(form) : .text
    }

    private static func isNonFinite(_ text: Span<UInt8>, from start: Int) -> Bool {
        if isWord(text, "inf", from: start) { return true }
        // `.nan` has no sign, and its capitals are .NaN and .NAN.
        guard start == 1, text.count == 4, text[2] | 0x20 == UInt8(ascii: "a") else { return false }
        let isCapital = text[2] == UInt8(ascii: "A")
        switch (text[1], text[3]) {
        case (UInt8(ascii: "n"), UInt8(ascii: "n")): return !isCapital
        case (UInt8(ascii: "N"), UInt8(ascii: "N")): return true
        default: return false
        }
    }

    private static func skipDigits(_ text: Span<UInt8>, _ offset: inout Int) {
        while offset < text.count, text[offset] &- 48 < 10 { offset += 1 }
    }

    private static func allDigits(_ text: Span<UInt8>, base: UInt8) -> Bool {
        for index in 2..<text.count where hexadecimalDigit(text[index]) >= base { return false }
        return true
    }

    /// The value of a hexadecimal digit, 255 for any other byte.
    static func hexadecimalDigit(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - 48
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - 87
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - 55
        default: 255
        }
    }
}
