package import Entities
import Text

/// A model in a format on cards, with what speed depends on worked out once.
package struct ServedModel: Sendable {
    package let architecture: Architecture
    package let layout: Layout
    let geometry: CacheGeometry
    /// Bytes of weights that a rank reads in every step: all but the embedding and the routed experts.
    let steadyBytes: Double
    /// Bytes of the routed experts on a rank.
    let expertBytes: Double
    /// Routed experts, and how many of them a token uses; 0 where there are none.
    let expertCount: Int
    let activeExperts: Int
    /// Parameters that a token is multiplied with, without the input embedding.
    let multiplied: Double
    package let cacheBytes: Double
    /// Operations a second of one card in the format of the weights, and in sixteen bits.
    let weightRate: Double
    let plainRate: Double
    let bandwidth: Double
    /// Bytes a second between cards, one way.
    let linkRate: Double

    /// Nil where the architecture cannot be counted or the card has no rate for sixteen bits.
    package init?(
        _ architecture: Architecture, as format: WeightFormat, layout: Layout, cacheBytes: Double = 2,
        on card: Accelerator, fixed: [TensorRole: WeightFormat]? = nil
    ) {
        guard let groups = architecture.tensorGroups, let geometry = CacheGeometry(architecture),
            let count = architecture.parameterCount,
            let plain = (card.rates[.bf16] ?? card.rates[.fp16])?.denseOperationsPerSecond
        else { return nil }
        self.architecture = architecture
        self.layout = layout
        self.geometry = geometry
        self.cacheBytes = cacheBytes
        let fixed = fixed ?? architecture.publishedFormats(beside: format)
        let all = WeightBytes(
            groups, as: format, of: architecture, tensorRanks: layout.tensorRanks,
            expertRanks: layout.expertRanks, fixed: fixed)
        let unread = WeightBytes(
            groups.filter { $0.role == .embedding && !architecture.tiesEmbeddings || $0.role == .tower },
            as: format,
            of: architecture, tensorRanks: layout.tensorRanks, fixed: fixed)
        steadyBytes = all.perRank - all.routedPerRank - unread.perRank
        expertBytes = all.routedPerRank
        let mixture = architecture.widestMixture
        expertCount = mixture?.expertCount ?? 0
        activeExperts = mixture?.activeCount ?? 0
        let embedding = Double(architecture.vocabularySize * architecture.hiddenSize)
        multiplied = Double(count.active) - (architecture.tiesEmbeddings ? 0 : embedding)
        plainRate = Double(plain)
        weightRate = Double(ServedModel.rate(of: format, on: card) ?? plain)
        bandwidth = Double(card.bandwidthBytesPerSecond)
        let link = card.interconnect?.bytesPerSecond ?? card.pcie?.bytesPerSecond ?? 32_000_000_000
        linkRate = Double(link) / (card.interconnect?.direction == .bidirectional ? 2 : 1)
    }

    /// The dense rate that a format multiplies at; weight-only formats multiply in sixteen bits.
    private static func rate(of format: WeightFormat, on card: Accelerator) -> Int? {
        switch format {
        case .plain(.fp8), .blockFP8: card.rates[.fp8]?.denseOperationsPerSecond
        case .plain(.int8): card.rates[.int8]?.denseOperationsPerSecond
        case .plain(.nvfp4), .plain(.mxfp4), .plain(.fp4):
            card.rates[.fp4]?.denseOperationsPerSecond ?? card.rates[.fp8]?.denseOperationsPerSecond
        default: nil
        }
    }

    /// The share of the routed experts that a batch of tokens touches at least once: 1 − (1 − k/E)^B.
    func touchedShare(tokens: Double) -> Double {
        guard expertCount > 0 else { return 0 }
        let missed = 1 - Double(activeExperts) / Double(expertCount)
        return 1 - power(missed, tokens)
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

/// One step that gives every sequence its next token: where its time goes, in seconds.
package struct DecodeStep: Sendable, Hashable {
    package var weights: Double
    package var cache: Double
    package var layers: Double
    package var step: Double
    package var exchange: Double
    /// Whether arithmetic rather than bandwidth sets the time of the weights.
    package var isComputeBound: Bool

    package var seconds: Double { weights + cache + layers + step + exchange }

    /// A step of so many sequences at a mean context.
    package init(of model: ServedModel, batch: Double, meanContext: Double, profile: SpeedProfile) {
        let ranks = Double(model.layout.tensorRanks)
        let read =
            model.steadyBytes + model.expertBytes
            * min(1, model.touchedShare(tokens: batch) * profile.expertReads)
        let reading = read / (model.bandwidth * profile.bandwidthShare)
        let computing = 2 * model.multiplied * batch / ranks / (model.weightRate * profile.decodeShare)
        weights = max(reading, computing)
        isComputeBound = computing > reading
        let held = model.geometry.sequenceBytes(
            tokens: max(1, Int(meanContext)), cacheBytes: model.cacheBytes,
            tensorRanks: model.layout.tensorRanks)
        // A state is read, which stands in the sum above, and written again.
        let states = model.geometry.stateBytes(tensorRanks: model.layout.tensorRanks)
        let cacheRead = batch * (held + states) / (model.bandwidth * profile.bandwidthShare)
        let attention = model.architecture.attentionFlops(context: meanContext) * batch / ranks
        cache = max(cacheRead, attention / (model.plainRate * profile.decodeShare))
        let count = Double(model.architecture.layerCount)
        layers = count * profile.layerSeconds
        step = profile.stepSeconds
        exchange = model.exchangeSeconds(tokens: batch, profile: profile)
    }
}

extension ServedModel {
    /// Two exchanges a layer, each a meeting and the traffic of a ring.
    func exchangeSeconds(tokens: Double, profile: SpeedProfile) -> Double {
        let ranks = Double(layout.tensorRanks)
        guard ranks > 1 else { return 0 }
        let bytes = tokens * Double(architecture.hiddenSize) * 2
        return 2 * Double(architecture.layerCount)
            * (profile.exchangeSeconds + 2 * (ranks - 1) / ranks * bytes / (0.6 * linkRate))
    }

    /// Seconds to read a prompt of so many tokens alone.
    package func prefillSeconds(tokens: Double, profile: SpeedProfile) -> Double {
        let ranks = Double(layout.tensorRanks)
        let computing = 2 * multiplied * tokens / ranks / (weightRate * profile.prefillShare)
        let reading =
            (steadyBytes + expertBytes * touchedShare(tokens: tokens)) / (bandwidth * profile.bandwidthShare)
        let attention = architecture.attentionFlops(context: tokens / 2) * tokens / ranks
        return max(computing, reading) + attention / (plainRate * profile.prefillShare)
            + exchangeSeconds(tokens: tokens, profile: profile)
            - 2 * Double(layout.tensorRanks > 1 ? architecture.layerCount : 0) * profile.exchangeSeconds * 0.5
    }
}

extension Architecture {
    /// Operations of attention for one token over so many earlier ones: two for each product of a query with a key, and
    /// of a weight with a value.
    package func attentionFlops(context: Double) -> Double {
        guard let uses = layerUses else { return 0 }
        return zip(layerKinds, uses).reduce(0) { sum, pair in
            sum + Double(pair.1) * pair.0.layer.mixer.attentionFlops(context: context)
        }
    }
}

extension Mixer {
    fileprivate func attentionFlops(context: Double) -> Double {
        func plain(_ attention: Attention, _ seen: Double) -> Double {
            2 * Double(attention.headCount * (attention.headDimension + attention.valueHeadDimension)) * seen
        }
        switch self {
        case .full(let attention): return plain(attention, context)
        case .sliding(let attention, let window): return plain(attention, min(context, Double(window)))
        case .chunked(let attention, let chunk): return plain(attention, min(context, Double(chunk)))
        case .latent(let attention): return attention.flops(context)
        case .sparseIndexed(let indexer, let over):
            let seen = min(context, Double(indexer.pickedCount))
            let picking = 2 * Double(indexer.headCount * indexer.headDimension) * context
            switch over {
            case .full(let attention): return picking + plain(attention, seen)
            case .latent(let attention): return picking + attention.flops(seen)
            }
        case .linear(let attention):
            return 4 * Double(attention.valueHeadCount * attention.keyDimension * attention.valueDimension)
        case .mamba2(let mamba): return 4 * Double(mamba.headCount * mamba.headDimension * mamba.stateSize)
        case .none: return 0
        }
    }
}

extension LatentAttention {
    /// Queries meet the latent itself, which is key and value of all heads.
    fileprivate func flops(_ context: Double) -> Double {
        2 * Double(headCount * (2 * keyValueRank + ropeDimension)) * context
    }
}
