import RegistryTree
import Sizing
import TestKit
import Testing

/// The engine against the shared half of the truth table; the scores are printed.
struct TruthTests {
    private func score(confidence: String? = nil) throws -> TruthScore? {
        guard let folder = SharedData.folder else { return nil }
        let catalog = try #require(SizingFixtures.catalog)
        let bytes = try SourceFiles.bytes(at: "\(folder)/data/sizing-truth.json")
        return TruthScore(try TruthRow.rows(of: bytes, knowing: catalog), confidence: confidence)
    }

    @Test func `Figures of memory hold their bars`() throws {
        guard let all = try score(), let high = try score(confidence: "high") else { return }
        print(all.text(worst: 3))
        #expect(try #require(high["weights.loaded_gib_per_gpu"]).median <= 0.01)
        #expect(try #require(high["weights.gguf_file_gib"]).median <= 0.001)
        #expect(try #require(all["vram.activation_peak_gib"]).median <= 0.06)
        #expect(try #require(high["kv.kib_per_token"]).median == 0)
        #expect(try #require(high["params.total"]).median == 0)
    }

    @Test func `Figures of speed hold their bars`() throws {
        guard let all = try score() else { return }
        let token = try #require(all["perf.tpot_ms"])
        #expect(token.median <= 0.15)
        #expect(token.mean <= 0.20)
        let first = try #require(all["perf.ttft_ms"])
        #expect(first.median <= 0.27)
        #expect((0.75...0.88).contains(token.coverage))
    }
}
