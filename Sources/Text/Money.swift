/// An exact amount of money or price: a whole number of 10⁻¹² units of its currency.
///
/// Never a binary fraction: what is read is what is kept. Range about ±10²⁶.
package struct Money: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The amount in 10⁻¹² currency units.
    package let trillionths: Int128

    package init(trillionths: Int128) {
        self.trillionths = trillionths
    }

    package static let zero = Money(trillionths: 0)

    /// The amount a decimal number says; nil when it has more than twelve decimals or is out of range.
    package init?(_ number: Number) {
        guard let trillionths = number.scaledInteger(decimals: 12) else { return nil }
        self.trillionths = trillionths
    }

    package static func < (left: Money, right: Money) -> Bool { left.trillionths < right.trillionths }

    /// This amount times a whole number; nil when out of range.
    package func multiplied(by factor: Int) -> Money? {
        let (product, overflow) = trillionths.multipliedReportingOverflow(by: Int128(factor))
        return overflow ? nil : Money(trillionths: product)
    }

    /// The shortest decimal text of the amount, without an exponent: `0.15`, `12`, `-3.5`.
    package var description: String {
        let magnitude = trillionths.magnitude
        let unit: UInt128 = 1_000_000_000_000
        var fraction = String(magnitude % unit)
        fraction = String(repeating: "0", count: 12 - fraction.count) + fraction
        while fraction.hasSuffix("0") { fraction.removeLast() }
        let sign = trillionths < 0 ? "-" : ""
        return sign + String(magnitude / unit) + (fraction.isEmpty ? "" : "." + fraction)
    }

    /// The sum; amounts of one currency, and so few or small that it is in range.
    package static func + (left: Money, right: Money) -> Money {
        Money(trillionths: left.trillionths + right.trillionths)
    }

    /// The difference; amounts of one currency.
    package static func - (left: Money, right: Money) -> Money {
        Money(trillionths: left.trillionths - right.trillionths)
    }

    package static func += (left: inout Money, right: Money) { left = left + right }

    /// This amount rounded to so many decimals (0 to 12), halves away from zero, with all of them written out.
    package func text(decimals: Int) -> String {
        let step = (decimals..<12).reduce(Int128(1)) { step, _ in step * 10 }
        let rounded = Money(trillionths: (trillionths.scaled(by: 1, over: step) ?? 0) * step).description
        guard decimals > 0 else { return rounded }
        let fraction = rounded.split(separator: ".").dropFirst().first?.count ?? 0
        return rounded + (fraction == 0 ? "." : "") + String(repeating: "0", count: decimals - fraction)
    }

    /// This amount over ten to a power, exactly: the price of one from that of a million.
    package func text(overTenTo power: Int) -> String {
        let decimals = 12 + power
        var digits = String(trillionths.magnitude)
        digits = String(repeating: "0", count: max(0, decimals + 1 - digits.utf8.count)) + digits
        var fraction = digits.suffix(decimals)
        while fraction.last == "0" { fraction.removeLast() }
        let sign = trillionths < 0 ? "-" : ""
        return sign + digits.dropLast(decimals) + (fraction.isEmpty ? "" : "." + fraction)
    }

    /// This amount as a share of another, in hundredths of a percent, rounded; nil of nothing.
    package func basisPoints(of whole: Money) -> Int? {
        trillionths.scaled(by: 10_000, over: whole.trillionths).flatMap { Int(exactly: $0) }
    }

    /// The nearest Double: for ratios, scores and charts, never for amounts.
    package var approximate: Double {
        // From 64 bits the processor does it; from 128 a generic routine that is twenty times slower.
        (Int64(exactly: trillionths).map { Double($0) } ?? Double(trillionths)) / 1e12
    }
}
