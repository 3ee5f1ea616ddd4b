package import Entities

/// What a sequence leaves in memory while it is served: keys and values that grow with it, and states that do not.
package struct CacheGeometry: Sendable, Hashable {
    /// The cache of all layers of one kind.
    package struct LayerGroup: Sendable, Hashable {
        /// The name of the layer kind.
        package var kind: String
        package var layerCount: Int
        /// Values that a token leaves in one layer, and how many of its heads hold them; latent caches have one head.
        package var valuesPerToken: Int
        package var headCount: Int
        /// Tokens after which the cache of a layer stops growing; nil when it grows with the context.
        package var windowTokens: Int?
        /// Bytes that do not depend on the precision of the cache: index keys with their scale, by the token.
        package var extraBytesPerToken: Int
        /// Bytes of state of a sequence in one layer.
        package var stateBytes: Int
    }

    package let groups: [LayerGroup]

    /// The geometry of an architecture; nil where the pattern names a layer kind that is not there.
    package init?(_ architecture: Architecture) {
        guard let uses = architecture.layerUses else { return nil }
        groups = zip(architecture.layerKinds, uses).filter { $0.1 > 0 }.map { kind, uses in
            LayerGroup(kind.name, kind.layer.mixer, layerCount: uses)
        }
    }

    /// Bytes that one more token adds, for a long context, on one rank of a tensor-parallel group.
    ///
    /// Heads are spread over the ranks; where there are fewer heads than ranks each is held several times. Latent
    /// caches are not spread at all.
    package func growthBytesPerToken(cacheBytes: Double = 2, tensorRanks: Int = 1) -> Double {
        groups.filter { $0.windowTokens == nil }.reduce(0) {
            $0 + Double($1.layerCount) * $1.bytesPerToken(cacheBytes: cacheBytes, tensorRanks: tensorRanks)
        }
    }

    /// Bytes of one sequence of so many tokens on one rank.
    ///
    /// `pageTokens` is what the engine's memory is handed out in; `windowMargin` the tokens that an engine keeps beyond a
    /// window, since a batch of new ones is written before old ones go; `keepsWindows` is false for engines that cache
    /// layers with a window as if they had none.
    package func sequenceBytes(
        tokens: Int, cacheBytes: Double = 2, tensorRanks: Int = 1, pageTokens: Int = 1,
        windowMargin: Int = 0, keepsWindows: Bool = true
    ) -> Double {
        groups.reduce(stateBytes(tensorRanks: tensorRanks)) { sum, group in
            let window = keepsWindows ? group.windowTokens.map { $0 + windowMargin } : nil
            let held = min(tokens, window ?? tokens)
            let pages = (held + pageTokens - 1) / pageTokens * pageTokens
            return sum + Double(group.layerCount) * Double(pages)
                * group.bytesPerToken(cacheBytes: cacheBytes, tensorRanks: tensorRanks)
        }
    }

    /// Bytes of state of one sequence on one rank; nothing for plain attention.
    package func stateBytes(tensorRanks: Int = 1) -> Double {
        groups.reduce(0) { $0 + Double($1.layerCount) * Double($1.stateBytes) / Double(tensorRanks) }
    }
}

extension CacheGeometry.LayerGroup {
    fileprivate init(_ kind: String, _ mixer: Mixer, layerCount: Int) {
        self.init(
            kind: kind, layerCount: layerCount, valuesPerToken: 0, headCount: 1, windowTokens: nil,
            extraBytesPerToken: 0, stateBytes: 0)
        switch mixer {
        case .full(let attention): take(attention)
        case .sliding(let attention, let window):
            take(attention)
            windowTokens = window
        case .chunked(let attention, let chunk):
            take(attention)
            windowTokens = chunk
        case .latent(let attention): take(attention)
        case .sparseIndexed(let indexer, let attention):
            switch attention {
            case .full(let attention): take(attention)
            case .latent(let attention): take(attention)
            }
            // Keys of the indexer stand in FP8 with a 32-bit scale each, whatever the cache has.
            extraBytesPerToken = indexer.headDimension + 4
        case .linear(let attention): take(attention)
        case .mamba2(let mamba): take(mamba)
        case .none: break
        }
    }

    private mutating func take(_ attention: Attention) {
        guard !attention.sharesKeyValues else { return }
        headCount = attention.keyValueHeadCount
        let values = attention.keysAreValues ? 0 : attention.valueHeadDimension
        valuesPerToken = attention.keyValueHeadCount * (attention.headDimension + values)
    }

    private mutating func take(_ attention: LatentAttention) {
        valuesPerToken = attention.keyValueRank + attention.ropeDimension
    }

    private mutating func take(_ attention: LinearAttention) {
        let keys = attention.keyHeadCount * attention.keyDimension
        let values = attention.valueHeadCount * attention.valueDimension
        let state = attention.valueHeadCount * attention.keyDimension * attention.valueDimension
        let taps = max(0, (attention.convolutionWidth ?? 0) - 1)
        stateBytes =
            state * bytes(of: attention.statePrecision) + taps * (2 * keys + values) * 2
    }

    private mutating func take(_ mamba: Mamba2) {
        let inner = mamba.headCount * mamba.headDimension
        let channels = inner + 2 * mamba.groupCount * mamba.stateSize
        stateBytes =
            inner * mamba.stateSize * bytes(of: mamba.statePrecision)
            + max(0, mamba.convolutionWidth - 1) * channels * 2
    }

    /// States are kept in 32 bits unless the model says otherwise: sums over thousands of tokens.
    private func bytes(of precision: Precision?) -> Int {
        switch precision {
        case .bf16, .fp16: 2
        case .fp8, .int8: 1
        default: 4
        }
    }

    /// Bytes that a token leaves in one layer on one rank.
    package func bytesPerToken(cacheBytes: Double, tensorRanks: Int) -> Double {
        let share =
            headCount > 1 ? Double((headCount + tensorRanks - 1) / tensorRanks) / Double(headCount) : 1
        return Double(valuesPerToken) * share * cacheBytes + Double(extraBytesPerToken)
    }
}
