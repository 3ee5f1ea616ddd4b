package import Entities

/// What a weight matrix does: formats and engines treat matrices by that.
package enum TensorRole: Sendable, Hashable, CaseIterable {
    case embedding, outputHead
    case query, key, value, attentionOutput
    /// The projections of latent attention into its compressed spaces; every rank holds them whole.
    case latentDown
    case latentUp
    /// The part of sparse attention that picks tokens; every rank holds it whole.
    case indexer
    /// The projections of linear attention and state-space layers.
    case stateProjection, stateOutput
    case gateUp, down
    case expertGateUp, expertDown
    case sharedGateUp, sharedDown
    case router
    /// Norms, biases, sinks and other vectors, and convolutions of a few taps.
    case vector
    /// Encoders of images and sound, and parts that no formula gives.
    case tower

    /// Whether tensor parallelism cuts the matrix into a part for each rank.
    package var isCutByTensorParallelism: Bool {
        switch self {
        case .router, .vector, .latentDown, .indexer, .tower: false
        default: true
        }
    }

    /// Whether it belongs to the experts that a token is sent to.
    package var isRoutedExpert: Bool { self == .expertGateUp || self == .expertDown }
}

/// All matrices of one role in one layer.
package struct TensorGroup: Sendable, Hashable {
    package var role: TensorRole
    /// The layer of the main model; nil for what stands outside of the layers.
    package var layer: Int?
    package var parameterCount: Int
}

extension Architecture {
    /// Every weight of the main model with its towers, layer by layer; their sum is the parameter count.
    ///
    /// Nil where the parameter count is: a part of unknown size is not guessed. Linear in the layers.
    package var tensorGroups: [TensorGroup]? {
        guard parameterCount != nil else { return nil }
        var groups: [TensorGroup] = []
        func add(_ role: TensorRole, _ count: Int, layer: Int? = nil) {
            if count > 0 { groups.append(TensorGroup(role: role, layer: layer, parameterCount: count)) }
        }
        add(.embedding, vocabularySize * hiddenSize)
        var number = 0
        var parts: [String: [(TensorRole, Int)]] = [:]
        for kind in layerKinds { parts[kind.name] = kind.layer.parts(hidden: hiddenSize, normSize: normSize) }
        for run in pattern {
            for _ in 0..<run.repeatCount {
                for name in run.kinds {
                    for (role, count) in parts[name] ?? [] { add(role, count, layer: number) }
                    number += 1
                }
            }
        }
        add(.vector, normSize + (hasHeadBias ? vocabularySize : 0))
        if !tiesEmbeddings { add(.outputHead, vocabularySize * hiddenSize) }
        for tower in [vision, audio] { add(.tower, tower?.parameterCount ?? 0) }
        for extra in extras { add(.tower, extra.parameterCount) }
        return groups
    }

    /// The weights of one norm over the hidden state.
    private var normSize: Int {
        switch norm {
        case .rms, .layerWithoutBias: hiddenSize
        case .layer: 2 * hiddenSize
        case .unweighted: 0
        }
    }
}

extension Layer {
    /// The matrices of one layer; the formulas are those of the parameter count.
    fileprivate func parts(hidden: Int, normSize: Int) -> [(TensorRole, Int)] {
        mixer.parts(hidden: hidden) + feedForward.parts(hidden: hidden) + [(.vector, normCount * normSize)]
    }
}

extension Mixer {
    fileprivate func parts(hidden: Int) -> [(TensorRole, Int)] {
        switch self {
        case .full(let attention), .sliding(let attention, _), .chunked(let attention, _):
            attention.parts(hidden: hidden)
        case .latent(let attention): attention.parts(hidden: hidden)
        case .sparseIndexed(let indexer, .full(let attention)):
            indexer.parts(hidden: hidden) + attention.parts(hidden: hidden)
        case .sparseIndexed(let indexer, .latent(let attention)):
            indexer.parts(hidden: hidden) + attention.parts(hidden: hidden)
        case .linear(let attention): attention.parts(hidden: hidden)
        case .mamba2(let mamba): mamba.parts(hidden: hidden)
        case .none: []
        }
    }
}

extension Attention {
    fileprivate func parts(hidden: Int) -> [(TensorRole, Int)] {
        let queries = headCount * headDimension
        let keys = keyValueHeadCount * headDimension
        let values = keyValueHeadCount * valueHeadDimension
        let outputs = headCount * valueHeadDimension
        var vectors = hasSinks ? headCount : 0
        if hasProjectionBias { vectors += queries + keys + values }
        if hasOutputBias { vectors += hidden }
        switch queryKeyNorm {
        case .perHead: vectors += 2 * headDimension
        case .full: vectors += queries + keys
        case .unweighted, nil: break
        }
        var query = hidden * queries * (outputGate == .fused ? 2 : 1)
        if outputGate == .headwise { query += hidden * headCount }
        return [
            (.query, query), (.key, hidden * keys), (.value, keysAreValues ? 0 : hidden * values),
            (.attentionOutput, outputs * hidden), (.vector, vectors),
        ]
    }
}

extension LatentAttention {
    fileprivate func parts(hidden: Int) -> [(TensorRole, Int)] {
        let queries = headCount * (plainDimension + ropeDimension)
        let outputs = headCount * valueDimension
        var down = hidden * (keyValueRank + ropeDimension)
        var up = keyValueRank * headCount * (plainDimension + valueDimension)
        var vectors = keyValueRank
        if let queryRank {
            down += hidden * queryRank
            up += queryRank * queries
            vectors += queryRank
        } else {
            up += hidden * queries
        }
        switch outputGate {
        case .full: up += hidden * outputs
        case .headwise: up += hidden * headCount
        case nil: break
        }
        return [
            (.latentDown, down), (.latentUp, up), (.attentionOutput, outputs * hidden), (.vector, vectors),
        ]
    }
}

extension Indexer {
    fileprivate func parts(hidden: Int) -> [(TensorRole, Int)] {
        var count = (queryRank ?? hidden) * headCount * headDimension + hidden * headDimension
        if hasHeadWeights { count += hidden * headCount }
        let norm: Int =
            switch keyNorm {
            case .layer: 2 * headDimension
            case .rms: headDimension
            case nil: 0
            }
        return [(.indexer, count), (.vector, norm)]
    }
}

extension LinearAttention {
    fileprivate func parts(hidden: Int) -> [(TensorRole, Int)] {
        let keys = keyHeadCount * keyDimension
        let values = valueHeadCount * valueDimension
        switch form {
        case .gatedDelta:
            let decay = 2 * valueHeadCount
            return [
                (.stateProjection, hidden * (2 * keys + 2 * values + decay)), (.stateOutput, values * hidden),
                (.vector, (2 * keys + values) * (convolutionWidth ?? 0) + decay + valueDimension),
            ]
        case .lightning:
            return [
                (.stateProjection, hidden * (2 * keys + 2 * values)), (.stateOutput, values * hidden),
                (.vector, values),
            ]
        case .kimiDelta: return []
        }
    }
}

extension Mamba2 {
    fileprivate func parts(hidden: Int) -> [(TensorRole, Int)] {
        let inner = headCount * headDimension
        let channels = inner + 2 * groupCount * stateSize
        let projection = inner + channels + headCount
        var vectors = channels * convolutionWidth + 3 * headCount + inner
        if hasConvolutionBias { vectors += channels }
        if hasProjectionBias { vectors += projection + hidden }
        return [(.stateProjection, hidden * projection), (.stateOutput, inner * hidden), (.vector, vectors)]
    }
}

extension FeedForward {
    fileprivate func parts(hidden: Int) -> [(TensorRole, Int)] {
        switch self {
        case .gated(let matrices): matrices.parts(hidden: hidden, ups: 2)
        case .plain(let matrices): matrices.parts(hidden: hidden, ups: 1)
        case .experts(let mixture): mixture.parts(hidden: hidden)
        case .none: []
        }
    }
}

extension FeedForwardMatrices {
    fileprivate func parts(hidden: Int, ups: Int) -> [(TensorRole, Int)] {
        [
            (.gateUp, ups * hidden * innerSize), (.down, innerSize * hidden),
            (.vector, hasBias ? ups * innerSize + hidden : 0),
        ]
    }
}

extension ExpertMixture {
    fileprivate func parts(hidden: Int) -> [(TensorRole, Int)] {
        let ups = form == .gated ? 2 : 1
        let width = latentSize ?? hidden
        var vectors = 0
        if hasExpertBias { vectors += expertCount * (ups * expertSize + hidden) }
        if hasRouterBias { vectors += expertCount }
        if hasSharedGate { vectors += hidden }
        var parts: [(TensorRole, Int)] = [
            (.expertGateUp, expertCount * ups * width * expertSize),
            (.expertDown, expertCount * expertSize * width), (.router, hidden * expertCount),
            (.sharedGateUp, ups * hidden * sharedSize), (.sharedDown, sharedSize * hidden),
            (.vector, vectors),
        ]
        if latentSize != nil { parts.append((.sharedGateUp, 2 * hidden * width)) }
        return parts
    }
}
