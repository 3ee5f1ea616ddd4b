import Documents

/// Decoders with compressed keys and values: DeepSeek, Kimi, GLM 5.
enum LatentFamilies {
    /// The first of the family: experts, but grouped attention.
    static func deepSeekMoE(_ config: inout ConfigReader) throws(ConfigFault) -> NetworkForm {
        let fields = try DecoderFields(&config)
        try config.expect("attention_bias", false)
        let mixer = fields.attention.record
        let experts = try experts(&config, fields, hasRouterBias: false)
        return fields.network(
            try layers(&config, fields, mixer, experts), rope: try config.rope(head: fields.headDimension))
    }

    static func deepSeekV2(_ config: inout ConfigReader) throws(ConfigFault) -> NetworkForm {
        try deepSeek(&config, hasRouterBias: false)
    }

    /// The third generation and Kimi K2, which has its form.
    static func deepSeekV3(_ config: inout ConfigReader) throws(ConfigFault) -> NetworkForm {
        try deepSeek(&config, hasRouterBias: true)
    }

    private static func deepSeek(
        _ config: inout ConfigReader, hasRouterBias: Bool
    ) throws(ConfigFault) -> NetworkForm {
        let fields = try DecoderFields(&config)
        try config.expect("attention_bias", false)
        let mixer = try latentAttention(&config, fields)
        let experts = try experts(&config, fields, hasRouterBias: hasRouterBias)
        var network = fields.network(
            try layers(&config, fields, mixer, experts), rope: try config.rope(head: nil))
        network.extraLayers = try extraLayers(&config, network)
        return network
    }

    /// The same with an indexer that picks the tokens: DeepSeek V3.2 and GLM 5.
    static func deepSeekV32(_ config: inout ConfigReader) throws(ConfigFault) -> NetworkForm {
        let fields = try DecoderFields(&config)
        try config.expect("attention_bias", false)
        if let kinds = try config.words("indexer_types", count: fields.layerCount) {
            guard Set(kinds) == ["full"] else {
                throw ConfigFault(
                    "indexer_types", "layers that share an indexer's picks have no form in the registry")
            }
        }
        let latent = try latentAttention(&config, fields)
        let indexer = Record(known: [
            "heads": Value(try config.integer("index_n_heads")),
            "head_dim": Value(try config.integer("index_head_dim")),
            "top_k": Value(try config.integer("index_topk")), "q_rank": latent["q_rank"],
            "key_norm": "layer", "head_weights": true,
        ])
        let mixer: Record = Record([
            ("kind", "sparse_indexed"), ("indexer", .record(indexer)), ("over", .record(latent)),
        ])
        let experts = try experts(&config, fields, hasRouterBias: true)
        var network = fields.network(
            try layers(&config, fields, mixer, experts), rope: try config.rope(head: nil))
        network.extraLayers = try extraLayers(&config, network)
        return network
    }

    /// - Parameter valueDimension: the width of a value head where the class computes it.
    static func latentAttention(
        _ config: inout ConfigReader, _ fields: DecoderFields, valueDimension: Int? = nil
    ) throws(ConfigFault) -> Record {
        // Null says that queries are not compressed; absence leaves the class to assume a rank.
        guard config.states("q_lora_rank") else {
            throw ConfigFault("q_lora_rank", "is missing: null and the class's own rank differ")
        }
        guard fields.keyValueHeadCount == fields.headCount else {
            throw ConfigFault("num_key_value_heads", "differs from the heads of latent attention")
        }
        let plain = try config.integer("qk_nope_head_dim")
        let rotated = try config.integer("qk_rope_head_dim")
        try config.expect("qk_head_dim", Value(plain + rotated))
        let width: Int
        if let valueDimension { width = valueDimension } else { width = try config.integer("v_head_dim") }
        return Record(known: [
            "kind": "mla", "heads": Value(fields.headCount),
            "q_rank": try config.integerIfAny("q_lora_rank").map { Value($0) },
            "kv_rank": Value(try config.integer("kv_lora_rank")), "qk_nope_dim": Value(plain),
            "qk_rope_dim": Value(rotated),
            "v_dim": Value(width),
        ])
    }

    private static func experts(
        _ config: inout ConfigReader, _ fields: DecoderFields, hasRouterBias: Bool
    ) throws(ConfigFault) -> ExpertForm {
        let size = try config.integer("moe_intermediate_size")
        let shared = try config.integerIfAny("n_shared_experts")
        let router = config.text("scoring_func") ?? (hasRouterBias ? "sigmoid" : "softmax")
        guard router == "sigmoid" || router == "softmax" else {
            throw ConfigFault("scoring_func", "\"\(router)\" is not understood")
        }
        return ExpertForm(
            expertCount: try config.integer("n_routed_experts"),
            activeCount: try config.integer("num_experts_per_tok"), expertSize: size, sharedCount: shared,
            sharedSize: shared.map { $0 * size }, router: router, hasRouterBias: hasRouterBias,
            activation: fields.activation)
    }

    private static func layers(
        _ config: inout ConfigReader, _ fields: DecoderFields, _ mixer: Record, _ experts: ExpertForm
    ) throws(ConfigFault) -> [LayerForm] {
        let size = try config.integer("intermediate_size")
        let dense = LayerForm(mixer, LayerParts.feedForward(size, fields.activation))
        let sparse = LayerForm(mixer, experts.record)
        return try config.expertLayers(fields.layerCount).map { $0 ? sparse : dense }
    }

    static func extraLayers(
        _ config: inout ConfigReader, _ network: NetworkForm
    ) throws(ConfigFault) -> ExtraLayers? {
        guard let count = try config.integerIfAny("num_nextn_predict_layers") else { return nil }
        return ExtraLayers(count: count, of: network.layers.last.map { [$0] } ?? [], frame: .ownEmbedding)
    }
}
