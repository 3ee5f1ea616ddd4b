extension Int128 {
    /// This number times a fraction, rounded once to a whole number, halves away from zero: money times a quantity
    /// over the units of a price, with the product never cut short. Nil for a denominator of zero, or when out of range.
    package func scaled(by numerator: Int128, over denominator: Int128) -> Int128? {
        guard denominator != 0 else { return nil }
        let isNegative = (self < 0) != ((numerator < 0) != (denominator < 0)) && self != 0 && numerator != 0
        let divisor = denominator.magnitude
        let product = magnitude.multipliedFullWidth(by: numerator.magnitude)
        guard product.high < divisor else { return nil }
        var (quotient, remainder) = divisor.dividingFullWidth(product)
        if remainder >= divisor - remainder {
            guard quotient < .max else { return nil }
            quotient += 1
        }
        guard let whole = Int128(exactly: quotient) else { return nil }
        return isNegative ? -whole : whole
    }
}
