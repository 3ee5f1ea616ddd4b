import Documents

/// Older decoders with two matrices, biases and layer norms, and ChatGLM.
enum PlainFamilies {
    static func starCoder2(_ config: inout ConfigReader) throws(ConfigFault) -> NetworkForm {
        // The activation that an older class of the same family read.
        try config.expect("activation_function", "gelu")
        let fields = try DecoderFields(&config, ties: true)
        try config.expect("mlp_type", "default")
        try config.expect("norm_type", "layer_norm")
        let hasBias = try config.flag("use_bias", default: true)
        var attention = fields.attention
        attention.hasProjectionBias = hasBias
        attention.hasOutputBias = hasBias
        let mixer = LayerParts.sliding(
            attention.record, window: try config.window(), of: fields.maximumPosition)
        let size = try config.integer("intermediate_size")
        let matrices = LayerParts.feedForward(gated: false, size, fields.activation, bias: hasBias)
        let rope = try config.rope(head: fields.headDimension)
        return fields.network(LayerForm(mixer, matrices), rope: rope, norm: "layer")
    }

    /// Positions are a bias on the scores; the embedding has a norm of its own.
    static func bloom(_ config: inout ConfigReader) throws(ConfigFault) -> NetworkForm {
        let fields = try DecoderFields(&config, ties: true)
        try config.expect("apply_residual_connection_post_layernorm", false)
        var attention = fields.attention
        attention.hasProjectionBias = true
        attention.hasOutputBias = true
        let matrices = LayerParts.feedForward(gated: false, 4 * fields.hiddenSize, "gelu_tanh", bias: true)
        var network = fields.network(LayerForm(attention.record, matrices), rope: nil, norm: "layer")
        network.extras = [("norm of the embedding", 2 * fields.hiddenSize)]
        return network
    }

    static func falcon(_ config: inout ConfigReader) throws(ConfigFault) -> NetworkForm {
        let fields = try DecoderFields(&config, ties: true)
        try config.expect("bias", false)
        try config.expect("alibi", false)
        try config.expect("parallel_attn", true)
        _ = config.value("multi_query")
        guard try config.flag("new_decoder_architecture") else {
            throw ConfigFault("new_decoder_architecture", "the older layer of this family is not understood")
        }
        let inner = try config.integerIfAny("ffn_hidden_size") ?? 4 * fields.hiddenSize
        let matrices = LayerParts.feedForward(gated: false, inner, "gelu")
        let rope = try config.rope(head: fields.headDimension, theta: 10_000)
        return fields.network(LayerForm(fields.attention.record, matrices), rope: rope, norm: "layer")
    }

    static func chatGLM(_ config: inout ConfigReader) throws(ConfigFault) -> NetworkForm {
        var fields = try DecoderFields(&config)
        try config.expect("add_bias_linear", false)
        try config.expect("rmsnorm", true)
        try config.expect("post_layer_norm", true)
        try config.expect("apply_residual_connection_post_layernorm", false)
        try config.expect("original_rope", true)
        if try config.flag("multi_query_attention") {
            fields.keyValueHeadCount = try config.integer("multi_query_group_num")
        }
        var attention = fields.attention
        attention.hasProjectionBias = try config.flag("add_qkv_bias")
        let matrices = LayerParts.feedForward(try config.integer("ffn_hidden_size"), "silu")
        // Half of each head is rotated, with a base that a ratio stretches.
        let ratio = try config.integerIfAny("rope_ratio") ?? 1
        let rope: Record = Record([
            ("theta", Value(10_000 * ratio)), ("rotary_dim", Value(fields.headDimension / 2)),
        ])
        return fields.network(LayerForm(attention.record, matrices), rope: rope)
    }
}
