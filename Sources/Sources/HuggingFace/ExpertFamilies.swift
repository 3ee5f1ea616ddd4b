import Documents

/// Decoders with experts under grouped attention.
enum ExpertFamilies {
    static func mixtral(_ config: inout ConfigReader) throws(ConfigFault) -> NetworkForm {
        let fields = try DecoderFields(&config)
        let experts = ExpertForm(
            expertCount: try config.integer("num_local_experts"),
            activeCount: try config.integer("num_experts_per_tok"),
            expertSize: try config.integer("intermediate_size"), activation: fields.activation)
        let mixer = LayerParts.sliding(
            fields.attention.record, window: try config.window(), of: fields.maximumPosition)
        return fields.network(
            LayerForm(mixer, experts.record), rope: try config.rope(head: fields.headDimension))
    }

    static func graniteMoE(_ config: inout ConfigReader) throws(ConfigFault) -> NetworkForm {
        let fields = try DecoderFields(&config)
        try config.expect("attention_bias", false)
        let experts = ExpertForm(
            expertCount: try config.integer("num_local_experts"),
            activeCount: try config.integer("num_experts_per_tok"),
            expertSize: try config.integer("intermediate_size"), activation: fields.activation)
        let layer = LayerForm(fields.attention.record, experts.record)
        return fields.network(layer, rope: try config.rope(head: fields.headDimension))
    }

    static func phiMoE(_ config: inout ConfigReader) throws(ConfigFault) -> NetworkForm {
        let fields = try DecoderFields(&config)
        var attention = fields.attention
        attention.hasProjectionBias = try config.flag("attention_bias")
        attention.hasOutputBias = attention.hasProjectionBias
        let experts = ExpertForm(
            expertCount: try config.integer("num_local_experts"),
            activeCount: try config.integer("num_experts_per_tok"),
            expertSize: try config.integer("intermediate_size"), activation: fields.activation)
        let mixer = LayerParts.sliding(
            attention.record, window: try config.window(), of: fields.maximumPosition)
        let rope = try config.rope(head: fields.headDimension)
        var network = fields.network(LayerForm(mixer, experts.record), rope: rope, norm: "layer")
        network.hasHeadBias = try config.flag("lm_head_bias")
        return network
    }

    static func dbrx(_ config: inout ConfigReader) throws(ConfigFault) -> NetworkForm {
        guard var attention = config.part("attn_config"), var parts = config.part("ffn_config") else {
            throw ConfigFault("attn_config", "or ffn_config is missing")
        }
        config.supply("num_kv_heads", Value(try attention.integer("kv_n_heads")))
        let fields = try DecoderFields(&config)
        _ = attention.value("clip_qkv", "model_type")
        let rope = try attention.rope(head: fields.headDimension)
        _ = parts.value("model_type", "moe_jitter_eps", "moe_loss_weight")
        let act = try LayerParts.activation(parts.part("ffn_act_fn")?.record["name"]?.text)
        let experts = ExpertForm(
            expertCount: try parts.integer("moe_num_experts"), activeCount: try parts.integer("moe_top_k"),
            expertSize: try parts.integer("ffn_hidden_size"), activation: act ?? "silu")
        try attention.finish(prefix: "attn_config.")
        try parts.finish(prefix: "ffn_config.")
        let layer = LayerForm(fields.attention.record, experts.record)
        return fields.network(layer, rope: rope, norm: "layer_no_bias")
    }

    /// The second and third generations of Qwen with experts; the second has biases and a gated shared expert.
    static func qwen2(_ config: inout ConfigReader) throws(ConfigFault) -> NetworkForm {
        try qwen(&config) { attention in attention.hasProjectionBias = true }
    }

    static func qwen3(_ config: inout ConfigReader) throws(ConfigFault) -> NetworkForm {
        try config.expect("attention_bias", false)
        try config.expect("use_qk_norm", true)
        return try qwen(&config) { attention in attention.queryKeyNorm = "per_head" }
    }

    private static func qwen(
        _ config: inout ConfigReader, change: (inout AttentionForm) -> Void
    ) throws(ConfigFault) -> NetworkForm {
        let fields = try DecoderFields(&config)
        var attention = fields.attention
        change(&attention)
        guard try !config.flag("use_sliding_window") else {
            throw ConfigFault("use_sliding_window", "is not understood beside experts")
        }
        _ = config.value("sliding_window", "max_window_layers")
        let experts = try qwenExperts(&config, fields)
        let layer = LayerForm(attention.record, experts.record)
        return fields.network(layer, rope: try config.rope(head: fields.headDimension))
    }

    /// The experts of a Qwen model, all layers of which have them.
    static func qwenExperts(
        _ config: inout ConfigReader, _ fields: DecoderFields
    ) throws(ConfigFault) -> ExpertForm {
        try config.expect("decoder_sparse_step", 1)
        try config.expect("mlp_only_layers", [])
        // The width of dense layers, of which there are none.
        _ = config.value("intermediate_size")
        let shared = try config.integerIfAny("shared_expert_intermediate_size")
        return ExpertForm(
            expertCount: try config.integer("num_experts"),
            activeCount: try config.integer("num_experts_per_tok"),
            expertSize: try config.integer("moe_intermediate_size"), sharedCount: shared.map { _ in 1 },
            sharedSize: shared, hasSharedGate: shared != nil, activation: fields.activation)
    }

    static func gptOSS(_ config: inout ConfigReader) throws(ConfigFault) -> NetworkForm {
        let fields = try DecoderFields(&config)
        try config.expect("attention_bias", true)
        var attention = fields.attention
        attention.hasProjectionBias = true
        attention.hasOutputBias = true
        attention.hasSinks = true
        _ = config.value("experts_per_token")
        let experts = ExpertForm(
            expertCount: try config.integer("num_local_experts", "num_experts"),
            activeCount: try config.integer("num_experts_per_tok"),
            expertSize: try config.integer("intermediate_size"), hasRouterBias: true, hasExpertBias: true,
            activation: "swiglu_oai")
        guard let kinds = try config.words("layer_types", count: fields.layerCount) else {
            throw ConfigFault("layer_types", "is missing")
        }
        let full = attention.record
        let sliding = LayerParts.sliding(
            full, window: try config.integer("sliding_window"), of: fields.maximumPosition)
        let layers = kinds.map { LayerForm($0 == "full_attention" ? full : sliding, experts.record) }
        return fields.network(layers, rope: try config.rope(head: fields.headDimension))
    }

    static func glm4(_ config: inout ConfigReader) throws(ConfigFault) -> NetworkForm {
        let fields = try DecoderFields(&config)
        var attention = fields.attention
        attention.hasProjectionBias = try config.flag("attention_bias")
        attention.queryKeyNorm = try config.flag("use_qk_norm") ? "per_head" : nil
        let size = try config.integer("moe_intermediate_size")
        let shared = try config.integerIfAny("n_shared_experts")
        let experts = ExpertForm(
            expertCount: try config.integer("n_routed_experts"),
            activeCount: try config.integer("num_experts_per_tok"), expertSize: size, sharedCount: shared,
            sharedSize: shared.map { $0 * size }, router: "sigmoid", hasRouterBias: true,
            activation: fields.activation)
        let inner = try config.integer("intermediate_size")
        let dense = LayerForm(attention.record, LayerParts.feedForward(inner, fields.activation))
        let sparse = LayerForm(attention.record, experts.record)
        let layers = try config.expertLayers(fields.layerCount).map { $0 ? sparse : dense }
        var network = fields.network(layers, rope: try config.rope(head: fields.headDimension))
        network.extraLayers = try LatentFamilies.extraLayers(&config, network)
        return network
    }

    /// The extra layers that the file names are not among the published weights, so nothing is said of them.
    static func miniMaxM2(_ config: inout ConfigReader) throws(ConfigFault) -> NetworkForm {
        let fields = try DecoderFields(&config)
        try config.expect("attention_bias", false)
        try config.expect("qk_norm_type", "per_layer")
        try config.expect("shared_intermediate_size", 0)
        _ = config.value("use_mtp", "mtp_transformer_layers", "num_mtp_modules")
        if let kinds = config.value("attn_type_list") {
            guard kinds.list?.allSatisfy({ $0.integer == 1 }) == true else {
                throw ConfigFault("attn_type_list", "layers other than full attention are not understood")
            }
        }
        var attention = fields.attention
        attention.queryKeyNorm = try config.flag("use_qk_norm") ? "full" : nil
        let experts = ExpertForm(
            expertCount: try config.integer("num_local_experts"),
            activeCount: try config.integer("num_experts_per_tok"),
            expertSize: try config.integer("intermediate_size"),
            router: config.text("scoring_func") ?? "softmax",
            hasRouterBias: try config.flag("use_routing_bias"), activation: fields.activation)
        let layer = LayerForm(attention.record, experts.record)
        return fields.network(layer, rope: try config.rope(head: fields.headDimension))
    }
}
