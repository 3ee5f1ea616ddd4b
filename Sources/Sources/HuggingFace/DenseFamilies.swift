import Documents

/// Decoders of equal layers with gated matrices, and what each of their classes adds to that.
///
/// A value that is supplied is the one that the family's published class takes when a file is silent.
enum DenseFamilies {
    static func llama(_ config: inout ConfigReader) throws(ConfigFault) -> NetworkForm {
        let fields = try DecoderFields(&config)
        var attention = fields.attention
        attention.hasProjectionBias = try config.flag("attention_bias")
        attention.hasOutputBias = attention.hasProjectionBias
        let size = try config.integer("intermediate_size")
        let matrices = LayerParts.feedForward(size, fields.activation, bias: try config.flag("mlp_bias"))
        let rope = try config.rope(head: fields.headDimension, theta: 10_000)
        return fields.network(LayerForm(attention.record, matrices), rope: rope)
    }

    static func mistral(_ config: inout ConfigReader) throws(ConfigFault) -> NetworkForm {
        let fields = try DecoderFields(&config)
        let size = try config.integer("intermediate_size")
        let mixer = LayerParts.sliding(
            fields.attention.record, window: try config.window(), of: fields.maximumPosition)
        let matrices = LayerParts.feedForward(size, fields.activation)
        return fields.network(LayerForm(mixer, matrices), rope: try config.rope(head: fields.headDimension))
    }

    /// The second generation, its vision model's language part and MiMo: biases on the projections but the output.
    static func qwen2(_ config: inout ConfigReader) throws(ConfigFault) -> NetworkForm {
        config.supply("hidden_act", "silu")
        let fields = try DecoderFields(&config)
        try config.expect("attention_bias", true)
        try config.expect("use_mrope", false)
        var attention = fields.attention
        attention.hasProjectionBias = true
        var network = try qwen(&config, fields, attention)
        if let count = try config.integerIfAny("num_nextn_predict_layers") {
            let layer = network.layers.last.map { [$0] } ?? []
            network.extraLayers = ExtraLayers(count: count, of: layer, frame: .sharedEmbedding)
        }
        return network
    }

    /// The third generation: norms on queries and keys instead of biases.
    static func qwen3(_ config: inout ConfigReader) throws(ConfigFault) -> NetworkForm {
        config.supply("hidden_act", "silu")
        let fields = try DecoderFields(&config)
        try config.expect("attention_bias", false)
        var attention = fields.attention
        attention.queryKeyNorm = "per_head"
        return try qwen(&config, fields, attention)
    }

    private static func qwen(
        _ config: inout ConfigReader, _ fields: DecoderFields, _ attention: AttentionForm
    ) throws(ConfigFault) -> NetworkForm {
        let matrices = LayerParts.feedForward(try config.integer("intermediate_size"), fields.activation)
        let window = try config.window()
        let full = try config.integerIfAny("max_window_layers") ?? 0
        let slides = try config.flag("use_sliding_window")
        let layers = (0..<fields.layerCount).map { place in
            let mixer =
                slides && place >= full
                ? LayerParts.sliding(attention.record, window: window, of: fields.maximumPosition)
                : attention.record
            return LayerForm(mixer, matrices)
        }
        return fields.network(layers, rope: try config.rope(head: fields.headDimension))
    }

    /// The first generation: the written inner width is that of two matrices together.
    static func qwen1(_ config: inout ConfigReader) throws(ConfigFault) -> NetworkForm {
        let fields = try DecoderFields(&config)
        try config.expect("no_bias", true)
        try config.expect("use_dynamic_ntk", false)
        try config.expect("use_logn_attn", false)
        var attention = fields.attention
        attention.hasProjectionBias = true
        let size = try config.integer("intermediate_size") / 2
        let matrices = LayerParts.feedForward(size, "silu")
        let rope = try config.rope(head: fields.headDimension)
        return fields.network(LayerForm(attention.record, matrices), rope: rope)
    }

    static func phi3(_ config: inout ConfigReader) throws(ConfigFault) -> NetworkForm {
        let fields = try DecoderFields(&config)
        try config.expect("attention_bias", false)
        try config.expect("lm_head_bias", false)
        try config.expect("mlp_bias", false)
        try config.expect("full_attn_mod", 1)
        try config.expect("interpolate_factor", 1)
        let mixer = LayerParts.sliding(
            fields.attention.record, window: try config.window(), of: fields.maximumPosition)
        let matrices = LayerParts.feedForward(try config.integer("intermediate_size"), fields.activation)
        return fields.network(LayerForm(mixer, matrices), rope: try config.rope(head: fields.headDimension))
    }

    static func phi3Vision(_ config: inout ConfigReader) throws(ConfigFault) -> NetworkForm {
        var network = try phi3(&config)
        network.vision = try VisionTowers.phi3(&config, hidden: network.hiddenSize)
        return network
    }

    static func olmo2(_ config: inout ConfigReader) throws(ConfigFault) -> NetworkForm {
        let fields = try DecoderFields(&config)
        try config.expect("attention_bias", false)
        var attention = fields.attention
        attention.queryKeyNorm = "full"
        let matrices = LayerParts.feedForward(try config.integer("intermediate_size"), fields.activation)
        let rope = try config.rope(head: fields.headDimension)
        return fields.network(LayerForm(attention.record, matrices), rope: rope)
    }

    /// Attention and matrices side by side behind one norm without a bias.
    static func cohere(_ config: inout ConfigReader) throws(ConfigFault) -> NetworkForm {
        let fields = try DecoderFields(&config, ties: true)
        try config.expect("use_qk_norm", false)
        var attention = fields.attention
        attention.hasProjectionBias = try config.flag("attention_bias")
        attention.hasOutputBias = attention.hasProjectionBias
        let matrices = LayerParts.feedForward(try config.integer("intermediate_size"), fields.activation)
        let rope = try config.rope(head: fields.headDimension)
        return fields.network(
            LayerForm(attention.record, matrices, norms: 1), rope: rope, norm: "layer_no_bias")
    }

    static func exaone(_ config: inout ConfigReader) throws(ConfigFault) -> NetworkForm {
        let fields = try DecoderFields(&config)
        let matrices = LayerParts.feedForward(try config.integer("intermediate_size"), fields.activation)
        let rope = try config.rope(head: fields.headDimension)
        return fields.network(LayerForm(fields.attention.record, matrices), rope: rope)
    }

    /// Latent attention over gated matrices.
    static func miniCPM3(_ config: inout ConfigReader) throws(ConfigFault) -> NetworkForm {
        let fields = try DecoderFields(&config, ties: true)
        try config.expect("attention_bias", false)
        let mixer = try LatentFamilies.latentAttention(
            &config, fields, valueDimension: fields.hiddenSize / fields.headCount)
        let matrices = LayerParts.feedForward(try config.integer("intermediate_size"), fields.activation)
        return fields.network(LayerForm(mixer, matrices), rope: try config.rope(head: nil, theta: 10_000))
    }
}
