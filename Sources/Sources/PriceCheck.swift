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
        // Reading what is cached is never dearer than reading it anew.
        guard let read = paid.first(where: { $0.meter == .cacheRead }),
            let input = paid.first(where: { $0.meter == .inputText }), read.price > input.price,
            read.per == input.per
        else { return paid }
        refusals.append(
            Refusal(
                .implausiblePrice, subject,
                "a cache read at \(read.price), dearer than the input at \(input.price)"))
        return paid.filter { $0.meter != .cacheRead }
    }
}
