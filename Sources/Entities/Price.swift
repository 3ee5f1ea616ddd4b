package import Text

/// A price as far as it is known: that nothing is said does not mean that nothing is charged.
package enum Price: Sendable, Hashable {
    case unknown, free
    /// Of a million units.
    case known(Money)

    /// The amount that is charged, zero where it is free; nil where nothing is known.
    package var amount: Money? {
        switch self {
        case .unknown: nil
        case .free: .zero
        case .known(let amount): amount
        }
    }
}

extension Rate {
    /// What a million units of the meter cost.
    package var pricePerMillionUnits: Price {
        guard price != .zero else { return .free }
        return pricePerMillion.map { .known($0) } ?? .unknown
    }
}
