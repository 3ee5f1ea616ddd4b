/// What mixes the tokens of a sequence.
package enum Mixer: Sendable, Hashable {
    /// Every token attends to all earlier ones; the cache grows with the context.
    case full(Attention)
    /// A token attends to the last `windowTokens`; the cache stops growing there.
    case sliding(Attention, windowTokens: Int)
    /// A token attends inside its chunk of the context only.
    case chunked(Attention, chunkTokens: Int)
    case latent(LatentAttention)
    /// A small indexer picks the tokens that the attention reads; its keys are cached beside that cache.
    case sparseIndexed(Indexer, over: IndexedAttention)
    case linear(LinearAttention)
    case mamba2(Mamba2)
    /// The layer has a feed-forward part only.
    case none
}

extension Mixer: FieldsReadable {
    init?(_ fields: Fields) {
        var mixer: Mixer?
        switch fields.text("kind") {
        case "full": mixer = Attention(fields).map(Mixer.full)
        case "sliding":
            if let attention = Attention(fields), let window = fields.dimension("window") {
                mixer = .sliding(attention, windowTokens: window)
            }
        case "chunked":
            if let attention = Attention(fields), let chunk = fields.dimension("chunk") {
                mixer = .chunked(attention, chunkTokens: chunk)
            }
        case "mla": mixer = LatentAttention(fields).map(Mixer.latent)
        case "sparse_indexed":
            if let indexer: Indexer = fields.part("indexer"), let over: IndexedAttention = fields.part("over")
            {
                mixer = .sparseIndexed(indexer, over: over)
            }
        case "linear": mixer = LinearAttention(fields).map(Mixer.linear)
        case "mamba2": mixer = Mamba2(fields).map(Mixer.mamba2)
        case "none": mixer = Mixer.none
        default: break
        }
        guard let mixer else { return nil }
        self = mixer
    }
}

/// Attention with heads that share keys and values in groups.
package struct Attention: Sendable, Hashable, FieldsReadable {
    /// A norm on queries and keys.
    package enum QueryKeyNorm: String, Sendable, CaseIterable {
        /// One weight vector of the head's width for queries and one for keys.
        case perHead = "per_head"
        /// One weight across all heads.
        case full
        case unweighted
    }

    /// A gate on the attention output.
    package enum Gate: String, Sendable, CaseIterable {
        /// Doubles the query projection.
        case fused
        /// One value a head.
        case headwise
    }

    package var headCount: Int
    package var keyValueHeadCount: Int
    /// Width of one query or key head; never assumed to be the hidden size over the heads.
    package var headDimension: Int
    /// Width of one value head.
    package var valueHeadDimension: Int
    package var queryKeyNorm: QueryKeyNorm?
    package var hasProjectionBias: Bool
    package var hasOutputBias: Bool
    package var outputGate: Gate?
    /// Every head has a learned sink logit.
    package var hasSinks: Bool
    /// Keys and values are one tensor, cached once.
    package var keysAreValues: Bool
    /// Reuses the keys and values of an earlier layer, so that it caches none of its own.
    package var sharesKeyValues: Bool
    /// Where they differ from the model's.
    package var rope: RotaryPositions?

    init?(_ fields: Fields) {
        guard let headCount = fields.dimension("heads"), let keyValueHeadCount = fields.dimension("kv_heads"),
            let headDimension = fields.dimension("head_dim")
        else { return nil }
        self.headCount = headCount
        self.keyValueHeadCount = keyValueHeadCount
        self.headDimension = headDimension
        valueHeadDimension = fields.dimension("v_head_dim") ?? headDimension
        queryKeyNorm = fields.word("qk_norm")
        hasProjectionBias = fields.flag("qkv_bias")
        hasOutputBias = fields.flag("output_bias")
        outputGate = fields.word("output_gate")
        hasSinks = fields.flag("sinks")
        keysAreValues = fields.flag("keys_are_values")
        sharesKeyValues = fields.flag("shares_kv")
        rope = fields.part("rope")
    }
}

/// Multi-head latent attention: the cache holds `keyValueRank + ropeDimension` values a token and layer.
package struct LatentAttention: Sendable, Hashable, FieldsReadable {
    /// A gate on the attention output.
    package enum Gate: String, Sendable, CaseIterable {
        /// One value for every output value.
        case full
        /// One value a head.
        case headwise
    }

    package var headCount: Int
    /// Nil when queries are not compressed.
    package var queryRank: Int?
    package var keyValueRank: Int
    /// Width of the part of a query or key head without rotation.
    package var plainDimension: Int
    /// Width of the rotated part of a query or key head.
    package var ropeDimension: Int
    package var valueDimension: Int
    package var outputGate: Gate?

    init?(_ fields: Fields) {
        guard let headCount = fields.dimension("heads"), let keyValueRank = fields.dimension("kv_rank"),
            let plainDimension = fields.dimension("qk_nope_dim"),
            let ropeDimension = fields.dimension("qk_rope_dim"),
            let valueDimension = fields.dimension("v_dim")
        else { return nil }
        self.headCount = headCount
        queryRank = fields.dimension("q_rank")
        self.keyValueRank = keyValueRank
        self.plainDimension = plainDimension
        self.ropeDimension = ropeDimension
        self.valueDimension = valueDimension
        outputGate = fields.word("output_gate")
    }
}

/// The part of sparse attention that picks the tokens to attend to.
package struct Indexer: Sendable, Hashable, FieldsReadable {
    /// A norm on the key.
    package enum KeyNorm: String, Sendable, CaseIterable {
        /// A weight and a bias.
        case layer
        /// A weight.
        case rms
    }

    package var headCount: Int
    /// One key of this width is cached a token.
    package var headDimension: Int
    /// Tokens, or blocks where there are blocks, that are picked.
    package var pickedCount: Int
    /// Tokens in a block, where whole blocks are picked.
    package var blockTokens: Int?
    /// Width of the compressed query that the indexer reads instead of the hidden state.
    package var queryRank: Int?
    package var keyNorm: KeyNorm?
    /// A projection of the hidden state gives every head its weight.
    package var hasHeadWeights: Bool

    init?(_ fields: Fields) {
        guard let headCount = fields.dimension("heads"), let headDimension = fields.dimension("head_dim"),
            let pickedCount = fields.integer("top_k")
        else { return nil }
        self.headCount = headCount
        self.headDimension = headDimension
        self.pickedCount = pickedCount
        blockTokens = fields.integer("block")
        queryRank = fields.dimension("q_rank")
        keyNorm = fields.word("key_norm")
        hasHeadWeights = fields.flag("head_weights")
    }
}

/// The attention that reads what an indexer picked.
package enum IndexedAttention: Sendable, Hashable, FieldsReadable {
    case full(Attention)
    case latent(LatentAttention)

    init?(_ fields: Fields) {
        var attention: IndexedAttention?
        switch fields.text("kind") {
        case "full": attention = Attention(fields).map(IndexedAttention.full)
        case "mla": attention = LatentAttention(fields).map(IndexedAttention.latent)
        default: break
        }
        guard let attention else { return nil }
        self = attention
    }
}

/// Linear attention: a state of fixed size for a sequence, whatever its length.
package struct LinearAttention: Sendable, Hashable, FieldsReadable {
    /// Which one it is; decides the projections.
    package enum Form: String, Sendable, CaseIterable {
        case gatedDelta = "gated_delta"
        case kimiDelta = "kimi_delta"
        case lightning
    }

    package var form: Form
    package var keyHeadCount: Int
    package var valueHeadCount: Int
    package var keyDimension: Int
    package var valueDimension: Int
    /// Width of the short convolution before the state; nil when there is none.
    package var convolutionWidth: Int?
    package var statePrecision: Precision?

    init?(_ fields: Fields) {
        guard let form: Form = fields.word("form"), let keyHeadCount = fields.dimension("key_heads"),
            let valueHeadCount = fields.dimension("value_heads"),
            let keyDimension = fields.dimension("key_dim"),
            let valueDimension = fields.dimension("value_dim")
        else { return nil }
        self.form = form
        self.keyHeadCount = keyHeadCount
        self.valueHeadCount = valueHeadCount
        self.keyDimension = keyDimension
        self.valueDimension = valueDimension
        convolutionWidth = fields.dimension("conv_kernel")
        statePrecision = fields.word("state_precision")
    }
}

/// Mamba 2: a state-space layer with a state of fixed size for a sequence.
package struct Mamba2: Sendable, Hashable, FieldsReadable {
    package var headCount: Int
    package var headDimension: Int
    /// State values for each head dimension.
    package var stateSize: Int
    /// Groups that share the B and C projections.
    package var groupCount: Int
    package var convolutionWidth: Int
    package var hasConvolutionBias: Bool
    package var hasProjectionBias: Bool
    package var statePrecision: Precision?

    init?(_ fields: Fields) {
        guard let headCount = fields.dimension("heads"), let headDimension = fields.dimension("head_dim"),
            let stateSize = fields.dimension("state_size"), let groupCount = fields.dimension("groups"),
            let convolutionWidth = fields.dimension("conv_kernel")
        else { return nil }
        self.headCount = headCount
        self.headDimension = headDimension
        self.stateSize = stateSize
        self.groupCount = groupCount
        self.convolutionWidth = convolutionWidth
        hasConvolutionBias = fields.flag("conv_bias")
        hasProjectionBias = fields.flag("projection_bias")
        statePrecision = fields.word("state_precision")
    }
}
