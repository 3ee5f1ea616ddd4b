import Documents

/// Decoders with layers whose state has a fixed size: gated delta nets, lightning attention, Mamba 2.
enum HybridFamilies {
    /// Qwen 3.5 and 3.6, dense or with experts.
    static func qwen35(_ config: inout ConfigReader) throws(ConfigFault) -> NetworkForm {
        let fields = try DecoderFields(&config)
        try config.expect("output_gate_type", "swish")
        _ = config.value("full_attention_interval")
        let isGated = try config.flag("attn_output_gate")
        guard let kinds = try config.words("layer_types", count: fields.layerCount) else {
            throw ConfigFault("layer_types", "is missing")
        }
        var (network, full) = try gatedDelta(&config, fields, kinds, isGated: isGated)
        try config.expect("mtp_use_dedicated_embeddings", false)
        if let count = try config.integerIfAny("mtp_num_hidden_layers") {
            network.extraLayers = ExtraLayers(count: count, of: [full], frame: .sharedEmbedding)
        }
        return network
    }

    /// Qwen3-Next: the same with a gate always, and one full layer in so many.
    ///
    /// Its checkpoints hold a layer for multi-token prediction that the configuration does not tell of.
    static func qwen3Next(_ config: inout ConfigReader) throws(ConfigFault) -> NetworkForm {
        let fields = try DecoderFields(&config)
        let interval = try config.integer("full_attention_interval")
        try config.expect("use_sliding_window", false)
        let counted = (0..<fields.layerCount).map {
            $0 % interval == interval - 1 ? "full_attention" : "linear_attention"
        }
        let kinds = try config.words("layer_types", count: fields.layerCount) ?? counted
        return try gatedDelta(&config, fields, kinds, isGated: true).network
    }

    /// Gated delta nets with full attention in between, and the form of a layer with full attention.
    private static func gatedDelta(
        _ config: inout ConfigReader, _ fields: DecoderFields, _ kinds: [String], isGated: Bool
    ) throws(ConfigFault) -> (network: NetworkForm, full: LayerForm) {
        try config.expect("attention_bias", false)
        var attention = fields.attention
        attention.queryKeyNorm = "per_head"
        attention.outputGate = isGated ? "fused" : nil
        let linear = Record(known: [
            "kind": "linear", "form": "gated_delta",
            "key_heads": Value(try config.integer("linear_num_key_heads")),
            "value_heads": Value(try config.integer("linear_num_value_heads")),
            "key_dim": Value(try config.integer("linear_key_head_dim")),
            "value_dim": Value(try config.integer("linear_value_head_dim")),
            "conv_kernel": Value(try config.integer("linear_conv_kernel_dim")),
            "state_precision": Precisions.word(config.text("mamba_ssm_dtype")).map(Value.text),
        ])
        let parts: Record
        if config.states("num_experts") {
            parts = try ExpertFamilies.qwenExperts(&config, fields).record
        } else {
            try config.expect("mlp_only_layers", [])
            parts = LayerParts.feedForward(try config.integer("intermediate_size"), fields.activation)
        }
        let full = LayerForm(attention.record, parts)
        var layers: [LayerForm] = []
        for kind in kinds {
            switch kind {
            case "full_attention": layers.append(full)
            case "linear_attention": layers.append(LayerForm(linear, parts))
            default: throw ConfigFault("layer_types", "\"\(kind)\" is not understood")
            }
        }
        return (fields.network(layers, rope: try config.rope(head: fields.headDimension)), full)
    }

    /// Lightning attention with full attention in between.
    static func miniMaxM1(_ config: inout ConfigReader) throws(ConfigFault) -> NetworkForm {
        let fields = try DecoderFields(&config)
        try config.expect("sliding_window")
        try config.expect("shared_intermediate_size", 0)
        _ = config.value("shared_moe_mode", "postnorm")
        let heads = Value(fields.headCount)
        let width = Value(fields.headDimension)
        let lightning: Record = Record([
            ("kind", "linear"), ("form", "lightning"), ("key_heads", heads), ("value_heads", heads),
            ("key_dim", width), ("value_dim", width),
        ])
        let experts = ExpertForm(
            expertCount: try config.integer("num_local_experts"),
            activeCount: try config.integer("num_experts_per_tok"),
            expertSize: try config.integer("intermediate_size"), activation: fields.activation)
        guard let marks = try config.integers("attn_type_list", count: fields.layerCount) else {
            throw ConfigFault("attn_type_list", "is missing")
        }
        let layers = marks.map { LayerForm($0 == 1 ? fields.attention.record : lightning, experts.record) }
        return fields.network(layers, rope: try config.rope(head: fields.headDimension))
    }

    /// One part a layer, with one norm: state space, attention without positions, matrices or experts.
    static func nemotronH(_ config: inout ConfigReader) throws(ConfigFault) -> NetworkForm {
        if !config.states("num_hidden_layers"), let kinds = config.value("layers_block_type")?.list {
            config.supply("num_hidden_layers", Value(kinds.count))
        }
        let fields = try DecoderFields(&config)
        for name in ["attention_bias", "mlp_bias", "use_bias"] { try config.expect(name, false) }
        try config.expect("sliding_window")
        try config.expect("mamba_hidden_act", "silu")
        _ = config.value("rope_theta", "partial_rotary_factor", "expand", "time_step_rank")
        let pattern = try blocks(&config, "hybrid_override_pattern", "layers_block_type")
        guard pattern.count == fields.layerCount else {
            throw ConfigFault("hybrid_override_pattern", "does not have one sign for each layer")
        }
        let mamba = LayerForm(try mamba2(&config), LayerParts.noFeedForward, norms: 1)
        let attention = LayerForm(fields.attention.record, LayerParts.noFeedForward, norms: 1)
        var layers: [LayerForm] = []
        let inner = try config.integerIfAny("intermediate_size")
        let experts = try nemotronExperts(&config, fields)
        func layer(_ kind: String) throws(ConfigFault) -> LayerForm {
            switch kind {
            case "mamba": return mamba
            case "attention": return attention
            case "mlp":
                guard let inner else { throw ConfigFault("intermediate_size", "is missing") }
                let matrices = LayerParts.feedForward(gated: false, inner, fields.activation)
                return LayerForm(LayerParts.noMixer, matrices, norms: 1)
            case "moe":
                guard let experts else { throw ConfigFault("n_routed_experts", "is missing") }
                return LayerForm(LayerParts.noMixer, experts.record, norms: 1)
            default: throw ConfigFault("hybrid_override_pattern", "\"\(kind)\" is not understood")
            }
        }
        for kind in pattern { layers.append(try layer(kind)) }
        var network = fields.network(layers, rope: nil)
        if let count = try config.integerIfAny("num_nextn_predict_layers") {
            var extra: [LayerForm] = []
            for kind in try blocks(&config, "mtp_hybrid_override_pattern", "mtp_layers_block_type") {
                extra.append(try layer(kind))
            }
            network.extraLayers = ExtraLayers(count: count, of: extra, frame: .unknown)
        }
        return network
    }

    private static func blocks(
        _ config: inout ConfigReader, _ signs: String, _ words: String
    ) throws(ConfigFault) -> [String] {
        if let text = config.text(signs) {
            _ = config.value(words)
            return text.map { sign in
                switch sign {
                case "M": "mamba"
                case "*": "attention"
                case "-": "mlp"
                case "E": "moe"
                default: String(sign)
                }
            }
        }
        guard let list = config.value(words)?.list else { throw ConfigFault(signs, "is missing") }
        return list.compactMap(\.text)
    }

    private static func mamba2(_ config: inout ConfigReader) throws(ConfigFault) -> Record {
        Record(known: [
            "kind": "mamba2", "heads": Value(try config.integer("mamba_num_heads")),
            "head_dim": Value(try config.integer("mamba_head_dim")),
            "state_size": Value(try config.integer("ssm_state_size")),
            "groups": Value(try config.integer("n_groups")),
            "conv_kernel": Value(try config.integer("conv_kernel")),
            "conv_bias": try config.flag("use_conv_bias") ? true : nil,
            "projection_bias": try config.flag("mamba_proj_bias") ? true : nil,
            "state_precision": Precisions.word(config.text("mamba_ssm_cache_dtype")).map(Value.text),
        ])
    }

    private static func nemotronExperts(
        _ config: inout ConfigReader, _ fields: DecoderFields
    ) throws(ConfigFault) -> ExpertForm? {
        guard let count = try config.integerIfAny("n_routed_experts") else { return nil }
        return ExpertForm(
            expertCount: count, activeCount: try config.integer("num_experts_per_tok"), isGated: false,
            expertSize: try config.integer("moe_intermediate_size"),
            sharedCount: try config.integerIfAny("n_shared_experts"),
            sharedSize: try config.integerIfAny("moe_shared_expert_intermediate_size"),
            latentSize: try config.integerIfAny("moe_latent_size"), router: "sigmoid", hasRouterBias: true,
            activation: fields.activation)
    }
}
