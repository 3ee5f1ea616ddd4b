package import Entities
package import Text

/// What one unit costs, exactly; prices of one dimension compare whatever the sizes of their units.
package struct UnitPrice: Sendable, Hashable {
    /// In a currency that is known from the context.
    package let amount: Money
    package let unit: BillingUnit

    package init(_ amount: Money, per unit: BillingUnit) {
        self.amount = amount
        self.unit = unit
    }

    /// The price that a rate of an offer states.
    package init(_ rate: Rate) {
        let unit = rate.meter.billingUnit
        self.init(rate.price, per: BillingUnit(unit.dimension, size: unit.size * rate.per))
    }

    /// The price of another unit, rounded to twelve decimals; nil for a unit of another dimension.
    package func amount(per other: BillingUnit) -> Money? {
        guard other.dimension == unit.dimension else { return nil }
        return amount.trillionths.scaled(by: Int128(other.size), over: Int128(unit.size)).map(
            Money.init(trillionths:))
    }

    /// What a quantity costs, rounded once to twelve decimals; nil for one of another dimension or out of range.
    package func cost(of quantity: Quantity) -> Money? {
        guard quantity.dimension == unit.dimension else { return nil }
        return amount.trillionths.scaled(
            by: quantity.trillionths, over: Int128(unit.size) * Quantity.one
        ).map(Money.init(trillionths:))
    }

    /// Whether this price is lower; both of one dimension and none below nothing. Decided exactly.
    package func isBelow(_ other: UnitPrice) -> Bool {
        let left = amount.trillionths.magnitude.multipliedFullWidth(by: UInt128(other.unit.size))
        let right = other.amount.trillionths.magnitude.multipliedFullWidth(by: UInt128(unit.size))
        return (left.high, left.low) < (right.high, right.low)
    }
}

/// An exact amount of something that is counted.
package struct Quantity: Sendable, Hashable {
    package static let one: Int128 = 1_000_000_000_000

    package let dimension: BillingDimension
    /// In 10⁻¹² of the dimension's own unit.
    package let trillionths: Int128

    /// So many of a unit; nil for more than twelve decimals or more than 10¹⁸ of the dimension's own unit.
    package init?(_ count: Number, of unit: BillingUnit) {
        guard let scaled = count.scaledInteger(decimals: 12),
            scaled.magnitude < 1_000_000 * Quantity.one.magnitude
                * Quantity.one.magnitude
        else { return nil }
        let (trillionths, overflow) = scaled.multipliedReportingOverflow(by: Int128(unit.size))
        guard !overflow, trillionths.magnitude <= 1_000_000 * Quantity.one.magnitude * Quantity.one.magnitude
        else {
            return nil
        }
        dimension = unit.dimension
        self.trillionths = trillionths
    }

    /// What each unit costs when all of it costs so much; nil of nothing.
    package func price(ofAll amount: Money, per unit: BillingUnit) -> UnitPrice? {
        amount.trillionths.scaled(by: Int128(unit.size) * Quantity.one, over: trillionths).map {
            UnitPrice(Money(trillionths: $0), per: unit)
        }
    }
}
