import Entities
import Sizing
import Testing

struct CacheTests {
    /// Bytes a token in sixteen bits: golden A5, and mistakes that other calculators were measured to make.
    @Test(arguments: [
        ("meta/llama-3.1-8b-instruct", 131_072), ("meta/llama-3.1-70b-instruct", 327_680),
        ("meta/llama-3.1-405b-instruct", 516_096), ("alibaba/qwen3-235b-a22b", 192_512),
        ("deepseek/deepseek-v3", 70_272), ("alibaba/qwen3.5-397b-a17b", 30_720),
        ("openai/gpt-oss-120b", 36_864),
    ])
    func `A token leaves exactly so many bytes`(id: String, bytes: Double) throws {
        let geometry = try #require(CacheGeometry(SizingFixtures.architecture(id)))
        #expect(geometry.growthBytesPerToken() == bytes)
    }

    @Test func `Windows end the growth of their layers`() throws {
        let gemma = try #require(CacheGeometry(SizingFixtures.architecture("google/gemma-3-27b-it")))
        let gib = gemma.sequenceBytes(tokens: 32_768) / 1_073_741_824
        #expect(gib > 2.8 && gib < 3.0)
        #expect(
            gemma.sequenceBytes(tokens: 32_768, keepsWindows: false) > 5 * gemma.sequenceBytes(tokens: 32_768)
                / 1.1)
        let oss = try #require(CacheGeometry(SizingFixtures.architecture("openai/gpt-oss-120b")))
        #expect(abs(oss.sequenceBytes(tokens: 32_768) / 1_073_741_824 - 1.13) < 0.01)
    }

    @Test func `llama.cpp keeps a batch beyond the window`() throws {
        let gemma = try SizingFixtures.model("google/gemma-3-27b-it", "Q4_K_M")
        let load = Workload(promptTokens: 32_768, outputTokens: 0, concurrency: 1)
        let engine = EngineProfile.profile(.llamaCPP)
        let need = MemoryNeed(of: gemma, workload: load, engine: engine)
        let windowed = gemma.geometry.groups.filter { $0.windowTokens != nil }
        let bytes = windowed.reduce(0) {
            $0 + Double($1.layerCount) * $1.bytesPerToken(cacheBytes: 2, tensorRanks: 1)
        }
        let plain = gemma.geometry.sequenceBytes(tokens: 32_768, pageTokens: 256)
        #expect(need.cache.point == plain + 512 * bytes)
    }

    @Test func `Linear layers hold a state that does not grow`() throws {
        let qwen = try #require(CacheGeometry(SizingFixtures.architecture("alibaba/qwen3.5-397b-a17b")))
        #expect(qwen.stateBytes() > 0)
        let growth = qwen.sequenceBytes(tokens: 2_000) - qwen.sequenceBytes(tokens: 1_000)
        #expect(growth == 1_000 * 30_720)
    }

    @Test
    func `Heads are spread over ranks and held twice where there are too few; latent caches are held by all`()
        throws
    {
        let qwen = try #require(CacheGeometry(SizingFixtures.architecture("alibaba/qwen3-235b-a22b")))
        #expect(qwen.growthBytesPerToken(tensorRanks: 4) == 48_128)
        #expect(qwen.growthBytesPerToken(tensorRanks: 8) == 48_128)
        let latent = try #require(CacheGeometry(SizingFixtures.architecture("deepseek/deepseek-v3")))
        #expect(latent.growthBytesPerToken(tensorRanks: 8) == 70_272)
    }

    @Test func `A longer context or a wider cache never takes less`() throws {
        let catalog = try #require(SizingFixtures.catalog)
        for model in catalog.models {
            guard let architecture = model.architecture, let geometry = CacheGeometry(architecture) else {
                continue
            }
            var last = 0.0
            for tokens in [1, 100, 128, 129, 4_096, 4_097, 131_072] {
                let bytes = geometry.sequenceBytes(tokens: tokens, pageTokens: 16)
                #expect(bytes >= last, "\(model.id)")
                #expect(geometry.sequenceBytes(tokens: tokens, cacheBytes: 1, pageTokens: 16) <= bytes)
                last = bytes
            }
        }
    }
}
