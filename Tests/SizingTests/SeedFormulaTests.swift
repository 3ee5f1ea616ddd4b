import Entities
import Sizing
import Testing

/// Golden A1 to A3: the older calculator's numbers, by its own formula.
struct SeedFormulaTests {
    private func near(_ value: Double, _ expected: Double) -> Bool { abs(value / expected - 1) < 1e-6 }

    private static let llama = SeedFormula(billions: 70, layers: 80, hidden: 8_192, heads: 64)

    @Test func `A1 70 B at eight bits`() {
        let answer = Self.llama.answer(.reference, weightBytes: 1, cacheBytes: 1, tokensPerSecond: 1)
        #expect(answer.weights == 70)
        #expect(near(answer.cache, 11.40850688))
        #expect(near(answer.workspace, 8.4))
        #expect(near(answer.memory, 89.80850688))
        #expect(near(answer.teraflops, 0.16214592512))
        #expect(near(answer.conservativeBandwidth, 81.07427328))
        #expect(near(answer.optimisticBandwidth, 25.07427328))
        #expect(Tier(gigabytes: answer.memory) == .infrastructure)
    }

    @Test(arguments: [
        (
            SeedFormula(billions: 8, layers: 32, hidden: 4_096, heads: 32), 11.241701376, 0.020429185024,
            Tier.consumer
        ),
        (
            SeedFormula(billions: 32, layers: 64, hidden: 5_120, heads: 64), 41.54425344, 0.07507279872,
            .workstation
        ),
    ])
    func `A1 smaller models`(formula: SeedFormula, memory: Double, teraflops: Double, tier: Tier) {
        let answer = formula.answer(.reference, weightBytes: 1, cacheBytes: 1, tokensPerSecond: 1)
        #expect(near(answer.memory, memory))
        #expect(abs(answer.teraflops - teraflops) < 1e-6)
        #expect(Tier(gigabytes: answer.memory) == tier)
    }

    @Test func `A1 mixtures and presets`() {
        let deepseek = SeedFormula(billions: 671, activeBillions: 37, layers: 61, hidden: 7_168, heads: 128)
        let answer = deepseek.answer(.reference, weightBytes: 1, cacheBytes: 1, tokensPerSecond: 10)
        #expect(near(answer.memory, 759.131613))
        #expect(near(answer.conservativeBandwidth, 443.886167))
        let high = Self.llama.answer(
            Workload.presets[2].workload, weightBytes: 2, cacheBytes: 2, tokensPerSecond: 30)
        #expect(near(high.memory, 869.83168))
        #expect(near(high.teraflops, 54.361805))
        #expect(near(high.conservativeBandwidth, 24962.433946))
        #expect(near(high.optimisticBandwidth, 21602.433946))
    }

    @Test func `A2 against hardware`() {
        let medium = Workload.presets[1].workload
        #expect(near(Self.llama.firstTokenMilliseconds(medium, teraflops: 989 * 0.45), 1800.1123469))
        let high = Workload.presets[2].workload
        #expect(near(Self.llama.firstTokenMilliseconds(high, teraflops: 7_912 * 0.45), 16177.86442))
    }

    @Test(arguments: [
        (8.0, 32, 4_544, 36), (13, 48, 4_736, 37), (34, 64, 6_656, 52), (80, 80, 9_152, 72),
    ])
    func `A3 a shape when only the size is known`(billions: Double, layers: Int, hidden: Int, heads: Int) {
        let formula = SeedFormula(assuming: billions)
        #expect(formula.layers == layers && formula.hidden == hidden && formula.heads == heads)
    }

    @Test func `A5 with the true cache the 70 B model is a workstation's`() throws {
        let geometry = try #require(CacheGeometry(SizingFixtures.architecture("meta/llama-3.1-70b-instruct")))
        let cache = geometry.sequenceBytes(tokens: 8_704, cacheBytes: 1) / 1e9
        #expect(abs(70 * 1.12 + cache - 79.826) < 0.001)
        let exact = try #require(Tier.gigabytes(SizingFixtures.architecture("meta/llama-3.1-70b-instruct")))
        #expect(Tier(gigabytes: exact) == .workstation)
    }

    @Test func `The bounds of tiers are theirs`() {
        #expect(Tier(gigabytes: 23.999) == .consumer)
        #expect(Tier(gigabytes: 24) == .workstation)
        #expect(Tier(gigabytes: 80) == .workstation)
        #expect(Tier(gigabytes: 80.001) == .infrastructure)
        #expect(Tier(gigabytes: 30, bounds: Tier.Bounds(consumer: 32, workstation: 96)) == .consumer)
    }
}
