import Diagnostics

extension Review {
    /// The rules of the tiers of one list of rates.
    mutating func check(
        _ tiers: [PriceTier], over base: [Rate], in currency: Currency?, of offer: Offer, at pointer: String
    ) {
        guard !tiers.isEmpty else { return }
        let base = Dictionary(base.map { ($0.subject, $0) }) { first, _ in first }
        for (index, tier) in tiers.enumerated() {
            let pointer = "\(pointer)/\(index)"
            check(tier.rates, in: currency, at: pointer + "/rates")
            if let earlier = tiers[..<index].last(where: { $0.measure == tier.measure }),
                earlier.fromTokens >= tier.fromTokens
            {
                report(
                    .tierOrder, at: pointer + "/from_tokens",
                    "the tier from \(tier.fromTokens) tokens stands after the one from \(earlier.fromTokens)",
                    hint: "write the tiers in ascending order, each boundary once")
            }
            if let context = offer.limits.contextTokens {
                checkReach(of: tier, context: context, at: pointer + "/from_tokens")
            }
            checkRates(of: tier, over: base, at: pointer + "/rates")
        }
    }

    /// A tier begins inside the context.
    mutating func checkReach(of tier: PriceTier, context: Int, at pointer: String) {
        guard tier.boundary == .inclusive ? tier.fromTokens > context : tier.fromTokens >= context else {
            return
        }
        report(
            .tierReach, at: pointer,
            "no request reaches \(tier.fromTokens) tokens in a context of \(context)",
            hint: "look for a wrong boundary, or a context that is too small")
    }

    private mutating func checkRates(of tier: PriceTier, over base: [Rate.Subject: Rate], at pointer: String)
    {
        for (index, rate) in tier.rates.enumerated() {
            guard let replaced = base[rate.subject] else {
                report(
                    .tierRates, at: "\(pointer)/\(index)/meter",
                    "\"\(rate.meter.rawValue)\" has no base rate that the tier replaces")
                continue
            }
            guard let price = rate.pricePerMillion, let before = replaced.pricePerMillion, price < before
            else {
                continue
            }
            report(
                .tierRates, at: "\(pointer)/\(index)/price",
                "longer requests cost less: \(price) for a million after \(before)")
        }
    }
}
