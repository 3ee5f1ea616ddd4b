/// A model on cards in one layout, with what its speed depends on worked out once.
package struct ServedModel: Sendable {
    package let footprint: ModelFootprint
    package let card: ServingCard
    package let layout: Layout
    /// Bytes of weights that a rank reads in every step: all but the embedding and the routed experts.
    let steadyBytes: Double
    /// Bytes of the routed experts on a rank.
    let expertBytes: Double
    /// Operations a second of one card in the format of the weights.
    let weightRate: Double

    /// Nil where the card has no rate for sixteen bits.
    package init?(_ footprint: ModelFootprint, on card: ServingCard, layout: Layout) {
        guard card.plainRate > 0 else { return nil }
        self.footprint = footprint
        self.card = card
        self.layout = layout
        steadyBytes = footprint.weights.steadyPerRank(layout)
        expertBytes = footprint.weights.routedPerRank(layout)
        weightRate = card.rate(of: footprint.format)
    }

    /// Seconds of a layer-by-layer exchange between cards: what it takes to meet, and the traffic.
    ///
    /// Ranks that share matrices add up their results twice a layer, on a ring (Patarasuk and Yuan 2009); groups that
    /// share experts send each token to its experts and back, in eight and in sixteen bits. Six tenths of a link's rate
    /// are reached. `meetings` is what part of the meetings is not hidden behind arithmetic.
    func exchangeSeconds(tokens: Double, profile: SpeedProfile, meetings: Double = 1) -> Double {
        guard layout.expertRanks > 1 else { return 0 }
        let reached = 0.6 * card.linkRate
        let meeting = profile.exchangeSeconds * meetings
        var seconds = 0.0
        if layout.tensorRanks > 1 {
            let ranks = Double(layout.tensorRanks)
            let bytes = 2 * (ranks - 1) / ranks * tokens * footprint.hiddenSize * 2
            seconds += 2 * Double(footprint.layerCount) * (meeting + bytes / reached)
        }
        if layout.dataRanks > 1 {
            let away = 1 - 1 / Double(layout.expertRanks)
            let sent =
                tokens / Double(layout.tensorRanks) * Double(footprint.activeExperts) * footprint.hiddenSize
                * away
            seconds += Double(footprint.expertLayerCount) * (2 * meeting + sent * 3 / reached)
        }
        return seconds
    }

    /// Seconds to read a prompt of so many tokens alone in its group of ranks, while the other groups read theirs.
    package func prefillSeconds(tokens: Double, profile: SpeedProfile) -> Double {
        let ranks = Double(layout.tensorRanks)
        // The many small multiplications of experts come less near to the peak than the few large ones.
        let experts = footprint.multipliedInExperts
        let weighed = footprint.multiplied - experts + experts / profile.expertPrefillShare
        let computing = 2 * weighed * tokens / ranks / (weightRate * profile.prefillShare)
        let touched = footprint.touchedShare(tokens: tokens * Double(layout.dataRanks))
        let reading = (steadyBytes + expertBytes * touched) / (card.bandwidth * profile.bandwidthShare)
        let attention = footprint.attention.operations(context: tokens / 2) * tokens / ranks
        // Half of the meetings are hidden behind the arithmetic of a long prompt.
        return max(computing, reading) + attention / (card.plainRate * profile.prefillShare)
            + exchangeSeconds(tokens: tokens, profile: profile, meetings: 0.5)
    }
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

    /// A step of so many sequences in each group of ranks, at a mean context.
    package init(of model: ServedModel, batch: Double, meanContext: Double, profile: SpeedProfile) {
        let (footprint, card, layout) = (model.footprint, model.card, model.layout)
        let ranks = Double(layout.tensorRanks)
        let touched = footprint.touchedShare(tokens: batch * Double(layout.dataRanks))
        let read = model.steadyBytes + model.expertBytes * min(1, touched * profile.expertReads)
        let reading = read / (card.bandwidth * profile.bandwidthShare)
        let computing = 2 * footprint.multiplied * batch / ranks / (model.weightRate * profile.decodeShare)
        weights = max(reading, computing)
        isComputeBound = computing > reading
        // A state is read, which stands in the bytes of a sequence, and written again.
        let held =
            footprint.geometry.sequenceBytes(
                tokens: max(1, Int(meanContext)), cacheBytes: footprint.cacheBytes,
                tensorRanks: layout.tensorRanks)
            + footprint.geometry.stateBytes(tensorRanks: layout.tensorRanks)
        let cacheRead = batch * held / (card.bandwidth * profile.bandwidthShare)
        let attention = footprint.attention.operations(context: meanContext) * batch / ranks
        cache = max(cacheRead, attention / (card.plainRate * profile.decodeShare))
        layers =
            Double(footprint.layerCount) * profile.layerSeconds
            + Double(footprint.expertLayerCount) * profile.expertLayerSeconds
        step = profile.stepSeconds + batch * profile.sequenceSeconds
        exchange = model.exchangeSeconds(tokens: batch, profile: profile)
    }
}
