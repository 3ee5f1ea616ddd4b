import Documents

/// In which precision the weights of a configuration are published.
enum Precisions {
    /// The registry's word for a tensor type.
    static func word(_ type: String?) -> String? {
        switch type {
        case "float32", "torch.float32": "fp32"
        case "bfloat16", "torch.bfloat16": "bf16"
        case "float16", "torch.float16": "fp16"
        default: nil
        }
    }

    /// The record of the registry; nil when nothing is written down.
    static func native(_ config: Value, quantization: Value?) throws(ConfigFault) -> Record? {
        let text = config["text_config"]
        let types = [config["torch_dtype"], config["dtype"], text?["torch_dtype"], text?["dtype"]]
        let plain = types.lazy.compactMap { word($0?.text) }.first
        let inside =
            config["quantization_config"] ?? text?["quantization_config"] ?? config["compression_config"]
            ?? config["quantization"]
        guard let scheme = quantization?["quantization"] ?? quantization ?? inside, scheme != .null else {
            return plain.map { Record([("weights", .text($0))]) }
        }
        let unquantized = plain ?? "bf16"
        let ignored = ["ignore", "modules_to_not_convert", "exclude_modules"].flatMap { name in
            (scheme[name]?.list ?? []).compactMap(\.text)
        }
        let weights = try bulk(scheme)
        guard !["fp8", "int8"].contains(weights) else { return Record([("weights", .text(weights))]) }
        let keepsAttention = ignored.contains { $0.contains("self_attn") || $0.contains(".attn.") }
        let keepsHead = ignored.contains { $0.contains("lm_head") || $0.contains("embed") }
        return Record(known: [
            "weights": .text(weights), "attention": keepsAttention ? .text(unquantized) : nil,
            "embeddings": keepsHead ? .text(unquantized) : nil,
        ])
    }

    /// The precision of most weights under a quantization scheme.
    private static func bulk(_ scheme: Value) throws(ConfigFault) -> String {
        switch scheme["quant_method"]?.text {
        case "fp8" where scheme["moe_quant_algo"] == nil, "fbgemm_fp8": return "fp8"
        case "mxfp4": return "mxfp4"
        case "awq" where scheme["bits"] == 4: return "awq"
        case "gptq" where scheme["bits"] == 4: return "gptq"
        case "compressed-tensors": return try grouped(scheme)
        default: break
        }
        if let algorithm = (scheme["quant_algo"] ?? scheme["moe_quant_algo"])?.text {
            return algorithm == "MIXED_PRECISION" ? try mixed(scheme) : try word(algorithm: algorithm)
        }
        if scheme["bits"] == 4, scheme["group_size"] != nil { return "int4" }
        throw ConfigFault("quantization_config", "\(scheme.json.prefix(80)) is not understood")
    }

    private static func word(algorithm: String) throws(ConfigFault) -> String {
        switch algorithm {
        case "FP8", "MXFP8", "FP8_PB_WO": return "fp8"
        case "NVFP4", "W4A16_NVFP4": return "nvfp4"
        default: throw ConfigFault("quant_algo", "\"\(algorithm)\" is not understood")
        }
    }

    private static func grouped(_ scheme: Value) throws(ConfigFault) -> String {
        let weights = scheme["config_groups"]?.record?.members.first?.value["weights"]
        switch (weights?["type"], weights?["num_bits"], scheme["format"]) {
        case ("int", 4, _): return "int4"
        case ("int", 8, _): return "int8"
        case ("float", 8, _): return "fp8"
        case ("float", 4, "mxfp4-pack-quantized"): return "mxfp4"
        case ("float", 4, "nvfp4-pack-quantized"): return "nvfp4"
        default: throw ConfigFault("config_groups", "\(weights?.json ?? "nothing") is not understood")
        }
    }

    /// With several schemes the experts decide, where there are any and all are alike: they are the bulk.
    private static func mixed(_ scheme: Value) throws(ConfigFault) -> String {
        let layers = scheme["quantized_layers"]?.record?.members ?? []
        let experts = layers.filter { $0.name.contains("experts") && !$0.name.contains("shared_expert") }
        let words = Set(experts.compactMap { $0.value["quant_algo"]?.text })
        guard words.count == 1, let word = words.first else {
            throw ConfigFault(
                "quantized_layers", "several schemes; which is that of most weights is not said")
        }
        return try self.word(algorithm: word)
    }
}
