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
        #expect(try #require(high["weights.loaded_gib_per_gpu"]).errors.allSatisfy { abs($0.error) <= 0.01 })
        #expect(try #require(high["weights.gguf_file_gib"]).errors.allSatisfy { abs($0.error) <= 0.001 })
        #expect(try #require(all["vram.activation_peak_gib"]).median <= 0.06)
        #expect(try #require(all["vram.total"]).median <= 0.08)
        // DeepSeek-V3's 68.625 is published with three digits.
        #expect(try #require(high["kv.kib_per_token"]).errors.allSatisfy { abs($0.error) < 0.0005 })
    }

    @Test func `Parameters of published checkpoints are exact, or it is known why not`() throws {
        guard let high = try score(confidence: "high"), let total = high["params.total"] else { return }
        let off = total.errors.filter { abs($0.error) > 1e-6 }
            .compactMap { $0.id.split(separator: " ").first }
        #expect(off.map(String.init).sorted() == TruthTests.otherTotals.keys.sorted())
    }

    /// Rows whose published total counts more than the network that the row writes down.
    private static let otherTotals = [
        "params-total-0029": "Gemma 3 4B with its vision tower and projector",
        "params-total-0031": "Gemma 3 27B with its vision tower and projector",
        "params-total-0052": "DeepSeek-V3 with its multi-token-prediction layer and block scales",
        "params-total-0058": "Kimi K2.5 with its vision tower",
    ]

    @Test func `Figures of speed hold their bars`() throws {
        guard let all = try score() else { return }
        let token = try #require(all["perf.tpot_ms"])
        #expect(token.median <= 0.15)
        #expect(token.mean <= 0.20)
        let first = try #require(all["perf.ttft_ms"])
        #expect(first.median <= 0.27)
        #expect((0.75...0.88).contains(token.coverage))
        #expect((0.75...0.88).contains(first.coverage))
        // Throughputs that no bar is set for: that they do not get worse.
        #expect(try #require(all["perf.max_output_tps_per_gpu"]).median <= 0.2)
        #expect(try #require(all["perf.decode_tps_single"]).median <= 0.25)
    }
}
