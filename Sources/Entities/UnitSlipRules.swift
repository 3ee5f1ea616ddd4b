import Diagnostics
import Text

/// A price of one offer, for a million tokens.
private struct Quote {
    var mapping: Mapping
    var offer: Int
    var period: Int
    var place: Int
    var price: Double

    var rate: Rate { mapping.offers[offer].prices[period].rates[place] }
    var pointer: String { "/offers/\(offer)/prices/\(period)/rates/\(place)/price" }
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
                mapping: mapping, offer: index, period: period, place: place, price: price.approximate)
        }
    }

    private static func slips(among quotes: [Quote]) -> [Review] {
        guard quotes.count >= 2 else { return [] }
        let quotes = quotes.sorted { $0.price < $1.price }
        return quotes.indices.compactMap { index in
            let others = OtherPrices(quotes, without: index)
            let quote = quotes[index]
            guard let factor = Factor(between: quote.price, and: others) else { return nil }
            var review = Review(path: quote.mapping.path)
            review.report(
                .priceUnitSlip, at: quote.pointer,
                "\(quote.rate.price) is \(factor.text) the usual price of the model's other offers",
                hint: "probable unit slip, did you mean \(quote.rate.price.scaled(by: factor))?")
            return review
        }
    }
}

/// What the other offers ask.
private struct OtherPrices {
    let count: Int
    let least: Double
    let most: Double
    let median: Double

    /// The others of `quotes`, which stand in ascending order.
    init(_ quotes: [Quote], without index: Int) {
        func price(_ rank: Int) -> Double { quotes[rank < index ? rank : rank + 1].price }
        count = quotes.count - 1
        least = price(0)
        most = price(count - 1)
        median = (price(count / 2) + price((count - 1) / 2)) / 2
    }
}

/// A power of ten, or one part in that many.
private struct Factor {
    var power: Int
    var isHigh: Bool

    /// The power of ten by which a price is off the others' median, if it is near enough to one to be a slip.
    ///
    /// Honest prices of one model differ by a factor of ten now and then. So a factor of ten counts only beside
    /// three others that agree among themselves, and a larger one beside fewer only when it is nearly exact and
    /// this price, not the other, is the odd one. Of 4,462 offers of models.dev this tells two, both slips.
    init?(between price: Double, and others: OtherPrices) {
        let isKnownWell = others.count >= 3
        for power in [1, 2, 3, 6] {
            for isHigh in [true, false] {
                let factor = Factor(power: power, isHigh: isHigh)
                let distance =
                    price / others.median / (isHigh ? Double(factor.size) : 1 / Double(factor.size))
                let tolerance = !isKnownWell ? 1.02 : power == 1 ? 1.15 : 2
                let isOdd = isHigh ? price > 20 : price < 0.02
                let isCertain =
                    isKnownWell ? power > 1 || others.most < 3 * others.least : power > 1 && isOdd
                if isCertain, distance < tolerance, distance > 1 / tolerance {
                    self = factor
                    return
                }
            }
        }
        return nil
    }

    private init(power: Int, isHigh: Bool) {
        self.power = power
        self.isHigh = isHigh
    }

    var size: Int { (0..<power).reduce(1) { size, _ in size * 10 } }

    var text: String { isHigh ? "\(size) times" : "a \(size)th of" }
}

extension Money {
    /// This amount with the factor taken back.
    fileprivate func scaled(by factor: Factor) -> Money {
        let size = Int128(factor.size)
        return Money(trillionths: factor.isHigh ? trillionths / size : trillionths &* size)
    }
}
