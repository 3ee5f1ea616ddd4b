import Entities
import Text

/// Which of a source's rates can be true.
struct PriceCheck {
    private(set) var refusals: [Refusal] = []

    /// No token costs more: of 4,462 offers the dearest takes 600 US dollars for a million, and a price by the
    /// token that was taken for one by the thousand or million lies far above.
    private static let ceiling = Money(trillionths: 1_000 * 1_000_000_000_000)

    /// The rates that may stand; a price of nothing stays only where the source says why.
    mutating func sound(_ rates: [ListedRate], of subject: String, isFree: Bool) -> [ListedRate] {
        let isAllZero = rates.allSatisfy { $0.price == .zero }
        if isAllZero, isFree {
            return rates.map { rate in
                var rate = rate
                rate.freeReason = .freeTier
                return rate
            }
        }
        if isAllZero, !rates.isEmpty {
            refusals.append(
                Refusal(
                    .unexplainedZero, subject,
                    "all prices are 0, which may mean free, unknown or by subscription"))
            return []
        }
        let paid = rates.filter { $0.price != .zero }
        for rate in paid
        where rate.meter.unit == .token && (rate.pricePerMillion ?? rate.price) > PriceCheck.ceiling {
            refusals.append(
                Refusal(
                    .implausiblePrice, subject,
                    "\(rate.meter.rawValue) at \(rate.pricePerMillion ?? rate.price) US dollars for a million tokens"
                ))
            return []
        }
        return withoutOddCaching(paid, subject)
    }

    /// Reading what is cached is never dearer than reading it anew, and keeping it never cheaper.
    private mutating func withoutOddCaching(_ rates: [ListedRate], _ subject: String) -> [ListedRate] {
        guard let input = rates.first(where: { $0.meter == .inputText })?.pricePerMillion else {
            return rates
        }
        return rates.filter { rate in
            guard let price = rate.pricePerMillion else { return true }
            let isOdd =
                rate.meter == .cacheRead && price > input
                || [.cacheWrite, .cacheWrite1Hour].contains(rate.meter) && price < input
            if isOdd {
                refusals.append(
                    Refusal(
                        .implausiblePrice, subject,
                        "\(rate.meter.rawValue) at \(price) with an input at \(input) for a million tokens"))
            }
            return !isOdd
        }
    }

    /// The rates of a tier that can be true over the rates that it replaces: longer requests do not get cheaper.
    mutating func soundTier(_ rates: [ListedRate], over base: [ListedRate], of subject: String)
        -> [ListedRate]
    {
        sound(rates, of: subject, isFree: false).filter { rate in
            guard let own = base.first(where: { $0.meter == rate.meter }) else { return false }
            let isCheaper = (rate.pricePerMillion ?? rate.price) < (own.pricePerMillion ?? own.price)
            if isCheaper {
                refusals.append(
                    Refusal(
                        .implausiblePrice, subject,
                        "\(rate.meter.rawValue) at \(rate.price) in a tier over \(own.price)"))
            }
            return !isCheaper
        }
    }
}
