package import Entities

/// The memory of the fullest card, by what takes it; bytes.
package struct MemoryNeed: Sendable, Hashable {
    package var weights: Estimate
    /// Caches and states of all sequences.
    package var cache: Estimate
    /// The peak while tokens are computed.
    package var activation: Estimate
    /// The engine's own: runtime, communication, captured graphs.
    package var overhead: Estimate

    /// What the workload needs.
    package var needed: Estimate { weights + cache + activation + overhead }

    /// The memory of a workload on the fullest card of a layout.
    ///
    /// Nil where the parameters of the architecture cannot be counted. Linear in the layers.
    package init?(
        of architecture: Architecture, as format: WeightFormat, workload: Workload, layout: Layout = Layout(),
        cacheBytes: Double = 2, on accelerator: Accelerator? = nil, engine: EngineProfile = .profile(.vllm),
        batchedTokens: Int? = nil, fixed: [TensorRole: WeightFormat]? = nil
    ) {
        guard let groups = architecture.tensorGroups, let geometry = CacheGeometry(architecture) else {
            return nil
        }
        let bytes = WeightBytes(
            groups, as: format, of: architecture, tensorRanks: layout.tensorRanks,
            expertRanks: layout.expertRanks, fixed: fixed ?? architecture.publishedFormats(beside: format))
        // Engines pad and align a little: 0.3 % and 30 MiB over what the matrices hold.
        let layers = architecture.layerCount
        let stage = bytes.fullestStage(of: layout.pipelineStages, layers: layers)
        let loaded = stage * 1.003 + 0.03 * MemoryNeed.gib
        weights = Estimate(loaded, within: 0.005, confidence: .high)
        let sequence = geometry.sequenceBytes(
            tokens: workload.contextTokens, cacheBytes: cacheBytes, tensorRanks: layout.tensorRanks,
            pageTokens: engine.pageTokens, keepsWindows: engine.keepsWindows)
        let share = Double((layers + layout.pipelineStages - 1) / layout.pipelineStages) / Double(layers)
        cache = Estimate(
            sequence * Double(workload.concurrency) * share, within: 0.01, confidence: .high)
        activation =
            ActivationPeak(
                of: architecture, on: accelerator, engine: engine, layout: layout,
                batchedTokens: batchedTokens
            ).bytes
        let runtime = layout.tensorRanks > 1 ? engine.runtimeGiB.grouped : engine.runtimeGiB.alone
        overhead = (runtime + engine.graphGiB) * MemoryNeed.gib
    }

    /// The least with which the engine starts: one sequence of one page.
    package func minimum(for workload: Workload) -> Estimate {
        let share = 1 / Double(max(1, workload.concurrency * workload.contextTokens / 16))
        return weights + cache * min(1, share) + activation + overhead
    }

    static let gib = 1_073_741_824.0

    /// What an engine takes of a card when it starts, whatever the load: it lays its cache out beforehand.
    package static func reserved(on accelerator: Accelerator, engine: EngineProfile) -> Double {
        Double(accelerator.usableBytes) * engine.utilization
    }
}

extension Accelerator {
    /// What programs can use: as measured, else a little less than the label, as drivers and error correction leave it.
    ///
    /// Error correction takes a sixteenth of GDDR, which has none of its own; cards for players do without it.
    package var usableBytes: Int {
        if let measured = memory.usableBytes { return measured }
        if memory.isUnified { return memory.bytes * 3 / 4 }
        let lines = ["GeForce", "Radeon RX", "Arc A", "Arc B", "RTX 30", "RTX 40", "RTX 50"]
        let isForPlayers = lines.contains { name.contains($0) } && !name.contains("Ada")
        switch memory.technology {
        case .gddr5, .gddr6, .gddr6x, .gddr7: return Int(Double(memory.bytes) * (isForPlayers ? 0.98 : 0.925))
        case nil where isForPlayers: return Int(Double(memory.bytes) * 0.98)
        default: return Int(Double(memory.bytes) * 0.985)
        }
    }
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
}

/// The memory that computing takes at its peak on one card.
///
/// The peak is in the sampler rather than in the layers: logits of all sequences, in several copies, against the
/// widest layer over one batch of tokens. Fitted on vLLM's profiling logs; docs/sizing.md has its error.
package struct ActivationPeak {
    package let bytes: Estimate

    package init(
        of architecture: Architecture, on accelerator: Accelerator?, engine: EngineProfile, layout: Layout,
        sequences: Int? = nil, batchedTokens: Int? = nil, holdsOutput: Bool = true
    ) {
        let isLarge = (accelerator?.memory.bytes ?? 80 << 30) >= 70 << 30
        if engine.engine == .llamaCPP {
            let tokens = Double(batchedTokens ?? 512)
            let logits = tokens * Double(architecture.vocabularySize) * 4
            let scratch = tokens * Double(architecture.hiddenSize) * 4 * 12
            bytes = Estimate(
                low: logits, point: logits + scratch, high: 2 * (logits + scratch), confidence: .medium)
            return
        }
        let sequences = Double(sequences ?? (isLarge ? 1_024 : 256))
        let tokens = Double(batchedTokens ?? (isLarge ? 8_192 : 2_048))
        let hidden = Double(architecture.hiddenSize)
        let inner = Double(architecture.widestFeedForward) / Double(layout.tensorRanks)
        let sampler =
            engine.samplerBytes * sequences * Double(architecture.vocabularySize) + 4 * tokens * hidden
        let layer = 2 * tokens * (3 * inner + 3 * hidden)
        // A stage without the output matrix samples nothing.
        var peak = holdsOutput ? max(sampler, layer) : layer
        if let mixture = architecture.widestMixture {
            let width = Double(mixture.expertSize) / Double(layout.tensorRanks)
            peak += 2 * tokens * Double(mixture.activeCount) * (max(2 * width, hidden) + width)
        }
        peak += 0.05 * MemoryNeed.gib
        let isKnown = engine.engine == .vllm
        bytes = Estimate(
            low: peak * (isKnown ? 0.92 : 0.5), point: peak, high: peak * (isKnown ? 1.08 : 2),
            confidence: isKnown ? .medium : .low)
    }
}

extension Architecture {
    /// The inner width of the widest plain feed-forward part; 0 where all parts are experts.
    var widestFeedForward: Int {
        layerKinds.map { kind in
            switch kind.layer.feedForward {
            case .gated(let matrices), .plain(let matrices): matrices.innerSize
            case .experts(let mixture): mixture.sharedSize
            case .none: 0
            }
        }.max() ?? 0
    }

    /// The experts of the layer that has the widest.
    var widestMixture: ExpertMixture? {
        layerKinds.compactMap { kind in
            if case .experts(let mixture) = kind.layer.feedForward { mixture } else { nil }
        }.max { $0.expertSize * $0.activeCount < $1.expertSize * $1.activeCount }
    }
}
