package import Documents
package import Text

/// A network by layer kind: all that sizing needs.
package struct Architecture: Sendable, Hashable {
    /// The broad family of a network.
    package enum Family: String, Sendable, CaseIterable {
        case dense, moe, hybrid, ssm, encoder, diffusion
    }

    /// The form of the norms over the hidden state.
    package enum Norm: String, Sendable, CaseIterable {
        /// A weight.
        case rms
        /// A weight and a bias.
        case layer
        /// A weight.
        case layerWithoutBias = "layer_no_bias"
        case unweighted
    }

    package var family: Family
    /// The class name in the Hugging Face configuration.
    package var huggingFaceClass: String?
    package var huggingFaceModelType: String?
    /// Layers of the main model; equals the sum over the pattern.
    package var layerCount: Int
    package var hiddenSize: Int
    /// Rows of the embedding matrix.
    package var vocabularySize: Int
    /// True when the output matrix is the embedding matrix.
    package var tiesEmbeddings: Bool
    package var hasHeadBias: Bool
    /// The largest position in the configuration.
    package var maximumPosition: Int?
    package var norm: Norm
    /// The distinct kinds of layer in the order of the file.
    package var layerKinds: [LayerKind]
    /// The layers from first to last.
    package var pattern: [LayerRun]
    package var multiTokenPrediction: MultiTokenPrediction?
    package var vision: Tower?
    package var audio: Tower?
    /// Parameters of the main model that no formula over the other fields gives.
    package var extras: [ExtraParameters]
    package var rope: RotaryPositions?
    package var nativePrecision: NativePrecision?
    package var source: Source

    /// The kind of layer by its name. Linear in the kinds, of which there are a few.
    package func layerKind(_ name: String) -> LayerKind? {
        layerKinds.first { $0.name == name }
    }
}

extension Architecture: FieldsReadable {
    init?(_ fields: Fields) {
        guard let family: Family = fields.word("type"), let layerCount = fields.dimension("layers"),
            let hiddenSize = fields.dimension("hidden_size"),
            let vocabularySize = fields.dimension("vocab_size"), let source: Source = fields.part("source")
        else { return nil }
        self.family = family
        huggingFaceClass = fields.text("hf_architecture")
        huggingFaceModelType = fields.text("hf_model_type")
        self.layerCount = layerCount
        self.hiddenSize = hiddenSize
        self.vocabularySize = vocabularySize
        tiesEmbeddings = fields.flag("tie_embeddings")
        hasHeadBias = fields.flag("head_bias")
        maximumPosition = fields.integer("max_position")
        norm = fields.word("norm") ?? .rms
        layerKinds = fields.named("layer_kinds").map { (name: String, layer: Layer) in
            LayerKind(name: name, layer: layer)
        }
        pattern = fields.parts("layer_pattern")
        multiTokenPrediction = fields.part("mtp")
        vision = fields.part("vision")
        audio = fields.part("audio")
        extras = fields.parts("extras")
        rope = fields.part("rope")
        nativePrecision = fields.part("native_precision")
        self.source = source
    }
}

extension Fields {
    /// A number of parameters, 1 to 10¹⁵.
    func parameterCount(_ name: StaticString) -> Int? {
        integer(name).flatMap { (1...1_000_000_000_000_000).contains($0) ? $0 : nil }
    }

    /// A width or a number of things in a network, 0 to 10⁷: the product of any four of them fits an Int128.
    func dimension(_ name: StaticString) -> Int? {
        integer(name).flatMap { (0...10_000_000).contains($0) ? $0 : nil }
    }
}

/// What mixes the tokens and what transforms each of them, with the norms around.
package struct Layer: Sendable, Hashable, FieldsReadable {
    package var mixer: Mixer
    package var feedForward: FeedForward
    /// Norms over the hidden state.
    package var normCount: Int

    init?(_ fields: Fields) {
        guard let mixer: Mixer = fields.part("mixer"), let feedForward: FeedForward = fields.part("ffn"),
            let normCount = fields.dimension("norm_count")
        else { return nil }
        self.mixer = mixer
        self.feedForward = feedForward
        self.normCount = normCount
    }
}

/// A layer under the name that the pattern calls it by.
package struct LayerKind: Sendable, Hashable {
    package var name: String
    package var layer: Layer
}

/// A sequence of layer kinds and how often it is repeated.
package struct LayerRun: Sendable, Hashable, FieldsReadable {
    package var repeatCount: Int
    /// Names of layer kinds in order.
    package var kinds: [String]

    init?(_ fields: Fields) {
        guard let repeatCount = fields.dimension("repeat") else { return nil }
        self.repeatCount = repeatCount
        kinds = fields.texts("of")
    }
}

/// Extra layers that predict further tokens; many engines do not load them.
package struct MultiTokenPrediction: Sendable, Hashable, FieldsReadable {
    package var layerCount: Int
    /// Names of the layer kinds of each extra layer in order; empty when unknown.
    package var kinds: [String]

    init?(_ fields: Fields) {
        guard let layerCount = fields.dimension("layers") else { return nil }
        self.layerCount = layerCount
        kinds = fields.texts("of")
    }
}

/// An encoder that turns images or sound into tokens of the language model.
package struct Tower: Sendable, Hashable, FieldsReadable {
    /// Of the tower and its projector together; nil when unknown.
    package var parameterCount: Int?
    package var layerCount: Int?
    package var hiddenSize: Int?

    init?(_ fields: Fields) {
        parameterCount = fields.parameterCount("parameters")
        layerCount = fields.dimension("layers")
        hiddenSize = fields.dimension("hidden_size")
    }
}

/// A named group of parameters in the whole model.
package struct ExtraParameters: Sendable, Hashable, FieldsReadable {
    package var name: String
    package var parameterCount: Int

    init?(_ fields: Fields) {
        guard let name = fields.text("name"), let parameterCount = fields.parameterCount("parameters") else {
            return nil
        }
        self.name = name
        self.parameterCount = parameterCount
    }
}

/// Rotary position embedding.
package struct RotaryPositions: Sendable, Hashable, FieldsReadable {
    /// How positions beyond the trained length are reached.
    package enum Scaling: String, Sendable, CaseIterable {
        case linear, dynamic, llama3, yarn, longrope
    }

    /// The base of the rotary frequencies.
    package var theta: Number?
    package var scaling: Scaling?
    package var factor: Number?
    /// The trained length before scaling.
    package var originalTokens: Int?
    /// Head dimensions that are rotated, where it is not all of them.
    package var rotaryDimension: Int?

    init?(_ fields: Fields) {
        theta = fields.number("theta")
        scaling = fields.word("scaling")
        factor = fields.number("factor")
        originalTokens = fields.integer("original_max")
        rotaryDimension = fields.dimension("rotary_dim")
    }
}

/// The precision in which the vendor publishes the weights; parts only where they differ from the bulk.
package struct NativePrecision: Sendable, Hashable, FieldsReadable {
    package var weights: Precision
    package var attention: Precision?
    package var experts: Precision?
    package var embeddings: Precision?

    init?(_ fields: Fields) {
        guard let weights: Precision = fields.word("weights") else { return nil }
        self.weights = weights
        attention = fields.word("attention")
        experts = fields.word("experts")
        embeddings = fields.word("embeddings")
    }
}

extension Architecture {
    /// The architecture of a mapping in a document, nil when a required field is missing or of another type.
    package init?(_ document: Document, at node: Int = 0) {
        self.init(Fields(document, at: node))
    }
}
