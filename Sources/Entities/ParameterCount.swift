/// How many parameters an architecture has, counted exactly.
package struct ParameterCount: Sendable, Hashable {
    /// The main model with its towers, without multi-token prediction layers.
    package var total: Int
    /// What one token uses: the active experts only, both embedding matrices, without the towers.
    package var active: Int
    /// The embedding matrix, and the output matrix where it is one of its own; without a bias.
    package var embedding: Int
}

extension Architecture {
    /// The parameters of this architecture, to the last one.
    ///
    /// The formulas are those of the models' published code; over the configurations they give the stored totals
    /// of 44 of 52 models of 15 families exactly, the rest but for extras that the file names. Nil when a part is
    /// of unknown size (a tower without its count, a linear attention without a settled formula, a layer kind
    /// that is not there) rather than a guess.
    package var parameterCount: ParameterCount? {
        let hidden = Int128(hiddenSize)
        var embedding = Int128(vocabularySize) * hidden
        if !tiesEmbeddings { embedding *= 2 }

        guard let uses = layerUses else { return nil }
        var layers: Int128 = 0
        var idle: Int128 = 0
        for (kind, uses) in zip(layerKinds, uses) where uses > 0 {
            guard let size = parameterCount(of: kind.layer) else { return nil }
            layers += size.all * Int128(uses)
            idle += size.idle * Int128(uses)
        }
        let towers = [vision, audio].compactMap { $0 }
        let towerCounts = towers.compactMap(\.parameterCount)
        guard towerCounts.count == towers.count else { return nil }

        let headBias = hasHeadBias ? Int128(vocabularySize) : 0
        let named = extras.reduce(Int128(0)) { $0 + Int128($1.parameterCount) }
        let body = embedding + headBias + layers + normWeights + named
        guard let total = Int(exactly: towerCounts.reduce(body) { $0 + Int128($1) }),
            let active = Int(exactly: body - idle), let embedding = Int(exactly: embedding)
        else { return nil }
        return ParameterCount(total: total, active: active, embedding: embedding)
    }

    /// The parameters of one layer of a kind, idle experts included; nil when the kind or its form is unknown.
    package func parameterCount(ofKind name: String) -> Int? {
        layerKind(name).flatMap { parameterCount(of: $0.layer) }.flatMap { Int(exactly: $0.all) }
    }

    /// How many layers of the main model are of each kind; nil when the pattern names a kind that is not there.
    package var layerUses: [Int]? {
        let places = Dictionary(layerKinds.indices.map { (layerKinds[$0].name, $0) }) { first, _ in first }
        var uses = [Int](repeating: 0, count: layerKinds.count)
        for run in pattern {
            for name in run.kinds {
                guard let place = places[name] else { return nil }
                uses[place] += run.repeatCount
            }
        }
        return uses
    }

    /// The weights of one norm over the hidden state.
    private var normWeights: Int128 {
        switch norm {
        case .rms, .layerWithoutBias: Int128(hiddenSize)
        case .layer: 2 * Int128(hiddenSize)
        case .unweighted: 0
        }
    }

    private func parameterCount(of layer: Layer) -> (all: Int128, idle: Int128)? {
        let hidden = Int128(hiddenSize)
        guard let mixer = layer.mixer.parameterCount(hidden: hidden) else { return nil }
        let feedForward = layer.feedForward.parameterCount(hidden: hidden)
        return (mixer + feedForward.all + Int128(layer.normCount) * normWeights, feedForward.idle)
    }
}

extension Mixer {
    /// Nil for a form whose projections are not settled.
    fileprivate func parameterCount(hidden: Int128) -> Int128? {
        switch self {
        case .full(let attention), .sliding(let attention, _), .chunked(let attention, _):
            attention.parameterCount(hidden: hidden)
        case .latent(let attention): attention.parameterCount(hidden: hidden)
        case .sparseIndexed(let indexer, .full(let attention)):
            indexer.parameterCount(hidden: hidden) + attention.parameterCount(hidden: hidden)
        case .sparseIndexed(let indexer, .latent(let attention)):
            indexer.parameterCount(hidden: hidden) + attention.parameterCount(hidden: hidden)
        case .linear(let attention): attention.parameterCount(hidden: hidden)
        case .mamba2(let mamba): mamba.parameterCount(hidden: hidden)
        case .none: 0
        }
    }
}

extension Attention {
    fileprivate func parameterCount(hidden: Int128) -> Int128 {
        let heads = Int128(headCount)
        let queries = heads * Int128(headDimension)
        let keys = Int128(keyValueHeadCount * headDimension)
        let values = Int128(keyValueHeadCount * valueHeadDimension)

        var count = hidden * queries * (outputGate == .fused ? 2 : 1) + hidden * keys
        if outputGate == .headwise { count += hidden * heads }
        if !keysAreValues { count += hidden * values }
        count += heads * Int128(valueHeadDimension) * hidden
        if hasProjectionBias { count += queries + keys + values }
        if hasOutputBias { count += hidden }
        switch queryKeyNorm {
        case .perHead: count += 2 * Int128(headDimension)
        case .full: count += queries + keys
        case .unweighted, nil: break
        }
        return hasSinks ? count + heads : count
    }
}

extension LatentAttention {
    fileprivate func parameterCount(hidden: Int128) -> Int128 {
        let heads = Int128(headCount)
        let query = heads * Int128(plainDimension + ropeDimension)
        let rank = Int128(keyValueRank)
        let output = heads * Int128(valueDimension)

        var count = hidden * query
        if let queryRank = queryRank.map({ Int128($0) }) {
            count = hidden * queryRank + queryRank + queryRank * query
        }
        count += hidden * (rank + Int128(ropeDimension)) + rank
        count += rank * heads * Int128(plainDimension + valueDimension) + output * hidden
        switch outputGate {
        case .full: count += hidden * output
        case .headwise: count += hidden * heads
        case nil: break
        }
        return count
    }
}

extension Indexer {
    fileprivate func parameterCount(hidden: Int128) -> Int128 {
        let heads = Int128(headCount)
        let width = Int128(headDimension)
        var count = (queryRank.map { Int128($0) } ?? hidden) * heads * width + hidden * width
        switch keyNorm {
        case .layer: count += 2 * width
        case .rms: count += width
        case nil: break
        }
        return hasHeadWeights ? count + hidden * heads : count
    }
}

extension LinearAttention {
    fileprivate func parameterCount(hidden: Int128) -> Int128? {
        let keys = Int128(keyHeadCount * keyDimension)
        let values = Int128(valueHeadCount * valueDimension)
        switch form {
        case .gatedDelta:
            let convolution = (2 * keys + values) * Int128(convolutionWidth ?? 0)
            let decay = 2 * Int128(valueHeadCount)
            return hidden * (2 * keys + 2 * values) + hidden * decay + convolution + decay
                + Int128(valueDimension) + values * hidden
        case .lightning:
            return hidden * (2 * keys + values) + hidden * values + values * hidden + values
        case .kimiDelta:
            return nil
        }
    }
}

extension Mamba2 {
    fileprivate func parameterCount(hidden: Int128) -> Int128 {
        let heads = Int128(headCount)
        let inner = heads * Int128(headDimension)
        let channels = inner + 2 * Int128(groupCount * stateSize)
        let projection = inner + channels + heads
        var count = hidden * projection + channels * Int128(convolutionWidth)
        if hasConvolutionBias { count += channels }
        if hasProjectionBias { count += projection + hidden }
        return count + 3 * heads + inner + inner * hidden
    }
}

extension FeedForward {
    /// All parameters, and those of the experts that a token leaves idle.
    fileprivate func parameterCount(hidden: Int128) -> (all: Int128, idle: Int128) {
        switch self {
        case .gated(let matrices): (matrices.parameterCount(hidden: hidden, matrices: 3), 0)
        case .plain(let matrices): (matrices.parameterCount(hidden: hidden, matrices: 2), 0)
        case .experts(let mixture): mixture.parameterCount(hidden: hidden)
        case .none: (0, 0)
        }
    }
}

extension FeedForwardMatrices {
    fileprivate func parameterCount(hidden: Int128, matrices: Int128) -> Int128 {
        let inner = Int128(innerSize)
        return matrices * hidden * inner + (hasBias ? (matrices - 1) * inner + hidden : 0)
    }
}

extension ExpertMixture {
    fileprivate func parameterCount(hidden: Int128) -> (all: Int128, idle: Int128) {
        let matrices: Int128 = form == .gated ? 3 : 2
        let width = latentSize.map { Int128($0) } ?? hidden
        let inner = Int128(expertSize)
        let experts = Int128(expertCount)

        var expert = matrices * width * inner
        if hasExpertBias { expert += (matrices - 1) * inner + hidden }
        var count = experts * expert + hidden * experts
        if hasRouterBias { count += experts }
        count += matrices * hidden * Int128(sharedSize)
        if hasSharedGate { count += hidden }
        if latentSize != nil { count += 2 * hidden * width }
        return (count, Int128(max(0, expertCount - activeCount)) * expert)
    }
}
