import Entities

/// A mixer's facts side by side: those that its form does not have are nil.
extension Mixer {
    /// The form, as the registry's files spell it; of sparse attention with the attention it reads through.
    var word: String {
        switch self {
        case .full: "full"
        case .sliding: "sliding"
        case .chunked: "chunked"
        case .latent: "mla"
        case .sparseIndexed(_, .full): "sparse_indexed_full"
        case .sparseIndexed(_, .latent): "sparse_indexed_mla"
        case .linear: "linear"
        case .mamba2: "mamba2"
        case .none: "none"
        }
    }

    /// How many tokens the window or the chunk has.
    var reachTokens: Int? {
        switch self {
        case .sliding(_, let tokens), .chunked(_, let tokens): tokens
        default: nil
        }
    }

    var attention: Attention? {
        switch self {
        case .full(let attention), .sliding(let attention, _), .chunked(let attention, _),
            .sparseIndexed(_, .full(let attention)):
            attention
        default: nil
        }
    }

    var latent: LatentAttention? {
        switch self {
        case .latent(let attention), .sparseIndexed(_, .latent(let attention)): attention
        default: nil
        }
    }

    var indexer: Indexer? {
        if case .sparseIndexed(let indexer, _) = self { indexer } else { nil }
    }

    var linear: LinearAttention? {
        if case .linear(let attention) = self { attention } else { nil }
    }

    var mamba2: Mamba2? {
        if case .mamba2(let mamba) = self { mamba } else { nil }
    }

    var headCount: Int? { attention?.headCount ?? latent?.headCount ?? mamba2?.headCount }

    var headDimension: Int? { attention?.headDimension ?? mamba2?.headDimension }

    var valueDimension: Int? { latent?.valueDimension ?? linear?.valueDimension }

    var hasProjectionBias: Bool? { attention?.hasProjectionBias ?? mamba2?.hasProjectionBias }

    var outputGate: String? { attention?.outputGate?.rawValue ?? latent?.outputGate?.rawValue }

    var convolutionWidth: Int? { linear?.convolutionWidth ?? mamba2?.convolutionWidth }

    var statePrecision: Precision? { linear?.statePrecision ?? mamba2?.statePrecision }
}

/// A feed-forward part's facts side by side: those that its form does not have are nil.
extension FeedForward {
    /// The form, as the registry's files spell it.
    var word: String {
        switch self {
        case .gated: "gated"
        case .plain: "plain"
        case .experts: "moe"
        case .none: "none"
        }
    }

    var matrices: FeedForwardMatrices? {
        switch self {
        case .gated(let matrices), .plain(let matrices): matrices
        case .experts, .none: nil
        }
    }

    var experts: ExpertMixture? {
        if case .experts(let mixture) = self { mixture } else { nil }
    }

    var activation: Activation? { matrices?.activation ?? experts?.activation }
}
