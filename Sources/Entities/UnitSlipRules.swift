import Diagnostics
import Text

/// A price of one offer, for a million tokens.
private struct Quote {
    var path: String
    var pointer: String
    var rate: Rate
    var price: Double
}

extension Catalog {
    /// A price that is ten, a hundred, a thousand or a million times off what the others ask for the same model
    /// has mostly slipped a unit or a digit.
    func unitSlipReviews() -> [Review] {
        models.flatMap { model in
            let mappings = mappings(ofModel: model.id)
            return [Meter.inputText, .outputText].flatMap { meter in
                Catalog.slips(among: mappings.flatMap { Catalog.quotes(for: meter, in: $0) })
            }
        }
    }

    /// The open base prices in dollars; free ones say nothing about the others.
    private static func quotes(for meter: Meter, in mapping: Mapping) -> [Quote] {
        mapping.offers.enumerated().compactMap { index, offer in
            guard offer.mode == .serverless, offer.tier == .standard,
                let period = offer.prices.lastIndex(where: { $0.effective.until == nil && !$0.isCancelled }),
                offer.prices[period].currency == "USD",
                let place = offer.prices[period].rates.firstIndex(where: { $0.meter == meter }),
                let price = offer.prices[period].rates[place].pricePerMillion, price > .zero
            else { return nil }
            return Quote(
                path: mapping.path, pointer: "/offers/\(index)/prices/\(period)/rates/\(place)/price",
                rate: offer.prices[period].rates[place], price: price.approximate)
        }
    }

    private static func slips(among quotes: [Quote]) -> [Review] {
        guard quotes.count >= 2 else { return [] }
        return quotes.indices.compactMap { index in
            var others = quotes
            let quote = others.remove(at: index)
            let prices = others.map(\.price).sorted()
            let median = (prices[prices.count / 2] + prices[(prices.count - 1) / 2]) / 2
            guard let factor = slip(of: quote.price, from: median, prices: prices) else { return nil }
            var review = Review(path: quote.path)
            review.report(
                .priceUnitSlip, at: quote.pointer,
                "\(quote.rate.price) is \(factor.text) the usual price of the model's \(prices.count) other offers",
                hint: "probable unit slip, did you mean \(quote.rate.price.scaled(by: factor))?")
            return review
        }
    }

    /// The power of ten by which a price is off the others' median, if it is near enough to one to be a slip.
    ///
    /// Honest prices of one model differ by a factor of ten now and then. So a factor of ten counts only beside
    /// three others that agree among themselves, and a larger one beside fewer only when it is nearly exact and
    /// this price, not the other, is the odd one.
    private static func slip(of price: Double, from median: Double, prices: [Double]) -> Factor? {
        let ratio = price / median
        for (power, size) in [(1, 10.0), (2, 100.0), (3, 1e3), (6, 1e6)] {
            for isHigh in [true, false] {
                let distance = isHigh ? ratio / size : ratio * size
                let tolerance = prices.count >= 3 && power > 1 ? 2 : prices.count >= 3 ? 1.15 : 1.02
                guard distance < tolerance, distance > 1 / tolerance else { continue }
                let least = prices[0]
                let most = prices[prices.count - 1]
                let isOdd = isHigh ? price > 20 : price < 0.02
                let isCertain = prices.count >= 3 ? power > 1 || most / least < 3 : power > 1 && isOdd
                if isCertain { return Factor(power: power, isHigh: isHigh) }
            }
        }
        return nil
    }
}

/// A power of ten, or one part in that many.
private struct Factor {
    var power: Int
    var isHigh: Bool

    var size: Int { (0..<power).reduce(1) { size, _ in size * 10 } }

    var text: String { isHigh ? "\(size) times" : "a \(size)th of" }
}

extension Money {
    /// The nearest Double: for ratios, never for amounts.
    fileprivate var approximate: Double { Double(trillionths) / 1e12 }

    /// This amount with the factor taken back.
    fileprivate func scaled(by factor: Factor) -> Money {
        let size = Int128(factor.size)
        return Money(trillionths: factor.isHigh ? trillionths / size : trillionths &* size)
    }
}
