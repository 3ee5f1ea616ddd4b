package import Entities

extension SeedFormula {
    /// Gigabytes under the reference load at eight bits: what the older tiers were made by.
    package var tierGigabytes: Double {
        answer(.reference, weightBytes: 1, cacheBytes: 1, tokensPerSecond: 1).memory
    }

    /// The shape of an architecture in the older formula's few numbers; nil where the parameters cannot be counted.
    package init?(_ architecture: Architecture) {
        guard let count = architecture.parameterCount else { return nil }
        var heads = 8
        if case .full(let attention)? = architecture.layerKinds.first?.layer.mixer {
            heads = attention.headCount
        }
        self.init(
            billions: Double(count.total) / 1e9, activeBillions: Double(count.active) / 1e9,
            layers: architecture.layerCount, hidden: architecture.hiddenSize, heads: heads)
    }
}
