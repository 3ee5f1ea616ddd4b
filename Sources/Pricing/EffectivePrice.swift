package import Entities
import Text

/// What a million tokens of a mix cost on average.
package struct EffectivePrice: Sendable, Hashable {
    /// In the currency of the offer's period.
    package let price: Price
    /// What would have to be known; empty unless the price is unknown.
    package let missing: [Meter]

    /// The average of an offer's rates over a mix, tiers and batches counted; unknown as soon as a part of the mix has no
    /// price. Exact but for one rounding to twelve decimals.
    package init(of offer: PricedOffer, for mix: TokenMix) {
        let usual = EffectivePrice.sum(offer.rates, offer.tiers, mix)
        guard mix.batchMillionths > 0, offer.mode != .batch else {
            self.init(usual, over: mix)
            return
        }
        guard let batch = offer.period.variants.first(where: { $0.mode == .batch }) else {
            self.init(price: .unknown, missing: [])
            return
        }
        let cheap = EffectivePrice.sum(batch.rates, batch.tiers, mix)
        let share = Int128(mix.batchMillionths)
        let parts = [
            usual.trillionths?.scaled(by: 1_000_000 - share, over: 1_000_000),
            cheap.trillionths?.scaled(by: share, over: 1_000_000),
        ]
        var blended = Sum(missing: usual.missing + cheap.missing)
        blended.trillionths = 0
        for part in parts { blended.add(part) }
        self.init(blended, over: mix)
    }

    private init(price: Price, missing: [Meter]) {
        self.price = price
        self.missing = missing
    }

    private init(_ sum: Sum, over mix: TokenMix) {
        guard sum.missing.isEmpty, mix.total > 0,
            let average = sum.trillionths?.scaled(by: 1, over: Int128(mix.total))
        else {
            self.init(price: .unknown, missing: sum.missing)
            return
        }
        self.init(price: average == 0 ? .free : .known(Money(trillionths: average)), missing: [])
    }

    /// Tokens times prices by the million.
    private struct Sum {
        /// Nil when out of range.
        var trillionths: Int128? = 0
        var missing: [Meter] = []

        mutating func add(_ product: Int128?) {
            guard let product, let sum = trillionths?.addingReportingOverflow(product), !sum.overflow else {
                trillionths = nil
                return
            }
            trillionths = sum.partialValue
        }
    }

    private static func sum(_ rates: [Rate], _ tiers: [PriceTier], _ mix: TokenMix) -> Sum {
        var sum = Sum()
        for (tokens, meters) in mix.parts {
            guard
                let meter = meters.first(where: { meter in
                    rates.contains { $0.subject == .init(meter: meter) }
                }),
                let price = TieredPrice(of: meter, rates, tiers).average(mix.requestTokens)
            else {
                sum.missing.append(meters[0])
                continue
            }
            sum.add(price.multiplied(by: tokens)?.trillionths)
        }
        return sum
    }
}

/// The price of one meter by the size of the request.
struct TieredPrice {
    private let base: Money?
    /// Ascending, those alone that price the meter.
    private let tiers: [(tier: PriceTier, price: Money)]

    init(of meter: Meter, _ rates: [Rate], _ tiers: [PriceTier]) {
        func price(_ rates: [Rate]) -> Money? {
            rates.first { $0.subject == Rate.Subject(meter: meter) }?.pricePerMillion
        }
        base = price(rates)
        self.tiers = tiers.compactMap { tier in price(tier.rates).map { (tier, $0) } }
    }

    /// What a million tokens cost on average in a request of a size; at the base rate where the size is not known.
    ///
    /// A tier for the whole request replaces the price. One for the excess prices the share of the request that lies
    /// beyond its boundary, the share below it keeps the price that held there.
    func average(_ request: TokenMix.RequestTokens?) -> Money? {
        guard var price = base else { return nil }
        guard let request else { return price }
        for (tier, tierPrice) in tiers {
            let tokens = tier.measure == .inputTokens ? request.input : request.total
            guard tier.boundary == .inclusive ? tokens >= tier.fromTokens : tokens > tier.fromTokens,
                tokens > 0
            else {
                continue
            }
            switch tier.applies {
            case .wholeRequest: price = tierPrice
            case .excess:
                // Each tier adds its difference to the one before for the tokens beyond its boundary.
                let before = self.price(below: tier) ?? price
                let excess = Int128(tokens - tier.fromTokens)
                guard let added = (tierPrice - before).trillionths.scaled(by: excess, over: Int128(tokens))
                else {
                    return nil
                }
                price += Money(trillionths: added)
            }
        }
        return price
    }

    /// The price that holds just below a tier's boundary.
    private func price(below tier: PriceTier) -> Money? {
        tiers.last { $0.tier.measure == tier.measure && $0.tier.fromTokens < tier.fromTokens }?.price ?? base
    }
}
