package import Text

/// What foreign money is worth in US dollars, each rate of a day and given by whoever asks; nothing is looked up.
package struct ExchangeRates: Sendable {
    /// One rate.
    package struct Quote: Sendable, Hashable {
        /// ISO 4217.
        package let currency: String
        /// US dollars for one unit of it.
        package let dollars: Money
        package let day: CalendarDate

        /// Reads `EUR=1.0842@2026-09-01`; nil for anything else.
        package init?(_ text: String) {
            let parts = text.split(separator: "=", omittingEmptySubsequences: false)
            guard parts.count == 2, parts[0].utf8.count == 3,
                parts[0].utf8.allSatisfy({ (65...90).contains($0) })
            else { return nil }
            let rest = parts[1].split(separator: "@", omittingEmptySubsequences: false)
            guard rest.count == 2, let dollars = Number(String(rest[0])).flatMap(Money.init), dollars > .zero,
                dollars.trillionths < 1_000_000 * Quantity.one, let day = CalendarDate(rest[1]),
                day.day != nil
            else { return nil }
            currency = String(parts[0])
            self.dollars = dollars
            self.day = day
        }
    }

    package let quotes: [Quote]

    package init(_ quotes: [Quote]) {
        self.quotes = quotes.sorted { $0.day < $1.day }
    }

    /// The last rate of a currency that was known on a day; nil where none was.
    package func quote(of currency: String, on day: CalendarDate) -> Quote? {
        quotes.last { $0.currency == currency && $0.day <= day }
    }

    /// An amount in US dollars at the last rate known on a day; nil where none was, or when out of range.
    package func dollars(_ amount: Money, in currency: String, on day: CalendarDate) -> Money? {
        if currency == "USD" { return amount }
        guard let quote = quote(of: currency, on: day) else { return nil }
        return amount.trillionths.scaled(by: quote.dollars.trillionths, over: Quantity.one).map(
            Money.init(trillionths:))
    }
}
