import Entities
import Pricing
import Testing
import Text

/// Units have dimensions, and names that stand for the same stand for the same.
struct UnitTests {
    @Test(arguments: [
        (
            ["1m_tokens", "1M_tokens", "1000000_tokens", "per_1m_tokens", "usd_per_1M tokens", "mtok"],
            "1m_tokens"
        ),
        (["1k_chars", "1k_characters", "1000_chars", "per_1k_chars"], "1k_chars"),
        (["image", "per_image", "images", "1_image"], "image"), (["1k_images", "1000 images"], "1k_images"),
        (["audio_min", "audio_minute", "minute", "per_minute", "video_minute"], "audio_min"),
        (["audio_hour", "hour"], "audio_hour"), (["second", "per_second", "video_second"], "second"),
        (["gpu_hour", "per_gpu_hour", "gpu-hours"], "gpu_hour"), (["gpu_second"], "gpu_second"),
        (["per_1k_searches", "1k_searches"], "1k_searches"), (["page", "pages"], "page"),
        (["request", "call", "requests"], "request"), (["megapixel", "mp"], "megapixel"),
    ])
    func `Names of one unit are one unit`(names: [String], canonical: String) {
        for name in names {
            #expect(BillingUnit(named: name, countsMedia: true)?.name == canonical, "\(name)")
        }
    }

    @Test(arguments: ["furlong", "", "1k", "tokens_per_second", "multiplier_1.25x", "1m"])
    func `Other words are no units`(name: String) {
        #expect(BillingUnit(named: name, countsMedia: true) == nil)
    }

    /// Seed defect 7: "second" stood for GPU seconds and for seconds of video, and units had several names.
    @Test func `A bare second is one of media only on a list of media`() {
        #expect(BillingUnit(named: "second", countsMedia: false) == nil)
        #expect(BillingUnit(named: "second", countsMedia: true)?.dimension == .mediaSecond)
        #expect(BillingUnit(named: "gpu_second", countsMedia: true)?.dimension == .acceleratorSecond)
    }

    @Test(arguments: [
        ("0.2", "audio_min", "audio_hour", "12"), ("0.03", "1k_chars", "1m_chars", "30"),
        ("0.02", "image", "1k_images", "20"), ("0.000005", "token", "1m_tokens", "5"),
        ("1", "1m_tokens", "token", "0.000001"), ("3600", "gpu_hour", "gpu_second", "1"),
    ])
    func `A price turns into that of another unit of its dimension`(
        price: String, from: String, to: String, expected: String
    ) throws {
        let from = try #require(BillingUnit(named: from, countsMedia: true))
        let to = try #require(BillingUnit(named: to, countsMedia: true))
        let price = UnitPrice(try PricingFixtures.money(price), per: from)
        #expect(price.amount(per: to)?.description == expected)
    }

    @Test func `No unit turns into one of another dimension`() throws {
        let price = UnitPrice(
            try PricingFixtures.money("2"), per: BillingUnit(.acceleratorSecond, size: 3_600))
        for dimension in BillingDimension.allCases where dimension != .acceleratorSecond {
            #expect(price.amount(per: BillingUnit(dimension)) == nil)
        }
        let quantity = try #require(Quantity(Number(3), of: BillingUnit(.token)))
        #expect(price.cost(of: quantity) == nil)
    }

    @Test func `Every meter has a unit, and meters of one dimension compare`() throws {
        let minute = UnitPrice(try PricingFixtures.rate(.minute, "0.006", per: 1))
        let hour = UnitPrice(try PricingFixtures.rate(.hour, "0.35", per: 1))
        #expect(hour.isBelow(minute) && !minute.isBelow(hour))
        #expect(!minute.isBelow(minute))
        #expect(Meter.allCases.allSatisfy { $0.billingUnit.size > 0 })
    }

    @Test func `The cost of a quantity is exact`() throws {
        let price = UnitPrice(try PricingFixtures.rate(.inputText, "0.15"))
        let quantity = try #require(Number("123456789.5").flatMap { Quantity($0, of: BillingUnit(.token)) })
        #expect(price.cost(of: quantity)?.description == "18.518518425")
        #expect(Quantity(Number(1_000_000_000), of: BillingUnit(.token, size: 1_000_000)) != nil)
        #expect(Number("1e18").flatMap { Quantity($0, of: BillingUnit(.token, size: 1_000_000)) } == nil)
    }
}
