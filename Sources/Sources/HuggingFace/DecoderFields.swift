import Documents

/// The fields that nearly every decoder has, under whichever of their names.
struct DecoderFields {
    var hiddenSize: Int
    var vocabularySize: Int
    var layerCount: Int
    var headCount: Int
    var keyValueHeadCount: Int
    var headDimension: Int
    var maximumPosition: Int?
    var activation: String?
    var tiesEmbeddings: Bool

    /// - Parameter ties: what the model's class takes where nothing is written down.
    init(_ config: inout ConfigReader, ties: Bool = false) throws(ConfigFault) {
        hiddenSize = try config.integer("hidden_size", "d_model", "n_embed")
        vocabularySize = try config.integer("padded_vocab_size", "vocab_size")
        _ = config.value("vocab_size")
        layerCount = try config.integer("num_hidden_layers", "num_layers", "n_layers", "n_layer")
        guard layerCount <= 2000 else {
            throw ConfigFault("num_hidden_layers", "\(layerCount) layers are more than 2000")
        }
        headCount = try config.integer("num_attention_heads", "n_heads")
        keyValueHeadCount = try config.integerIfAny("num_key_value_heads", "num_kv_heads") ?? headCount
        if let width = try config.integerIfAny("head_dim", "kv_channels", "attention_head_dim") {
            headDimension = width
        } else if hiddenSize.isMultiple(of: headCount) {
            // What every class computes that takes a head's width from the hidden size.
            headDimension = hiddenSize / headCount
        } else {
            throw ConfigFault("head_dim", "is missing and \(headCount) heads do not divide \(hiddenSize)")
        }
        maximumPosition = try config.integerIfAny("max_position_embeddings", "max_seq_len", "seq_length")
        activation = try LayerParts.activation(
            config.text("hidden_activation", "hidden_act", "activation_function", "mlp_hidden_act"))
        tiesEmbeddings = try config.flag("tie_word_embeddings", default: ties)
        // Before the chat format was given its own names, these stood in every file and meant nothing here.
        _ = config.value("model_type", "architectures")
    }

    var attention: AttentionForm {
        AttentionForm(
            headCount: headCount, keyValueHeadCount: keyValueHeadCount, headDimension: headDimension)
    }

    /// The network around some layers.
    func network(_ layers: [LayerForm], rope: Record?, norm: String? = nil) -> NetworkForm {
        NetworkForm(
            hiddenSize: hiddenSize, vocabularySize: vocabularySize, tiesEmbeddings: tiesEmbeddings,
            maximumPosition: maximumPosition, norm: norm, layers: layers, rope: rope)
    }

    /// The network of equal layers.
    func network(_ layer: LayerForm, rope: Record?, norm: String? = nil) -> NetworkForm {
        network(Array(repeating: layer, count: layerCount), rope: rope, norm: norm)
    }
}

extension ConfigReader {
    /// Which layers have experts, where the first so many do not or a list says so.
    mutating func expertLayers(_ layerCount: Int) throws(ConfigFault) -> [Bool] {
        if let words = try words("mlp_layer_types", count: layerCount) {
            _ = value("first_k_dense_replace", "moe_layer_freq")
            return words.map { $0 == "sparse" }
        }
        if case .list? = value("moe_layer_freq"),
            let marks = try integers("moe_layer_freq", count: layerCount)
        {
            _ = value("first_k_dense_replace")
            return marks.map { $0 == 1 }
        }
        try expect("moe_layer_freq", 1)
        let dense = try integerIfAny("first_k_dense_replace") ?? 0
        return (0..<layerCount).map { $0 >= dense }
    }

    /// The window of a model whose layers all slide, nil where it is switched off.
    mutating func window() throws(ConfigFault) -> Int? {
        try integerIfAny("sliding_window")
    }
}
