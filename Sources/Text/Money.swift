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
}
