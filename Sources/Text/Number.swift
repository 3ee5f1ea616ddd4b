/// An exact decimal number of any size: `± digits × 10^exponent`, compared by value, never through a Double.
///
/// Values with at most 18 significant digits, nearly all there are, need no allocation.
package struct Number: Sendable, Hashable {
    package let isNegative: Bool
    /// The significant digits as an integer when there are at most 18, with no trailing zero; else 0.
    let coefficient: UInt64
    /// The significant digits, most significant first, when there are more than 18; else empty.
    let longDigits: [UInt8]
    /// The power of ten of the last significant digit; 0 for zero. Clamped to ±10⁹.
    let exponent: Int

    private static let shortDigits = 18
    fileprivate static let exponentLimit = 1_000_000_000

    package static let zero = Number(isNegative: false, coefficient: 0, longDigits: [], exponent: 0)

    package init(_ integer: Int) {
        self.init(
            digits: Array(String(integer.magnitude).utf8.map { $0 - 48 }), isNegative: integer < 0,
            exponent: 0)
    }

    /// Reads a number in JSON's grammar (RFC 8259 section 6); nil for anything else.
    package init?(_ text: Span<UInt8>) {
        var offset = 0
        let isNegative = text.count > 0 && text[0] == UInt8(ascii: "-")
        if isNegative { offset = 1 }
        var scan = DigitScan()
        guard scan.readInteger(text, &offset) else { return nil }
        if offset < text.count, text[offset] == UInt8(ascii: ".") {
            offset += 1
            guard scan.readFraction(text, &offset) else { return nil }
        }
        if offset < text.count, text[offset] | 0x20 == UInt8(ascii: "e") {
            offset += 1
            guard scan.readExponent(text, &offset) else { return nil }
        }
        guard offset == text.count else { return nil }
        if scan.significant <= Number.shortDigits {
            self.init(isNegative: isNegative, coefficient: scan.value, exponent: scan.exponent)
        } else {
            self.init(digits: scan.digits(of: text), isNegative: isNegative, exponent: scan.exponent)
        }
    }

    /// Reads a number in JSON's grammar from a string.
    package init?(_ text: String) {
        self.init(Array(text.utf8).span)
    }

    package var isZero: Bool { coefficient == 0 && longDigits.isEmpty }

    /// True of 3, 3.0 and 30e-1 alike.
    package var isInteger: Bool { exponent >= 0 }

    /// The number as an Int when it is whole and fits.
    package var integer: Int? {
        scaledInteger(decimals: 0).flatMap { Int(exactly: $0) }
    }

    /// The number times 10^decimals when that is whole and fits.
    package func scaledInteger(decimals: Int) -> Int128? {
        if isZero { return 0 }
        let power = exponent + decimals
        guard power >= 0, power + digitCount <= 38 else { return nil }
        var value = Int128(coefficient)
        for digit in longDigits { value = value * 10 + Int128(digit) }
        for _ in 0..<power { value *= 10 }
        return isNegative ? -value : value
    }

    /// The nearest Double, infinite beyond its range: for ratios and charts, never for money.
    package var approximate: Double {
        let sign = isNegative ? "-" : ""
        let digits =
            longDigits.isEmpty
            ? String(coefficient) : String(decoding: longDigits.map { $0 + 48 }, as: UTF8.self)
        return Double("\(sign)\(digits)e\(exponent)") ?? 0
    }

    /// How many significant digits there are; 0 for zero.
    var digitCount: Int {
        if !longDigits.isEmpty { return longDigits.count }
        var count = 0
        var rest = coefficient
        while rest > 0 { (count, rest) = (count + 1, rest / 10) }
        return count
    }

    var digits: [UInt8] {
        guard longDigits.isEmpty else { return longDigits }
        return isZero ? [] : String(coefficient).utf8.map { $0 - 48 }
    }

    private init(isNegative: Bool, coefficient: UInt64, longDigits: [UInt8], exponent: Int) {
        self.isNegative = isNegative
        self.coefficient = coefficient
        self.longDigits = longDigits
        self.exponent = min(max(exponent, -Number.exponentLimit), Number.exponentLimit)
    }

    /// A number of few digits: trailing zeros move into the exponent, so that equal values are equal fields.
    private init(isNegative: Bool, coefficient: UInt64, exponent: Int) {
        guard coefficient != 0 else {
            self = .zero
            return
        }
        var coefficient = coefficient
        var exponent = exponent
        while coefficient % 10 == 0 { (coefficient, exponent) = (coefficient / 10, exponent + 1) }
        self.init(isNegative: isNegative, coefficient: coefficient, longDigits: [], exponent: exponent)
    }

    private init(digits: [UInt8], isNegative: Bool, exponent: Int) {
        var digits = digits[...]
        var exponent = exponent
        while digits.first == 0 { digits.removeFirst() }
        while digits.last == 0 { (digits, exponent) = (digits.dropLast(), exponent + 1) }
        if digits.count <= Number.shortDigits {
            let value = digits.reduce(UInt64(0)) { $0 * 10 + UInt64($1) }
            self.init(isNegative: isNegative, coefficient: value, exponent: exponent)
        } else {
            self.init(isNegative: isNegative, coefficient: 0, longDigits: Array(digits), exponent: exponent)
        }
    }
}

extension Number: Comparable {
    package static func < (left: Number, right: Number) -> Bool {
        if left.isNegative != right.isNegative { return left.isNegative }
        return left.isNegative ? magnitude(right, isBelow: left) : magnitude(left, isBelow: right)
    }

    private static func magnitude(_ left: Number, isBelow right: Number) -> Bool {
        if left.isZero || right.isZero { return left.isZero && !right.isZero }
        if left.exponent == right.exponent, left.longDigits.isEmpty, right.longDigits.isEmpty {
            return left.coefficient < right.coefficient
        }
        let orders = (left.digitCount + left.exponent, right.digitCount + right.exponent)
        guard orders.0 == orders.1 else { return orders.0 < orders.1 }
        return left.digits.lexicographicallyPrecedes(right.digits)
    }
}

/// One pass over the digits of a number's text.
private struct DigitScan {
    /// The significant digits as an integer; meaningless once there are more than 18 of them.
    var value: UInt64 = 0
    /// Digits counted from the first that is not zero.
    var significant = 0
    /// Power of ten of the last digit read.
    var exponent = 0

    mutating func readInteger(_ text: Span<UInt8>, _ offset: inout Int) -> Bool {
        let start = offset
        readDigits(text, &offset)
        // A leading zero stands alone: 0 and 0.5 are numbers, 01 is not.
        return offset > start && (text[start] != UInt8(ascii: "0") || offset == start + 1)
    }

    mutating func readFraction(_ text: Span<UInt8>, _ offset: inout Int) -> Bool {
        let start = offset
        readDigits(text, &offset)
        exponent = start - offset
        return offset > start
    }

    mutating func readExponent(_ text: Span<UInt8>, _ offset: inout Int) -> Bool {
        var isNegative = false
        if offset < text.count, text[offset] == UInt8(ascii: "-") || text[offset] == UInt8(ascii: "+") {
            isNegative = text[offset] == UInt8(ascii: "-")
            offset += 1
        }
        let start = offset
        var power = 0
        while offset < text.count, text[offset] >= 48, text[offset] <= 57 {
            power = min(power * 10 + Int(text[offset] - 48), Number.exponentLimit)
            offset += 1
        }
        exponent += isNegative ? -power : power
        return offset > start
    }

    /// All digits of the mantissa, for numbers too long for `value`.
    func digits(of text: Span<UInt8>) -> [UInt8] {
        var digits: [UInt8] = []
        for offset in text.indices {
            let byte = text[offset]
            if byte | 0x20 == UInt8(ascii: "e") { break }
            if byte >= 48, byte <= 57 { digits.append(byte - 48) }
        }
        return digits
    }

    private mutating func readDigits(_ text: Span<UInt8>, _ offset: inout Int) {
        while offset < text.count, text[offset] >= 48, text[offset] <= 57 {
            let digit = UInt64(text[offset] - 48)
            if significant > 0 || digit != 0 { significant += 1 }
            value = value &* 10 &+ digit
            offset += 1
        }
    }
}

extension Number: CustomStringConvertible {
    /// Plain decimal where that is short, else with an exponent.
    package var description: String {
        let digits = String(decoding: self.digits.map { $0 + 48 }, as: UTF8.self)
        let sign = isNegative ? "-" : ""
        if isZero { return "0" }
        if exponent >= 0, exponent <= 24 { return sign + digits + String(repeating: "0", count: exponent) }
        guard exponent < 0, exponent >= -24 else { return "\(sign)\(digits)e\(exponent)" }
        let padded = String(repeating: "0", count: max(0, 1 - exponent - digits.count)) + digits
        return sign + padded.dropLast(-exponent) + "." + padded.suffix(-exponent)
    }
}
