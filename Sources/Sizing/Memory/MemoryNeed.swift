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
    /// `isLargeCard` decides which batches an engine takes where `batchedTokens` does not say.
    package init(
        of footprint: ModelFootprint, workload: Workload, layout: Layout = Layout(),
        engine: EngineProfile = .profile(.vllm), isLargeCard: Bool = true, batchedTokens: Int? = nil
    ) {
        weights = MemoryNeed.loadedWeights(footprint, layout, engine: engine)
        let sequence = footprint.geometry.sequenceBytes(
            tokens: workload.contextTokens, cacheBytes: footprint.cacheBytes,
            tensorRanks: layout.tensorRanks, pageTokens: engine.pageTokens, windowMargin: engine.windowMargin,
            keepsWindows: engine.keepsWindows)
        let sequences = layout.sequencesPerGroup(of: workload.concurrency)
        cache = Estimate(
            sequence * Double(sequences) * layout.stageShare(of: footprint.layerCount), within: 0.01,
            confidence: .high)
        activation =
            ActivationPeak(
                of: footprint, engine: engine, layout: layout, isLargeCard: isLargeCard,
                batchedTokens: batchedTokens
            ).bytes
        overhead = (engine.runtimeGiB(layout) + engine.graphGiB) * MemoryNeed.gib
    }

    /// The weights of the fullest card as an engine holds them: it pads and aligns, by 0.2 % and 20 MiB.
    package static func loadedWeights(
        _ footprint: ModelFootprint, _ layout: Layout = Layout(), engine: EngineProfile = .profile(.vllm)
    ) -> Estimate {
        let held = footprint.weights.fullestRank(
            layout, layers: footprint.layerCount, looksUpOnHost: engine.engine == .llamaCPP)
        return Estimate(held * 1.002 + 0.02 * gib, within: 0.005, confidence: .high)
    }

    /// The least with which the engine starts: one sequence of one page.
    package func minimum(for workload: Workload) -> Estimate {
        let share = 1 / Double(max(1, workload.concurrency * workload.contextTokens / 16))
        return weights + cache * min(1, share) + activation + overhead
    }

    static let gib = 1_073_741_824.0
}

/// The memory that computing takes at its peak on one card.
///
/// The peak is in the sampler rather than in the layers: logits of all sequences, in several copies, against the
/// widest layer over one batch of tokens. Fitted on vLLM's profiling logs; docs/sizing.md has its error.
package struct ActivationPeak {
    package let bytes: Estimate

    /// `sequences` and `batchedTokens` are the most that the engine takes at a time, by default what engines choose for
    /// large cards and for others; a stage without the output matrix samples nothing.
    package init(
        of footprint: ModelFootprint, engine: EngineProfile, layout: Layout = Layout(),
        isLargeCard: Bool = true,
        sequences: Int? = nil, batchedTokens: Int? = nil, holdsOutput: Bool = true
    ) {
        let hidden = footprint.hiddenSize
        if engine.engine == .llamaCPP {
            let tokens = Double(batchedTokens ?? 512)
            let logits = tokens * footprint.vocabularySize * 4
            let scratch = tokens * hidden * 4 * 12
            bytes = Estimate(
                low: logits, point: logits + scratch, high: 2 * (logits + scratch), confidence: .medium)
            return
        }
        let sequences = Double(sequences ?? (isLargeCard ? 1_024 : 256))
        let tokens = Double(batchedTokens ?? (isLargeCard ? 8_192 : 2_048))
        let ranks = Double(layout.tensorRanks)
        let sampler = engine.samplerBytes * sequences * footprint.vocabularySize + 4 * tokens * hidden
        let layer = 2 * tokens * (3 * footprint.innerSize / ranks + 3 * hidden)
        var peak = holdsOutput ? max(sampler, layer) : layer
        if footprint.expertCount > 0 {
            let width = footprint.expertSize / ranks
            peak += 2 * tokens * Double(footprint.activeExperts) * (max(2 * width, hidden) + width)
        }
        peak += 0.05 * MemoryNeed.gib
        let isKnown = engine.engine == .vllm
        bytes = Estimate(
            low: peak * (isKnown ? 0.92 : 0.5), point: peak, high: peak * (isKnown ? 1.08 : 2),
            confidence: isKnown ? .medium : .low)
    }
}
