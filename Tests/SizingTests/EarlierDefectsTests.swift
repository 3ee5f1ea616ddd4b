import Entities
import Sizing
import Testing

/// Faults of an earlier calculator, by their number in its study, that this one must not have.
///
/// Faults 2, 4, 5, 6 and 13 are of its imports: `ProvenanceTests`, `SafetensorsTests` and the list of refused
/// configurations hold them. 11 is of names (`ModelNamesTests`), 14 of its pages.
struct EarlierDefectsTests {
    @Test func `1 The cache goes by the heads of keys and values, not by the hidden size`() throws {
        let llama = try SizingFixtures.model("meta/llama-3.1-70b-instruct", "bf16")
        let whole = Double(2 * 2 * llama.architecture.layerCount * llama.architecture.hiddenSize)
        #expect(whole / llama.geometry.growthBytesPerToken() == 8)
        let latent = try SizingFixtures.model("deepseek/deepseek-v3", "fp8")
        let values = latent.geometry.growthBytesPerToken() / 2 / Double(latent.architecture.layerCount)
        #expect(values == 576)
    }

    @Test(arguments: [
        ("alibaba/qwen3-235b-a22b", 235_093_634_560, 22_190_763_520),
        ("meta/llama-3.1-405b-instruct", 405_853_388_800, 405_853_388_800),
        ("alibaba/qwen2.5-72b-instruct", 72_706_203_648, 72_706_203_648),
    ])
    func `3 Grouped heads, the output matrix, experts and shared experts are counted`(
        id: String, total: Int, active: Int
    ) throws {
        let count = try #require(SizingFixtures.architecture(id).parameterCount)
        #expect(count.total == total)
        #expect(count.active == active)
    }

    @Test func `3 The first dense layers of a mixture are dense`() throws {
        let deepseek = try SizingFixtures.architecture("deepseek/deepseek-v3")
        let dense = zip(deepseek.layerKinds, deepseek.layerUses ?? []).filter { kind, _ in
            if case .gated = kind.layer.feedForward { true } else { false }
        }
        #expect(dense.map(\.1) == [3])
    }

    @Test func `7 Every tier has models, and the 70 B one is a workstation's`() throws {
        let catalog = try #require(SizingFixtures.catalog)
        let tiers = catalog.models.filter(\.hasOpenWeights).compactMap(\.architecture)
            .compactMap { Tier.gigabytes($0) }.map { Tier(gigabytes: $0) }
        for tier in Tier.allCases { #expect(tiers.count { $0 == tier } >= 10, "\(tier)") }
        let llama = try #require(Tier.gigabytes(SizingFixtures.architecture("meta/llama-3.1-70b-instruct")))
        #expect(Tier(gigabytes: llama) == .workstation)
    }

    @Test func `8 A card has one dense rate, and the sparse one stands apart`() throws {
        let catalog = try #require(SizingFixtures.catalog)
        func rate(_ id: String) throws -> PeakRate {
            try #require(catalog.accelerator(Accelerator.ID(id))?.rates[.bf16])
        }
        #expect(try rate("h100-sxm").denseOperationsPerSecond == 989_000_000_000_000)
        #expect(
            try rate("a100-pcie-80gb").denseOperationsPerSecond
                == rate("a100-sxm-80gb").denseOperationsPerSecond)
        #expect(try rate("a100-sxm-80gb").denseOperationsPerSecond == 312_000_000_000_000)
        // The rack of 72 is 72 cards.
        let gb200 = try #require(catalog.accelerator(named: "gb200"))
        #expect(gb200.memory.bytes < 200 << 30)
    }

    @Test func `9 Eight bits multiply at twice the rate of sixteen, not at a thousandth`() throws {
        let card = try SizingFixtures.card("h100-sxm")
        let load = Workload(promptTokens: 32_000, outputTokens: 1, concurrency: 1)
        func prefill(_ format: String) throws -> Double {
            let question = SizingQuestion(
                try SizingFixtures.model("meta/llama-3.1-70b-instruct", format), workload: load)
            let answer = try SizingAnswer(question, on: card, layout: Layout(tensorRanks: 4))
            return try #require(answer.speed).firstToken.point
        }
        let (sixteen, float, integer) = try (prefill("bf16"), prefill("fp8"), prefill("int8"))
        #expect(float == integer)
        #expect(float < sixteen && float > sixteen / 2)
    }

    @Test func `10 A batch reads the experts that its tokens touch, and shares what all read`() throws {
        let card = try SizingFixtures.card("h200-sxm")
        let model = try SizingFixtures.model("alibaba/qwen3-235b-a22b", "fp8")
        func weights(_ batch: Int) throws -> Double {
            let load = Workload(promptTokens: 1_000, outputTokens: 1_000, concurrency: batch)
            let answer = try SizingAnswer(
                SizingQuestion(model, workload: load), on: card, layout: Layout(tensorRanks: 4))
            return try #require(answer.speed).step.weights
        }
        let (one, two, all) = try (weights(1), weights(2), weights(256))
        // Two tokens touch nearly twice the experts of one; a large batch not 256 times, since all are read by then.
        #expect(two > one * 1.5 && two < one * 2)
        #expect(all < one * 16)
    }

    @Test func `12 More cards mean caches held twice, overhead on each, and less than all of their rates`()
        throws
    {
        let card = try SizingFixtures.card("h100-sxm")
        let load = Workload(promptTokens: 4_000, outputTokens: 1_000, concurrency: 16)
        let question = SizingQuestion(
            try SizingFixtures.model("alibaba/qwen3-235b-a22b", "fp8"), workload: load)
        let four = try SizingAnswer(question, on: card, layout: Layout(tensorRanks: 4))
        let eight = try SizingAnswer(question, on: card, layout: Layout(tensorRanks: 8))
        // Four heads of keys and values over eight cards: each is held twice.
        #expect(four.need.cache.point == eight.need.cache.point)
        #expect(four.need.overhead.point == eight.need.overhead.point)
        let (slow, fast) = try (#require(four.speed), #require(eight.speed))
        #expect(fast.outputToken.point > slow.outputToken.point / 2)
        #expect(fast.step.exchange > 0)
        // 24 GiB on the label are not 24 GB, and not all of them can be used.
        let consumer = try SizingFixtures.card("rtx-4090")
        #expect(consumer.usableBytes < Double(24 << 30) && consumer.usableBytes > 24e9)
    }
}
