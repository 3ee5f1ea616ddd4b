import Entities
import Pricing
import TestKit
import Testing
import Text

/// What a mix of tokens costs.
struct EffectivePriceTests {
    /// Golden B5: input and output prices, and the average at an output share of 0.30.
    @Test(arguments: [
        ("5", "25", "11"), ("3", "15", "6.6"), ("1", "5", "2.2"), ("5", "15", "8"), ("0.15", "0.6", "0.285"),
        ("1.25", "10", "3.875"), ("0.56", "1.68", "0.896"), ("1", "3.2", "1.66"), ("0.6", "2.2", "1.08"),
        ("0.5", "1.5", "0.8"), ("0.6", "1.7", "0.93"), ("3", "7", "4.2"), ("0.27", "0.85", "0.444"),
        ("0.5", "1.2", "0.71"), ("0.1", "0.5", "0.22"), ("2.5", "10", "4.75"),
    ])
    func `The average at three tenths output`(input: String, output: String, blended: String) throws {
        let offer = try PricingFixtures.offer([
            PricingFixtures.rate(.inputText, input), PricingFixtures.rate(.outputText, output),
        ])
        let price = EffectivePrice(of: offer, for: TokenMix(outputMillionths: 300_000)).price
        #expect(price.amount?.description == blended)
        #expect(
            EffectivePrice(of: offer, for: TokenMix(outputMillionths: 0)).price.amount?.description == input)
        #expect(
            EffectivePrice(of: offer, for: TokenMix(outputMillionths: 1_000_000)).price.amount?.description
                == output)
    }

    /// Seed defect 5: caches, batches, tiers and reasoning were left out of the average.
    @Test func `Cached, reasoned and batched tokens are priced as such`() throws {
        let catalog = Catalog([.mapping(EntityTemplates.mapping)])
        let offer = try #require(catalog.pricedOffers(on: PricingFixtures.day).first)
        var mix = TokenMix()
        (mix.input, mix.cacheRead) = (1, 1)
        #expect(EffectivePrice(of: offer, for: mix).price.amount?.description == "0.1125")
        mix = TokenMix()
        (mix.output, mix.reasoning) = (1, 3)
        #expect(EffectivePrice(of: offer, for: mix).price.amount?.description == "0.6")
        mix = TokenMix(outputMillionths: 0)
        mix.batchMillionths = 500_000
        #expect(EffectivePrice(of: offer, for: mix).price.amount?.description == "0.1125")
    }

    @Test func `A missing price is unknown, and says which; a price of nothing is free`() throws {
        let offer = try PricingFixtures.offer([PricingFixtures.rate(.inputText, "1")])
        let effective = EffectivePrice(of: offer, for: TokenMix(outputMillionths: 300_000))
        #expect(effective.price == .unknown)
        #expect(effective.missing == [.outputText])
        var mix = TokenMix(outputMillionths: 0)
        mix.cacheRead = 1
        #expect(EffectivePrice(of: offer, for: mix).missing == [.cacheRead])
        mix.cacheRead = 0
        mix.batchMillionths = 1
        #expect(EffectivePrice(of: offer, for: mix).price == .unknown)
        let free = try PricingFixtures.offer([
            PricingFixtures.rate(.inputText, "0"), PricingFixtures.rate(.outputText, "0"),
        ])
        #expect(EffectivePrice(of: free, for: .threeToOne).price == .free)
    }

    @Test(arguments: [
        (PriceTier.Scope.wholeRequest, 128_000, "1"), (.wholeRequest, 128_001, "2"),
        (.wholeRequest, 256_000, "2"),
        (.excess, 128_000, "1"), (.excess, 256_000, "1.5"), (.excess, 512_000, "1.75"),
    ])
    func `A tier prices the whole request or what is beyond it`(
        scope: PriceTier.Scope, tokens: Int, expected: String
    ) throws {
        var mapping = PricingFixtures.mapping(
            "acme", "vendor/model", [try PricingFixtures.rate(.inputText, "1")])
        var tier = EntityTemplates.mapping.offers[0].prices[0].tiers[0]
        tier.applies = scope
        tier.rates = [try PricingFixtures.rate(.inputText, "2")]
        mapping.offers[0].prices[0].tiers = [tier]
        var mix = TokenMix(outputMillionths: 0)
        mix.requestTokens = .init(input: tokens, total: tokens)
        let offer = try #require(mapping.pricedOffers(on: PricingFixtures.day).first)
        #expect(EffectivePrice(of: offer, for: mix).price.amount?.description == expected)
        mix.requestTokens = nil
        #expect(EffectivePrice(of: offer, for: mix).price.amount?.description == "1")
    }

    @Test func `Tiers for the excess stack`() throws {
        var mapping = PricingFixtures.mapping(
            "acme", "vendor/model", [try PricingFixtures.rate(.inputText, "1")])
        let template = EntityTemplates.mapping.offers[0].prices[0].tiers[0]
        mapping.offers[0].prices[0].tiers = try [(100, "2"), (200, "4")].map { from, price in
            var tier = template
            (tier.fromTokens, tier.applies, tier.boundary) = (from, .excess, .inclusive)
            tier.rates = [try PricingFixtures.rate(.inputText, price)]
            return tier
        }
        let offer = try #require(mapping.pricedOffers(on: PricingFixtures.day).first)
        var mix = TokenMix(outputMillionths: 0)
        mix.requestTokens = .init(input: 400, total: 400)
        // 100 at 1, 100 at 2, 200 at 4.
        #expect(EffectivePrice(of: offer, for: mix).price.amount?.description == "2.75")
    }

    @Test(
        arguments: [
            ("2025-12-31", nil), ("2026-01-01", "1"), ("2026-03-31", "1"), ("2026-04-01", "2"),
            ("2026-04", "2"),
            ("2026-03", "1"),
        ] as [(String, String?)])
    func `The price is the one in force on the day`(day: String, expected: String?) throws {
        var mapping = PricingFixtures.mapping(
            "acme", "vendor/model", [try PricingFixtures.rate(.inputText, "1")])
        var later = mapping.offers[0].prices[0]
        let change = CalendarDate("2026-04-01")
        mapping.offers[0].prices[0].effective.until = change
        later.effective.from = try #require(change)
        later.rates = [try PricingFixtures.rate(.inputText, "2")]
        var cancelled = later
        cancelled.isCancelled = true
        cancelled.rates = [try PricingFixtures.rate(.inputText, "3")]
        mapping.offers[0].prices += [later, cancelled]
        let offer = mapping.pricedOffers(on: try #require(CalendarDate(day))).first
        #expect(offer?.rate(of: .inputText)?.price.description == expected)
    }

    /// The template's schedule begins at 16:30 on Saturdays and Sundays and runs to 00:30.
    @Test(arguments: [
        ("2026-09-05", 16 * 60 + 29, "0.15"), ("2026-09-05", 16 * 60 + 30, "0.07"),
        ("2026-09-06", 10, "0.07"),
        ("2026-09-07", 29, "0.07"), ("2026-09-07", 30, "0.15"), ("2026-09-05", 10, "0.15"),
        ("2026-09-04", 17 * 60, "0.15"),
    ])
    func `A schedule holds at its hours, over midnight too`(day: String, minute: Int, expected: String) throws
    {
        let day = try #require(CalendarDate(day))
        let offer = try #require(EntityTemplates.mapping.pricedOffers(on: day).first)
        #expect(offer.charged(atMinute: minute, of: day).rate(of: .inputText)?.price.description == expected)
    }
}
