import Documents

/// Google's decoders: tied embeddings, wide heads, local and global layers.
enum GemmaFamilies {
    static func first(_ config: inout ConfigReader) throws(ConfigFault) -> NetworkForm {
        var fields = try DecoderFields(&config, ties: true)
        try config.expect("attention_bias", false)
        // The class computes the tanh form whatever is written under the older name.
        fields.activation = "gelu_tanh"
        let matrices = LayerParts.feedForward(try config.integer("intermediate_size"), fields.activation)
        let rope = try config.rope(head: fields.headDimension)
        return fields.network(LayerForm(fields.attention.record, matrices), rope: rope)
    }

    static func second(_ config: inout ConfigReader) throws(ConfigFault) -> NetworkForm {
        let fields = try DecoderFields(&config, ties: true)
        _ = config.value("hidden_act")
        try config.expect("attention_bias", false)
        let window = try config.integer("sliding_window")
        try config.expect("sliding_window_size", Value(window))
        let isFull = try fullLayers(&config, fields.layerCount, every: 2)
        let matrices = LayerParts.feedForward(try config.integer("intermediate_size"), fields.activation)
        let full = fields.attention.record
        let sliding = LayerParts.sliding(full, window: window, of: fields.maximumPosition)
        let layers = isFull.map { LayerForm($0 ? full : sliding, matrices, norms: 4) }
        return fields.network(layers, rope: try config.rope(head: fields.headDimension))
    }

    /// What is left out of the file is what the published class of the family takes.
    static func third(_ config: inout ConfigReader) throws(ConfigFault) -> NetworkForm {
        config.supply("vocab_size", 262_208)
        config.supply("max_position_embeddings", 131_072)
        config.supply("rope_theta", 1_000_000)
        config.supply("rope_local_base_freq", 10_000)
        config.supply("hidden_activation", "gelu_pytorch_tanh")
        let fields = try DecoderFields(&config, ties: true)
        try config.expect("attention_bias", false)
        let every = try config.integerIfAny("sliding_window_pattern", "_sliding_window_pattern") ?? 6
        let isFull = try fullLayers(&config, fields.layerCount, every: every)
        let matrices = LayerParts.feedForward(try config.integer("intermediate_size"), fields.activation)
        var attention = fields.attention
        attention.queryKeyNorm = "per_head"
        let full = attention.record
        attention.rope = Record(known: ["theta": config.value("rope_local_base_freq")])
        let sliding = LayerParts.sliding(
            attention.record, window: try config.integer("sliding_window"), of: fields.maximumPosition)
        let layers = isFull.map { LayerForm($0 ? full : sliding, matrices, norms: 4) }
        return fields.network(layers, rope: try config.rope(head: fields.headDimension))
    }

    /// Global layers have wider heads, and keys that are values; experts stand beside the dense matrices.
    static func fourth(_ config: inout ConfigReader) throws(ConfigFault) -> NetworkForm {
        let fields = try DecoderFields(&config, ties: true)
        try config.expect("attention_bias", false)
        try config.expect("hidden_size_per_layer_input", 0)
        _ = config.value("vocab_size_per_layer_input")
        try config.expect("num_kv_shared_layers", 0)
        try config.expect("use_double_wide_mlp", false)
        let isFull = try fullLayers(&config, fields.layerCount, every: 6)
        var ropes = config.part("rope_parameters")
        var local = fields.attention
        local.queryKeyNorm = "per_head"
        var global = local
        global.headDimension = try config.integer("global_head_dim")
        global.keyValueHeadCount =
            try config.integerIfAny("num_global_key_value_heads") ?? fields.keyValueHeadCount
        global.keysAreValues = try config.flag("attention_k_eq_v")
        let rope = try ropes?.nestedRope("full_attention", head: global.headDimension)
        local.rope = try ropes?.nestedRope("sliding_attention", head: local.headDimension)
        let sliding = LayerParts.sliding(
            local.record, window: try config.integer("sliding_window"), of: fields.maximumPosition)
        let size = try config.integer("intermediate_size")
        guard try config.flag("enable_moe_block") else {
            let matrices = LayerParts.feedForward(size, fields.activation)
            let layers = isFull.map { LayerForm($0 ? global.record : sliding, matrices, norms: 4) }
            var network = fields.network(layers, rope: rope)
            network.extras = [("scalar of each layer", fields.layerCount)]
            return network
        }
        let experts = ExpertForm(
            expertCount: try config.integer("num_experts"), activeCount: try config.integer("top_k_experts"),
            expertSize: try config.integer("moe_intermediate_size", "expert_intermediate_size"),
            sharedCount: 1, sharedSize: size, activation: fields.activation)
        let layers = isFull.map { LayerForm($0 ? global.record : sliding, experts.record, norms: 7) }
        var network = fields.network(layers, rope: rope)
        network.extras = [
            ("scalar of each layer", fields.layerCount),
            ("scales of the routers", fields.layerCount * (fields.hiddenSize + experts.expertCount)),
        ]
        return network
    }

    /// Which layers attend to everything: as listed, else every so many.
    private static func fullLayers(
        _ config: inout ConfigReader, _ layerCount: Int, every: Int
    ) throws(ConfigFault) -> [Bool] {
        if let words = try config.words("layer_types", count: layerCount) {
            return words.map { $0 == "full_attention" }
        }
        return (1...layerCount).map { $0.isMultiple(of: every) }
    }
}

extension ConfigReader {
    /// Rotary positions that are written down for one kind of layer.
    mutating func nestedRope(_ name: String, head: Int) throws(ConfigFault) -> Record? {
        guard let parameters = part(name) else { return nil }
        var whole = ConfigReader(Record([("rope_parameters", .record(parameters.record))]))
        return try whole.rope(head: head)
    }
}
