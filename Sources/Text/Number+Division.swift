extension Number {
    /// True when this number is a whole multiple of `divisor`, decided exactly.
    ///
    /// With v = c × 10^e and d = k × 10^f the question is whether k divides c × 10^(e − f). Quadratic in digits.
    package func isMultiple(of divisor: Number) -> Bool {
        if isZero { return true }
        guard !divisor.isZero else { return false }
        let power = exponent - divisor.exponent
        // With e < f ten would have to divide c, whose last digit is never zero.
        guard power >= 0 else { return false }
        // A power of ten, which every bound on decimals is.
        if divisor.coefficient == 1 { return true }
        return LongNatural(divisor.digits).divides(digits, timesTenTo: power)
    }
}

/// A natural number of any length in limbs of 32 bits, least significant first: just enough for a remainder.
private struct LongNatural {
    var limbs: [UInt32] = []

    init(_ digits: [UInt8]) {
        for digit in digits { multiplyByTenAndAdd(UInt32(digit)) }
    }

    /// True when this number divides `digits × 10^power`.
    func divides(_ digits: [UInt8], timesTenTo power: Int) -> Bool {
        var remainder = LongNatural([])
        for digit in digits { remainder.appendDigit(UInt32(digit), modulo: self) }
        // Each factor of two and five of the divisor needs at most one zero: more zeros than bits change nothing.
        for _ in 0..<min(power, limbs.count * 32) { remainder.appendDigit(0, modulo: self) }
        return remainder.limbs.isEmpty
    }

    private mutating func multiplyByTenAndAdd(_ digit: UInt32) {
        var carry = UInt64(digit)
        for index in limbs.indices {
            let product = UInt64(limbs[index]) * 10 + carry
            limbs[index] = UInt32(truncatingIfNeeded: product)
            carry = product >> 32
        }
        if carry > 0 { limbs.append(UInt32(carry)) }
    }

    private mutating func appendDigit(_ digit: UInt32, modulo divisor: LongNatural) {
        multiplyByTenAndAdd(digit)
        while !isBelow(divisor) { subtract(divisor) }
    }

    private func isBelow(_ other: LongNatural) -> Bool {
        if limbs.count != other.limbs.count { return limbs.count < other.limbs.count }
        return limbs.reversed().lexicographicallyPrecedes(other.limbs.reversed())
    }

    private mutating func subtract(_ other: LongNatural) {
        var borrow: Int64 = 0
        for index in limbs.indices {
            let difference =
                Int64(limbs[index]) - (index < other.limbs.count ? Int64(other.limbs[index]) : 0) - borrow
            borrow = difference < 0 ? 1 : 0
            limbs[index] = UInt32(truncatingIfNeeded: difference)
        }
        while limbs.last == 0 { limbs.removeLast() }
    }
}
