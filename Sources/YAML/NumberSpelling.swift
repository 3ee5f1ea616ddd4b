/// Numbers of YAML in JSON's spelling (RFC 8259 section 6), digit for digit and of any length.
enum NumberSpelling {
    /// Appends a decimal number of the core schema: `+1`, `010`, `.5`, `1.` become `1`, `10`, `0.5`, `1.0`.
    static func appendDecimal(_ text: Span<UInt8>, to output: inout [UInt8]) {
        var offset = 0
        if text[0] == UInt8(ascii: "-") { output.append(UInt8(ascii: "-")) }
        if text[0] == UInt8(ascii: "-") || text[0] == UInt8(ascii: "+") { offset = 1 }
        while offset + 1 < text.count, text[offset] == UInt8(ascii: "0"), text[offset + 1] &- 48 < 10 {
            offset += 1
        }
        if text[offset] == UInt8(ascii: ".") { output.append(UInt8(ascii: "0")) }
        while offset < text.count {
            let byte = text[offset]
            output.append(byte)
            offset += 1
            if byte == UInt8(ascii: "."), offset == text.count || text[offset] &- 48 >= 10 {
                output.append(UInt8(ascii: "0"))
            }
        }
    }

    /// Appends the decimal digits of `0x…` (base 16) or `0o…` (base 8). Quadratic in the digits.
    static func appendInteger(_ text: Span<UInt8>, base: UInt32, to output: inout [UInt8]) {
        // Limbs of nine decimal digits, least significant first.
        var limbs: [UInt32] = [0]
        for index in 2..<text.count {
            var carry = UInt64(CoreSchema.hexadecimalDigit(text[index]))
            for limb in limbs.indices {
                let product = UInt64(limbs[limb]) * UInt64(base) + carry
                limbs[limb] = UInt32(product % 1_000_000_000)
                carry = product / 1_000_000_000
            }
            if carry > 0 { limbs.append(UInt32(carry)) }
        }
        output.append(contentsOf: String(limbs[limbs.count - 1]).utf8)
        for limb in limbs.dropLast().reversed() {
            let digits = String(limb).utf8
            output.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: 9 - digits.count))
            output.append(contentsOf: digits)
        }
    }

    /// True when a number in JSON's spelling is too large for IEEE 754's double precision, as `1e400` is.
    ///
    /// Only asked of numbers with an exponent or a fraction: a whole number may have any number of digits.
    static func overflows(_ text: Span<UInt8>) -> Bool {
        let largest: StaticString = "17976931348623158"
        var order = 0
        var significant = 0
        var comparison = 0
        var isFraction = false
        var offset = text[0] == UInt8(ascii: "-") ? 1 : 0
        while offset < text.count, text[offset] | 0x20 != UInt8(ascii: "e") {
            let byte = text[offset]
            offset += 1
            if byte == UInt8(ascii: ".") {
                isFraction = true
                continue
            }
            if significant > 0 || byte != UInt8(ascii: "0") {
                if comparison == 0, significant < largest.utf8CodeUnitCount {
                    comparison = Int(byte) - Int(unsafe largest.utf8Start[significant])
                }
                significant += 1
                if !isFraction { order += 1 }
            } else if isFraction {
                order -= 1
            }
        }
        guard significant > 0 else { return false }
        order += exponent(text, from: offset + 1)
        return order > 309 || (order == 309 && comparison > 0)
    }

    private static func exponent(_ text: Span<UInt8>, from start: Int) -> Int {
        guard start < text.count else { return 0 }
        var value = 0
        for offset in start..<text.count where text[offset] &- 48 < 10 {
            value = min(value * 10 + Int(text[offset] - 48), 1_000_000_000)
        }
        return text[start] == UInt8(ascii: "-") ? -value : value
    }
}

extension NumberSpelling {
    /// Appends the shortest decimal text of a number in JSON's spelling: `1e3`, `1.50`, `-0` become `1000`, `1.5`, `0`.
    ///
    /// Beyond thirty places it stays in the form `1.5e40`. The value is kept exactly.
    static func appendCanonical(_ text: ArraySlice<UInt8>, to output: inout [UInt8]) {
        let isNegative = text.first == UInt8(ascii: "-")
        let mantissa = text.prefix { $0 | 0x20 != UInt8(ascii: "e") }
        let exponentText = text.dropFirst(mantissa.count)
        guard exponentText.count <= 12 else {
            output.append(contentsOf: text)
            return
        }
        var digits = mantissa.filter { $0 &- 48 < 10 }
        let point = mantissa.firstIndex(of: UInt8(ascii: "."))
        var power = exponent(Array(exponentText.dropFirst()).span, from: 0)
        if let point { power -= mantissa.endIndex - point - 1 }
        while digits.last == UInt8(ascii: "0") {
            digits.removeLast()
            power += 1
        }
        digits.removeFirst(digits.prefix { $0 == UInt8(ascii: "0") }.count)
        if digits.isEmpty { return output.append(UInt8(ascii: "0")) }
        if isNegative { output.append(UInt8(ascii: "-")) }
        if power >= 0, digits.count + power <= 30 || power == 0 || exponentText.isEmpty {
            output.append(contentsOf: digits)
            output.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: power))
        } else if power < 0, -power <= 30 || exponentText.isEmpty {
            let fraction = max(digits.count + power, 0)
            output.append(contentsOf: fraction == 0 ? [UInt8(ascii: "0")] : Array(digits[..<fraction]))
            output.append(UInt8(ascii: "."))
            output.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: max(0, -power - digits.count)))
            output.append(contentsOf: digits[fraction...])
        } else {
            output.append(digits[0])
            if digits.count > 1 {
                output.append(UInt8(ascii: "."))
                output.append(contentsOf: digits.dropFirst())
            }
            output.append(contentsOf: "e\(power + digits.count - 1)".utf8)
        }
    }
}
