extension RuleBook {
    /// Prices of one offer, and beside those of others.
    static let priceRules: [Rule] = [
        Rule(
            .priceCurrency, title: "An unknown currency",
            why: "Amounts are converted by the code of ISO 4217; XXX and the like stand for no money at all.",
            bad: .rates(rate("input_text", "0.50"), currency: "XXX"),
            good: .rates(rate("input_text", "0.50"), currency: "EUR")),
        Rule(
            .pricePeriods, title: "Two prices at once",
            why: "Past use is priced by the period of its day, so a day belongs to one period only.",
            bad: periods("effective_from: 2026-01-15"),
            good: periods("effective_from: 2026-01-15\n    effective_to: 2026-02-01")),
        Rule(
            .priceDuplicateRate, title: "One thing priced twice",
            why: "Of two prices for the same thing a tool takes either, and nobody notices which.",
            bad: .rates(rate("input_text", "0.50") + "\n" + rate("input_text", "0.60")),
            good: .rates(rate("input_text", "0.50") + "\n" + rate("output_text", "1.50"))),
        Rule(
            .priceFreeReason, title: "Free for no reason",
            why: "An unknown price that became 0 makes an offer the cheapest of all. What is free says why.",
            bad: .rates(rate("cache_read", "0")),
            good: .rates(rate("cache_read", "0") + "\n  free_reason: promotion")),
        Rule(
            .priceUnit, title: "A price for an odd number of units",
            why: "Prices for one token, or for a million images, are where unit slips come from.",
            bad: .rates(rate("input_text", "0.0000005", per: "1")), good: .rates(rate("input_text", "0.50"))),
        Rule(
            .priceCeiling, title: "A price that nothing costs",
            why:
                "No model has cost a thousand dollars for a million tokens; a price for one token, multiplied, does.",
            bad: .rates(rate("output_text", "2000")), good: .rates(rate("output_text", "2.00"))),
        Rule(
            .priceCacheRead, title: "Cached input dearer than input",
            why: "Reading from the cache is what saves money. Mostly two prices were swapped.",
            bad: .rates(rate("input_text", "0.50") + "\n" + rate("cache_read", "0.55")),
            good: .rates(rate("input_text", "0.50") + "\n" + rate("cache_read", "0.05"))),
        Rule(
            .priceCacheWrite, title: "Cache writes cheaper than input",
            why: "What is written to the cache is read as input too. Mostly the price of reading was taken.",
            bad: .rates(rate("input_text", "0.50") + "\n" + rate("cache_write", "0.05")),
            good: .rates(rate("input_text", "0.50") + "\n" + rate("cache_write", "0.625"))),
        Rule(
            .priceOutput, title: "Output cheaper than input",
            why:
                "Output takes more work than input and costs as much or more. Mostly two prices were swapped.",
            bad: .rates(rate("input_text", "1.50") + "\n" + rate("output_text", "0.50")),
            good: .rates(rate("input_text", "0.50") + "\n" + rate("output_text", "1.50"))),
        Rule(
            .priceUnitSlip, title: "A price a power of ten off",
            why:
                "Offers of one model cost about the same. One that is a hundred or a thousand times off has "
                + "slipped a unit, and would win or lose every comparison.",
            bad: .rates(rate("input_text", "0.50") + "\n" + rate("output_text", "150")),
            good: .rates(rate("input_text", "0.50") + "\n" + rate("output_text", "1.50"))),
    ]

    /// Other rates for long requests.
    static let tierRules: [Rule] = [
        Rule(
            .tierOrder, title: "Tiers out of order",
            why: "The tier of a request is the last one that it reaches, so they stand in ascending order.",
            bad: tiers(tier(65536, "1.50") + "\n" + tier(32768, "1.00")),
            good: tiers(tier(32768, "1.00") + "\n" + tier(65536, "1.50"))),
        Rule(
            .tierReach, title: "A tier beyond the context",
            why:
                "No request is longer than the context, so the tier never applies: one of the numbers is wrong.",
            bad: tiers(tier(200_000, "1.00")), good: tiers(tier(32768, "1.00"))),
        Rule(
            .tierRates, title: "A tier that does not fit its base rates",
            why:
                "A tier replaces base rates, and long requests cost more. Mostly base and tier were swapped.",
            bad: tiers(tier(32768, "0.25")), good: tiers(tier(32768, "1.00"))),
    ]

    private static func rate(_ meter: String, _ price: String, per: String = "1000000") -> String {
        """
        - meter: \(meter)
          price: \(price)
          per: \(per)
        """
    }

    private static func tier(_ fromTokens: Int, _ price: String) -> String {
        """
          - from_tokens: \(fromTokens)
            boundary: exclusive
            applies: whole_request
            rates:
              - meter: input_text
                price: \(price)
                per: 1000000
        """
    }

    private static func tiers(_ tiers: String) -> RuleExample {
        .rates(rate("input_text", "0.50"), "tiers:\n" + tiers)
    }

    private static func periods(_ first: String) -> RuleExample {
        .offer(
            """
            prices:
              - \(first)
                currency: USD
                rates:
                  - meter: input_text
                    price: 1.00
                    per: 1000000
                source:
                  kind: provider_page
                  checked_on: 2026-01-20
              - effective_from: 2026-02-01
                currency: USD
                rates:
                  - meter: input_text
                    price: 0.50
                    per: 1000000
                source:
                  kind: provider_page
                  checked_on: 2026-02-10
            """)
    }
}
