import Pricing
import Testing
import Text

/// Foreign money is converted at a rate that was given, or not at all.
struct ExchangeRateTests {
    @Test(arguments: [
        "EUR=1.0842", "eur=1.1@2026-01-01", "EUR=-1@2026-01-01", "EUR=0@2026-01-01", "EUR=1@2026-01", "x",
    ])
    func `A rate without a day or a currency is none`(text: String) {
        #expect(ExchangeRates.Quote(text) == nil)
    }

    @Test(
        arguments: [
            ("2025-12-31", nil), ("2026-01-01", "11"), ("2026-06-30", "11"), ("2026-07-01", "12"),
        ] as [(String, String?)])
    func `The last rate known on the day holds`(day: String, expected: String?) throws {
        let rates = ExchangeRates(
            try ["EUR=1.2@2026-07-01", "EUR=1.1@2026-01-01"].map { try #require(ExchangeRates.Quote($0)) })
        let day = try #require(CalendarDate(day))
        #expect(rates.dollars(try PricingFixtures.money("10"), in: "EUR", on: day)?.description == expected)
        #expect(rates.dollars(try PricingFixtures.money("10"), in: "GBP", on: day) == nil)
        #expect(rates.dollars(try PricingFixtures.money("10"), in: "USD", on: day)?.description == "10")
    }
}
