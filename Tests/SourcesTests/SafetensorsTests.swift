import Documents
import Sources
import Testing
import Text

/// Tensors counted from their headers.
@Suite struct SafetensorsTests {
    @Test func `packed words count as the weights in them and scales as none`() throws {
        let header = try #require(
            SafetensorsHeader([
                "__metadata__": ["format": "pt"],
                "model.embed_tokens.weight": [
                    "dtype": "BF16", "shape": [100, 64], "data_offsets": [0, 12800],
                ],
                "a.q_proj.qweight": ["dtype": "I32", "shape": [8, 64]],
                "a.q_proj.scales": ["dtype": "F16", "shape": [1, 64]],
                "a.q_proj.qzeros": ["dtype": "I32", "shape": [1, 8]],
                "b.weight": ["dtype": "U8", "shape": [64, 32]],
                "b.weight_scale": ["dtype": "F8_E4M3", "shape": [64, 4]],
                "c.rotary_emb.inv_freq": ["dtype": "F32", "shape": [32]],
            ]))
        let count = TensorCount([header])
        #expect(count.parameters == 6400 + 8 * 512 + 2 * 2048)
        #expect(count.packedWords == 512 + 2048)
        #expect(count.besides == ["scales": 64 + 256, "zero points": 8, "rotary buffers": 32])
        #expect(count.stored["BF16"] == 6400)
    }

    @Test func `a shape beyond counting is named`() throws {
        let side = Value(4_000_000_000)
        let header = try #require(
            SafetensorsHeader(["w": ["dtype": "BF16", "shape": .list([side, side, side])]]))
        #expect(TensorCount([header]).uncounted == ["w"])
    }

    @Test func `many huge tensors are named and not summed beyond counting`() throws {
        let side = Value(300_000_000)
        let tensors = (0..<200).map {
            ("w\($0).weight_scale", ["dtype": "F8", "shape": .list([side, side])] as Value)
        }
        let count = TensorCount([try #require(SafetensorsHeader(.record(Record(tensors))))])
        #expect(!count.uncounted.isEmpty && count.parameters == 0)
    }

    @Test func `the answer of the interface is read`() throws {
        let info = try #require(
            ModelInfo([
                "id": "org/model", "sha": "abc", "gated": "manual", "tags": ["license:mit", "x"],
                "createdAt": "2025-03-01T10:00:00.000Z", "downloads": 7, "pipeline_tag": "text-generation",
                "safetensors": ["parameters": ["BF16": 10, "U8": 4], "total": 14],
            ]))
        #expect(info.repo == "org/model" && info.isGated == true && info.license == "mit")
        #expect(info.createdOn?.description == "2025-03-01" && info.storedTotal == 14 && info.hasPackedWords)
    }
}
