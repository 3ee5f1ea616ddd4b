import Diagnostics
import Documents
import Entities
import RegistryTree
import Sources
import TestKit
import Testing
import Text

/// Harvests of configurations: of a few of our own, and of the shared folder.
@Suite struct HuggingFaceImportTests {
    private static let tiny = """
        {"model_type": "llama", "architectures": ["LlamaForCausalLM"], "hidden_size": 64, "num_attention_heads": 4,
         "num_hidden_layers": 2, "intermediate_size": 128, "vocab_size": 100, "max_position_embeddings": 512,
         "torch_dtype": "bfloat16", "rope_theta": 10000.0, "time_limit": null}
        """

    private func snapshot(_ name: String, _ text: String) throws -> Snapshot {
        let day = try #require(CalendarDate(year: 2026, month: 11, day: 20))
        return Snapshot(name: name, bytes: Array(text.utf8), origin: Origin(url: nil, seenOn: day))
    }

    private func harvest(_ files: [(String, String)]) throws -> Harvest {
        try HuggingFaceImport.harvest(
            from: files.map { try snapshot($0, $1) }, knowing: Catalog([Entity]()))
    }

    @Test func `an unknown model becomes a whole file`() throws {
        let info = """
            {"id": "Some-Lab/Tiny-Chat", "gated": false, "createdAt": "2025-05-06T00:00:00.000Z",
             "cardData": {"license": "apache-2.0"}, "safetensors": {"parameters": {"BF16": 95040}, "total": 95040}}
            """
        let harvest = try harvest([("Some-Lab__Tiny-Chat.json", Self.tiny), ("info.json", info)])
        let record = try #require(harvest.proposals.first?.record)
        #expect(harvest.proposals.map(\.path) == ["models/some-lab/tiny-chat.yaml"])
        #expect(record["released"] == "2025-05-06" && record["license"] == ["id": "Apache-2.0"])
        #expect(record["parameters"]?["total"]?["value"] == 95_040)
        #expect(record["parameters"]?["total"]?["param_source"] == "config_exact")
        #expect(record["parameters"]?["total"]?["note"] == "Equal to the total of the stored tensors")
        #expect(harvest.refusals.isEmpty && harvest.alarms.isEmpty)
    }

    @Test func `stored tensors win over the formula, which stays in the note`() throws {
        let info = """
            {"id": "Some-Lab/Tiny-Chat", "safetensors": {"parameters": {"BF16": 95041}, "total": 95041}}
            """
        let harvest = try harvest([("Some-Lab__Tiny-Chat.json", Self.tiny), ("info.json", info)])
        let total = try #require(harvest.proposals.first?.record["parameters"]?["total"])
        #expect(total["value"] == 95_041 && total["param_source"] == "safetensors")
        #expect(total["note"] == "config_exact gives 95040")
    }

    @Test func `a copy in four bits is files of its model and its words are no count`() throws {
        let quantization = #"{"quantization": {"quant_algo": "NVFP4", "exclude_modules": ["lm_head"]}}"#
        let info = """
            {"id": "Some-Lab/Tiny-Chat-NVFP4", "safetensors": {"parameters": {"U8": 40000}, "total": 53000}}
            """
        let harvest = try harvest([
            ("Some-Lab__Tiny-Chat.json", Self.tiny), ("Some-Lab__Tiny-Chat-NVFP4.json", Self.tiny),
            ("Some-Lab__Tiny-Chat-NVFP4.hf_quant_config.json", quantization), ("info.json", info),
        ])
        #expect(harvest.proposals.count == 1)
        let record = try #require(harvest.proposals.first?.record)
        #expect(record["weights"]?.list?.first?["precision"] == "nvfp4")
        #expect(record["parameters"]?["total"]?["value"] == 95_040)
    }

    @Test func `a copy by somebody else tells the network of a model that has none`() throws {
        var model = EntityTemplates.model
        model.id = Model.ID("some-lab/tiny-chat")
        model.huggingFace?.repo = "Some-Lab/Tiny-Chat"
        model.architecture = nil
        model.parameters = nil
        let text = Self.tiny.replacing(
            "\"torch_dtype\"", with: "\"quantization_config\": {\"quant_method\": \"fp8\"}, \"torch_dtype\"")
        let harvest = try HuggingFaceImport.harvest(
            from: [snapshot("Other__Tiny-Chat-FP8.json", text)], knowing: Catalog([.model(model)]))
        let record = try #require(harvest.proposals.first?.record)
        #expect(harvest.proposals.map(\.path) == ["models/some-lab/tiny-chat.yaml"])
        #expect(record["hugging_face"]?["repo"] == "Some-Lab/Tiny-Chat")
        #expect(record["parameters"]?["total"]?["value"] == 95_040)
        #expect(record["architecture"]?["native_precision"] == nil)
        #expect(record["weights"]?.list?.first?["precision"] == "fp8")
    }

    @Test func `Qwen3-Next has one full layer in four and is counted to the parameter`() throws {
        let text = """
            {"architectures": ["Qwen3NextForCausalLM"], "decoder_sparse_step": 1, "full_attention_interval": 4,
             "head_dim": 256, "hidden_act": "silu", "hidden_size": 2048, "intermediate_size": 5120,
             "linear_conv_kernel_dim": 4, "linear_key_head_dim": 128, "linear_num_key_heads": 16,
             "linear_num_value_heads": 32, "linear_value_head_dim": 128, "max_position_embeddings": 262144,
             "mlp_only_layers": [], "model_type": "qwen3_next", "moe_intermediate_size": 512,
             "norm_topk_prob": true, "num_attention_heads": 16, "num_experts": 512, "num_experts_per_tok": 10,
             "num_hidden_layers": 48, "num_key_value_heads": 2, "partial_rotary_factor": 0.25,
             "rope_scaling": null, "rope_theta": 10000000, "shared_expert_intermediate_size": 512,
             "tie_word_embeddings": false, "torch_dtype": "bfloat16", "use_sliding_window": false,
             "vocab_size": 151936}
            """
        let record = try #require(harvest([("Qwen__Qwen3-Next.json", text)]).proposals.first?.record)
        // The stored total, 81,324,862,720, holds a layer for multi-token prediction besides.
        #expect(record["parameters"]?["total"]?["value"] == 79_674_391_296)
        #expect(
            record["architecture"]?["layer_pattern"]?.list?.first?["of"]
                == [.text("linear"), .text("linear"), .text("linear"), .text("full")])
    }

    @Test func `words for what is no number do not spoil a file`() throws {
        let text = Self.tiny.replacing(
            "\"time_limit\": null", with: "\"time_step_limit\": [0.0, Infinity, -Infinity, NaN]")
        #expect(try harvest([("Some-Lab__Tiny-Chat.json", text)]).proposals.count == 1)
    }

    @Test(arguments: [
        ("meta-llama/Meta-Llama-3.1-8B", "meta/llama-3.1-8b"),
        ("some-lab/Meta-Llama-3-8B", "some-lab/llama-3-8b"),
        ("nvidia/NVIDIA-Nemotron-3-Ultra-550B-A55B-BF16", "nvidia/nemotron-3-ultra-550b-a55b"),
        ("nvidia/Llama-3_3-Nemotron-Super-49B-v1", "nvidia/llama-3.3-nemotron-super-49b-v1"),
        ("THUDM/glm-4-9b", "zai/glm-4-9b"), ("MiniMaxAI/MiniMax-M3", "minimax/minimax-m3"),
    ])
    func `a repository gives the id of its model`(repo: String, id: String) throws {
        let text = Self.tiny.replacing("\"torch_dtype\"", with: "\"note\": null, \"torch_dtype\"")
        let harvest = try harvest([(repo.replacing("/", with: "__") + ".json", text)])
        #expect(harvest.proposals.map(\.path) == ["models/\(id).yaml"])
    }

    @Test func `what is not understood is refused by name`() throws {
        let text = Self.tiny.replacing("\"llama\"", with: "\"dream\"")
        let harvest = try harvest([("Some-Lab__Tiny-Chat.json", text), ("config.json", Self.tiny)])
        #expect(harvest.proposals.isEmpty)
        #expect(Set(harvest.refusals.map(\.subject)) == ["Some-Lab/Tiny-Chat", "config.json"])
        #expect(throws: SourceError.self) { try self.harvest([("a__b.json", "{\"a\": [1, 2]}")]) }
    }

    @Test func `a known count that is far off sets off alarms and one set by hand stands`() throws {
        let config = SharedConfigs.snapshots.filter { $0.name == "Qwen__Qwen3-8B.json" }
        guard !config.isEmpty else { return }
        let catalog = try Validation(root: Repository.root).catalog
        var model = try #require(catalog.model(named: "Qwen/Qwen3-8B"))
        model.parameters?.total.value = 20_000_000_000
        model.parameters?.total.provenance = .estimated
        let moved = try HuggingFaceImport.harvest(from: config, knowing: Catalog([.model(model)]))
        #expect(Set(moved.alarms.map(\.kind)) == [.countMoved, .estimateOff])
        let total = moved.proposals.first?.record["parameters"]?["total"]
        #expect(total?["value"] == 8_190_735_360 && total?["note"] == "estimated gives 20000000000")

        model.parameters?.total.provenance = .manualOverride
        model.parameters?.total.note = "Set by hand"
        let kept = try HuggingFaceImport.harvest(from: config, knowing: Catalog([.model(model)]))
        let byHand = kept.proposals.first?.record["parameters"]?["total"]
        #expect(byHand?["value"] == 20_000_000_000 && byHand?["param_source"] == "manual_override")
        #expect(byHand?["note"] == "Set by hand; config_exact gives 8190735360")
        #expect(kept.alarms.isEmpty)
    }

    @Test func `the shared folder gives at least 120 models with their architecture`() throws {
        guard !SharedConfigs.configs.isEmpty else { return }
        let catalog = try Validation(root: Repository.root).catalog
        let harvest = try HuggingFaceImport.harvest(from: SharedConfigs.snapshots, knowing: catalog)
        #expect(harvest.alarms == [])
        let known = Set(catalog.models.filter { $0.architecture != nil }.map { "models/\($0.id.text).yaml" })
        let proposed = Set(harvest.proposals.filter { $0.record["architecture"] != nil }.map(\.path))
        print(
            "harvest: \(harvest.proposals.count) proposals, \(proposed.subtracting(known).count) new architectures, \(known.union(proposed).count) in all"
        )
        for refusal in harvest.refusals.sorted(by: { $0.subject < $1.subject }) {
            print("refused: \(refusal.reason.rawValue) \(refusal.subject): \(refusal.detail)")
        }
        #expect(known.union(proposed).count >= 120)
        try Files.withTemporaryFolder { folder in
            for path in Repository.files(below: "schemas") {
                Files.copy("\(Repository.root)/\(path)", to: "\(folder)/\(path)")
            }
            for proposal in harvest.proposals where proposal.record["schema"] != nil {
                Files.write(Value.record(proposal.record).json + "\n", to: "\(folder)/\(proposal.path)")
            }
            let findings = try Validation(root: folder).findings.filter { $0.severity == .error }
            #expect(findings.map { "\($0.location.path): \($0.message)" } == [])
        }
    }
}
