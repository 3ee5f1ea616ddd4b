package import Entities

/// A network in a format: all that its memory and its speed depend on, summed up once.
///
/// A class so that questions and searches share one instead of copying tables. Every layout and load is answered from
/// these numbers alone.
package final class ModelFootprint: Sendable {
    package let architecture: Architecture
    package let format: WeightFormat
    /// Bytes of one value in the cache.
    package let cacheBytes: Double
    package let weights: WeightBytes
    package let geometry: CacheGeometry
    let attention: AttentionCost
    /// The heads of the layers' mixers, each pair once: what tensor parallelism has to divide.
    let heads: [HeadCounts]
    let layerCount: Int
    /// Layers whose feed-forward part is a mixture of experts.
    let expertLayerCount: Int
    let hiddenSize: Double
    let vocabularySize: Double
    /// The inner width of the widest plain feed-forward part; 0 where all parts are experts.
    let innerSize: Double
    /// The widest mixture of experts: how many there are, how many a token uses, and their width; 0 where there is none.
    let expertCount: Int
    let activeExperts: Int
    let expertSize: Double
    /// Parameters that a token is multiplied with, without the input embedding; and those in routed experts among them.
    let multiplied: Double
    let multipliedInExperts: Double

    /// Sums up a network; `fixed` are roles that are stored otherwise than the format, by default as the vendor has them.
    ///
    /// Nil where its parameters cannot be counted. Linear in the layers.
    package init?(
        _ architecture: Architecture, as format: WeightFormat, cacheBytes: Double = 2,
        fixed: [TensorRole: WeightFormat]? = nil
    ) {
        let fixed = fixed ?? architecture.publishedFormats(beside: format)
        guard let weights = WeightBytes(of: architecture, as: format, fixed: fixed),
            let geometry = CacheGeometry(architecture), let count = architecture.parameterCount,
            let uses = architecture.layerUses
        else { return nil }
        self.architecture = architecture
        self.format = format
        self.cacheBytes = cacheBytes
        self.weights = weights
        self.geometry = geometry
        attention = AttentionCost(of: architecture, uses: uses)
        heads = HeadCounts.all(of: architecture)
        layerCount = architecture.layerCount
        hiddenSize = Double(architecture.hiddenSize)
        vocabularySize = Double(architecture.vocabularySize)
        innerSize = Double(architecture.widestFeedForward)
        let mixture = architecture.widestMixture
        expertCount = mixture?.expertCount ?? 0
        activeExperts = mixture?.activeCount ?? 0
        expertSize = Double(mixture?.expertSize ?? 0)
        expertLayerCount = zip(architecture.layerKinds, uses).reduce(0) { sum, pair in
            if case .experts = pair.0.layer.feedForward { sum + pair.1 } else { sum }
        }
        let embedding = Double(architecture.vocabularySize * architecture.hiddenSize)
        multiplied = Double(count.active) - (architecture.tiesEmbeddings ? 0 : embedding)
        multipliedInExperts =
            weights.routedParameters * Double(activeExperts) / Double(max(1, expertCount))
    }

    /// The share of the routed experts that a batch of tokens touches at least once: 1 − (1 − k/E)^B.
    func touchedShare(tokens: Double) -> Double {
        guard expertCount > 0 else { return 0 }
        return 1 - power(1 - Double(activeExperts) / Double(expertCount), tokens)
    }
}

/// `base` to the power of `exponent`, for bases from 0 to 1.
private func power(_ base: Double, _ exponent: Double) -> Double {
    guard base > 0 else { return exponent == 0 ? 1 : 0 }
    // Squares for the whole part, a straight line for the rest: exact for whole numbers of tokens.
    var result = 1.0
    var factor = base
    var whole = Int(exponent)
    while whole > 0 {
        if whole & 1 == 1 { result *= factor }
        factor *= factor
        whole >>= 1
    }
    let rest = exponent - exponent.rounded(.down)
    return result * (1 - rest * (1 - base))
}

extension Architecture {
    /// The formats of parts that the vendor publishes otherwise than the bulk of the weights, when they are used as
    /// published: gpt-oss keeps its attention in sixteen bits beside four-bit experts.
    package func publishedFormats(beside format: WeightFormat) -> [TensorRole: WeightFormat] {
        guard let native = nativePrecision, format == .plain(native.weights) else { return [:] }
        var formats: [TensorRole: WeightFormat] = [:]
        if let attention = native.attention {
            for role in [TensorRole.query, .key, .value, .attentionOutput, .latentDown, .latentUp, .indexer] {
                formats[role] = .plain(attention)
            }
        }
        if let experts = native.experts {
            for role in [TensorRole.expertGateUp, .expertDown] { formats[role] = .plain(experts) }
        }
        return formats
    }

    /// The inner width of the widest plain feed-forward part; 0 where all parts are experts.
    fileprivate var widestFeedForward: Int {
        layerKinds.map { kind in
            switch kind.layer.feedForward {
            case .gated(let matrices), .plain(let matrices): matrices.innerSize
            case .experts(let mixture): mixture.sharedSize
            case .none: 0
            }
        }.max() ?? 0
    }

    /// The experts of the layer that has the widest.
    fileprivate var widestMixture: ExpertMixture? {
        layerKinds.compactMap { kind in
            if case .experts(let mixture) = kind.layer.feedForward { mixture } else { nil }
        }.max { $0.expertSize * $0.activeCount < $1.expertSize * $1.activeCount }
    }
}
