import Documents
import Entities
import RegistryTree
import Sources
import TestKit
import Testing
import Text

/// The configurations of the shared folder against what is known of their models.
@Suite struct ConfigDecodingTests {
    @Test func `every configuration is decoded or refused for a listed reason`() throws {
        guard !SharedConfigs.configs.isEmpty else { return }
        let listed = SharedConfigs.list("refused-configs.txt")
        var refused: [String: String] = [:]
        var decodedCount = 0
        for (repo, result) in SharedConfigs.decoded {
            switch result {
            case .success: decodedCount += 1
            case .failure(let fault): refused[repo] = fault.message
            }
        }
        print("configurations: \(decodedCount) decoded, \(refused.count) refused by name")
        for (repo, reason) in refused {
            let field = reason.prefix { $0 != ":" }
            #expect(listed[repo]?.hasPrefix(field) == true, "\(repo) is refused: \(reason)")
        }
        for repo in listed.keys where refused[repo] == nil {
            Issue.record("\(repo) is decoded now; take it off the list")
        }
        #expect(decodedCount + refused.count == SharedConfigs.configs.count)
    }

    @Test func `the hand-made architectures of the registry are reproduced`() throws {
        guard !SharedConfigs.configs.isEmpty else { return }
        let catalog = try Validation(root: Repository.root).catalog
        var sameCount = 0
        for model in catalog.models {
            guard let repo = model.huggingFace?.repo, let known = model.architecture,
                case .success(let config)? = SharedConfigs.decoded[repo]
            else { continue }
            sameCount += 1
            let entity = config.entity
            #expect(entity.isSameNetwork(as: known), "\(repo)")
            #expect(entity.family == known.family, "\(repo)")
            #expect(entity.maximumPosition == known.maximumPosition, "\(repo)")
            #expect(entity.rope == known.rope, "\(repo)")
            #expect(
                entity.multiTokenPrediction?.layerCount == known.multiTokenPrediction?.layerCount, "\(repo)")
            if let tower = entity.vision?.parameterCount {
                #expect(tower == known.vision?.parameterCount, "\(repo)")
            }
            #expect(entity.nativePrecision == known.nativePrecision, "\(repo)")
            if let extra = model.parameters?.multiTokenPrediction {
                #expect(config.parameters?.multiTokenPrediction == extra.value, "\(repo)")
            }
        }
        print(
            "registry: \(sameCount) architectures of the registry have a configuration in the shared folder")
        #expect(sameCount >= 30)
    }

    @Test func `values a token that the caches of known models hold`() throws {
        guard !SharedConfigs.configs.isEmpty else { return }
        let bytes = [
            "meta-llama/Meta-Llama-3.1-8B": 131_072, "meta-llama/Meta-Llama-3.1-70B": 327_680,
            "meta-llama/Meta-Llama-3.1-405B": 516_096, "Qwen/Qwen3-235B-A22B": 192_512,
            "deepseek-ai/DeepSeek-V3": 70_272,
        ]
        for (repo, expected) in bytes {
            let config = try #require(try SharedConfigs.decoded[repo]?.get(), "\(repo)")
            #expect(config.entity.cachedBytesPerToken == expected, "\(repo)")
        }
    }

    @Test func `a field that nobody understands refuses the whole file`() throws {
        var config = Record([
            ("model_type", "llama"), ("hidden_size", 64), ("num_attention_heads", 4),
            ("num_hidden_layers", 2), ("intermediate_size", 128), ("vocab_size", 100),
        ])
        #expect(try HuggingFaceConfig(.record(config)).parameters?.total == 2 * 6400 + 2 * 41_088 + 64)
        config["novel_gate"] = true
        #expect(throws: ConfigFault("novel_gate", "true is not understood")) {
            try HuggingFaceConfig(.record(config))
        }
        config["novel_gate"] = false
        config["rope_scaling"] = ["type": "spiral", "factor": 2]
        #expect(throws: ConfigFault("rope_scaling", "\"spiral\" is not understood")) {
            try HuggingFaceConfig(.record(config))
        }
        config["model_type"] = "never-heard"
        #expect(throws: ConfigFault.self) { try HuggingFaceConfig(.record(config)) }
    }

    @Test func `numbers beyond any network are refused and nothing overflows`() throws {
        guard !SharedConfigs.configs.isEmpty else { return }
        let seed = UInt64.random(in: 0...UInt64.max)
        print("hostile configurations: seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        let hostile: [Value] = [
            0, -1, 1_000_000_000, 999_999_999, .number(.init(Int.max)), "text", [], true, .null,
            ["a": 1], .number(Number("1e300") ?? .zero),
        ]
        for name in SharedConfigs.configs where !name.contains("NVFP4") {
            guard let record = try SharedConfigs.json(name)?.record else { continue }
            for _ in 0..<6 {
                var changed = record
                let member = record.members[Int.random(in: record.members.indices, using: &generator)]
                let inner = member.value.record?.members.randomElement(using: &generator)
                let value = hostile.randomElement(using: &generator) ?? .null
                if let inner, var part = member.value.record {
                    part[inner.name] = value
                    changed[member.name] = .record(part)
                } else {
                    changed[member.name] = value
                }
                _ = try? HuggingFaceConfig(.record(changed))
            }
        }
    }
}

extension Architecture {
    /// Bytes that one more token of context adds to the cache in sixteen bits, all layers that grow.
    fileprivate var cachedBytesPerToken: Int? {
        guard let uses = layerUses else { return nil }
        return zip(layerKinds, uses).reduce(0) { sum, kind in
            switch kind.0.layer.mixer {
            case .full(let attention):
                let width = attention.headDimension + attention.valueHeadDimension
                return sum + kind.1 * 2 * attention.keyValueHeadCount * width
            case .latent(let attention):
                return sum + kind.1 * 2 * (attention.keyValueRank + attention.ropeDimension)
            default: return sum
            }
        }
    }
}
