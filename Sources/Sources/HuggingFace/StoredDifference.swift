package import Entities

/// Why a checkpoint stores another number of values than its model has parameters.
package enum StoredDifference {
    /// A group of stored values that is not part of the main model.
    package struct Part: Sendable, Hashable {
        package let name: String
        package let count: Int
    }

    /// The groups that together are the difference; empty when there is none, nil when no groups explain it.
    package static func parts(
        stored: Int, architecture: Architecture, parameters: ExactParameters
    ) -> [Part]? {
        guard let total = parameters.total else { return nil }
        let candidates = candidates(architecture, parameters)
        // A handful of groups: every choice of them is tried, the smaller ones first.
        let choices = (0..<(1 << candidates.count)).sorted { $0.nonzeroBitCount < $1.nonzeroBitCount }
        for choice in choices {
            let parts = candidates.indices.filter { choice & (1 << $0) != 0 }.map { candidates[$0] }
            if parts.reduce(total, { $0 + $1.count }) == stored { return parts }
        }
        return nil
    }

    private static func candidates(_ architecture: Architecture, _ parameters: ExactParameters) -> [Part] {
        var parts: [Part] = []
        if let extra = parameters.multiTokenPrediction {
            parts.append(Part(name: "multi-token prediction layers", count: extra))
        }
        if architecture.tiesEmbeddings {
            let matrix = architecture.vocabularySize * architecture.hiddenSize
            parts.append(Part(name: "copy of the tied matrix", count: matrix))
        }
        if architecture.nativePrecision?.weights == .fp8, let scales = BlockScales.count(in: architecture) {
            parts.append(Part(name: "FP8 scales", count: scales))
        }
        if let buffers = rotaryBuffers(architecture), buffers > 0 {
            parts.append(Part(name: "rotary buffers", count: buffers))
        }
        return parts.filter { $0.count < 1 << 50 }
    }

    /// Frequencies that older checkpoints store in every layer: half a head's width.
    private static func rotaryBuffers(_ architecture: Architecture) -> Int? {
        guard let uses = architecture.layerUses, architecture.rope != nil else { return nil }
        return zip(architecture.layerKinds, uses).reduce(0) { sum, kind in
            guard case .full(let attention) = kind.0.layer.mixer else { return sum }
            return sum + kind.1 * attention.headDimension / 2
        }
    }
}

/// Scales of weights that are stored in FP8: one for each block of 128 by 128.
enum BlockScales {
    /// Of the main model and its extra layers; nil when a layer's matrices are not known here.
    static func count(in architecture: Architecture) -> Int? {
        guard var uses = architecture.layerUses else { return nil }
        for (place, kind) in architecture.layerKinds.enumerated() {
            let extra = architecture.multiTokenPrediction
            uses[place] += (extra?.layerCount ?? 0) * (extra?.kinds.filter { $0 == kind.name }.count ?? 0)
        }
        var sum = 0
        for (kind, uses) in zip(architecture.layerKinds, uses) {
            guard let matrices = matrices(of: kind.layer, hidden: architecture.hiddenSize) else { return nil }
            sum += uses * matrices.reduce(0) { $0 + $1.times * blocks($1.rows) * blocks($1.columns) }
        }
        return sum
    }

    private typealias Matrix = (rows: Int, columns: Int, times: Int)

    private static func blocks(_ side: Int) -> Int { (side + 127) / 128 }

    private static func matrices(of layer: Layer, hidden: Int) -> [Matrix]? {
        guard case .latent(let latent) = layer.mixer, let queryRank = latent.queryRank else { return nil }
        let heads = latent.headCount
        let mixer: [Matrix] = [
            (queryRank, hidden, 1), (heads * (latent.plainDimension + latent.ropeDimension), queryRank, 1),
            (latent.keyValueRank + latent.ropeDimension, hidden, 1),
            (heads * (latent.plainDimension + latent.valueDimension), latent.keyValueRank, 1),
            (hidden, heads * latent.valueDimension, 1),
        ]
        switch layer.feedForward {
        case .gated(let matrices): return mixer + [(matrices.innerSize, hidden, 3)]
        case .experts(let mixture) where mixture.form == .gated && mixture.latentSize == nil:
            return mixer + [
                (mixture.expertSize, hidden, 3 * mixture.expertCount), (mixture.sharedSize, hidden, 3),
            ]
        case .plain, .experts, .none: return nil
        }
    }
}
