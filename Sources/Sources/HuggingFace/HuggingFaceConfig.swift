package import Documents
package import Entities

/// A `config.json` of Hugging Face as the registry describes a network.
///
/// Either all of it is understood, or it is refused with the field that is not.
package struct HuggingFaceConfig: Sendable {
    /// The registry's architecture without its source.
    package let architecture: Record
    /// The same as an entity.
    package let entity: Architecture
    /// The parameters of the network; nil when the form of a layer has no settled count.
    package let parameters: ExactParameters?
    /// Why the precision of the weights is left out.
    package let precisionFault: ConfigFault?

    /// - Parameter quantization: a `hf_quant_config.json` from beside the configuration.
    package init(_ config: Value, quantization: Value? = nil) throws(ConfigFault) {
        guard let record = config.record else { throw ConfigFault(nil, "not a record") }
        guard let modelType = record["model_type"]?.text else {
            throw ConfigFault("model_type", "is missing")
        }
        let network = try HuggingFaceConfig.network(record, modelType: modelType)
        var precision: Record?
        var fault: ConfigFault?
        do { precision = try Precisions.native(config, quantization: quantization) } catch { fault = error }
        precisionFault = fault
        let name = record["architectures"]?.list?.first?.text
        architecture = try network.record(
            huggingFaceClass: name, modelType: modelType, precision: precision)
        guard let entity = Architecture(record: architecture) else {
            throw ConfigFault(nil, "the result is not an architecture of the registry")
        }
        self.entity = entity
        parameters = ExactParameters(entity, extraLayers: network.extraLayers)
    }

    private static func network(_ record: Record, modelType: String) throws(ConfigFault) -> NetworkForm {
        guard let text = record["text_config"]?.record else {
            var config = ConfigReader(record)
            var network = try decode(&config, modelType)
            if let tower = try VisionTowers.tower(&config, hidden: network.hiddenSize, modelType: modelType) {
                network.vision = tower
            }
            try config.finish()
            return network
        }
        let textType = text["model_type"]?.text ?? modelType
        var whole = ConfigReader(record)
        _ = whole.value("text_config", "model_type", "audio_config", "projector_hidden_act")
        if record["audio_config"]?.record != nil { throw ConfigFault("audio_config", "is not understood") }
        var inside = ConfigReader(text)
        // The language model is tied where either level says so; a level that is silent leaves it to the other.
        if let tied = whole.value("tie_word_embeddings") { inside.supply("tie_word_embeddings", tied) }
        var network = try decode(&inside, textType == modelType ? modelType + "_text" : textType)
        try inside.finish(prefix: "text_config.")
        network.vision = try VisionTowers.tower(&whole, hidden: network.hiddenSize, modelType: modelType)
        // A class that takes pictures has a tower, be it written down or not.
        if modelType == "llama4", network.vision == nil { network.vision = Record() }
        _ = whole.value("vision_config", "img_token_compression_config")
        try whole.finish()
        return network
    }

    private static func decode(
        _ config: inout ConfigReader, _ modelType: String
    ) throws(ConfigFault) -> NetworkForm {
        guard let family = families[modelType] else {
            throw ConfigFault(
                "model_type", refused[modelType] ?? "\"\(modelType)\" is not a family known here")
        }
        return try family(&config)
    }

    private typealias Family = @Sendable (inout ConfigReader) throws(ConfigFault) -> NetworkForm

    private static let families: [String: Family] = [
        "llama": DenseFamilies.llama, "mistral": DenseFamilies.mistral, "qwen": DenseFamilies.qwen1,
        "qwen2": DenseFamilies.qwen2, "qwen2_5_vl": DenseFamilies.qwen2, "mimo": DenseFamilies.qwen2,
        "qwen3": DenseFamilies.qwen3,
        "phi3": DenseFamilies.phi3, "phi3_v": DenseFamilies.phi3Vision, "olmo2": DenseFamilies.olmo2,
        "cohere": DenseFamilies.cohere, "exaone": DenseFamilies.exaone,
        "minicpm3": DenseFamilies.miniCPM3, "starcoder2": PlainFamilies.starCoder2,
        "bloom": PlainFamilies.bloom, "falcon": PlainFamilies.falcon, "chatglm": PlainFamilies.chatGLM,
        "gemma": GemmaFamilies.first, "gemma2": GemmaFamilies.second, "gemma3_text": GemmaFamilies.third,
        "gemma4_text": GemmaFamilies.fourth, "deepseek": LatentFamilies.deepSeekMoE,
        "deepseek_v2": LatentFamilies.deepSeekV2, "deepseek_v3": LatentFamilies.deepSeekV3,
        "kimi_k2": LatentFamilies.deepSeekV3, "deepseek_v32": LatentFamilies.deepSeekV32,
        "glm_moe_dsa": LatentFamilies.deepSeekV32, "mixtral": ExpertFamilies.mixtral,
        "granitemoe": ExpertFamilies.graniteMoE, "phimoe": ExpertFamilies.phiMoE,
        "dbrx": ExpertFamilies.dbrx, "qwen2_moe": ExpertFamilies.qwen2, "qwen3_moe": ExpertFamilies.qwen3,
        "gpt_oss": ExpertFamilies.gptOSS, "glm4_moe": ExpertFamilies.glm4,
        "minimax_m2": ExpertFamilies.miniMaxM2, "llama4_text": MixedFamilies.llama4,
        "mimo_v2_flash": MixedFamilies.miMoV2, "minimax_m3": MixedFamilies.miniMaxM3,
        "minimax_m3_vl_text": MixedFamilies.miniMaxM3, "nemotron-nas": MixedFamilies.nemotronNAS,
        "qwen3_vl_text": DenseFamilies.qwen3, "qwen3_vl_moe_text": ExpertFamilies.qwen3,
        "qwen3_5_text": HybridFamilies.qwen35, "qwen3_5_moe_text": HybridFamilies.qwen35,
        "qwen3_next": HybridFamilies.qwen3Next, "minimax_m1": HybridFamilies.miniMaxM1,
        "nemotron_h": HybridFamilies.nemotronH,
    ]

    /// Families that are known, with what the registry's form of an architecture does not have.
    private static let refused = [
        "deepseek_v4": "compressed sparse attention and hyper-connections have no form in the registry",
        "deepseek_ref": "compressed sparse attention and hyper-connections have no form in the registry",
        "kimi_linear":
            "attention residuals and the gates of this delta attention have no form in the registry",
        "mllama_text_model": "cross-attention layers have no form in the registry",
        "phi3small": "block-sparse attention with local and strided blocks has no form in the registry",
        "step3p7": "the heads of the sliding layers are not in the file and differ from the others",
    ]
}
