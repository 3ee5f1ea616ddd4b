/// The simple formulas of an older calculator, kept for comparison: caches of the full hidden size, 12 % of the weights to work in.
package struct SeedFormula: Sendable {
    /// Billions of parameters, all and those that a token uses.
    package var billions: Double
    package var activeBillions: Double
    package var layers: Int
    package var hidden: Int
    package var heads: Int

    package init(billions: Double, activeBillions: Double? = nil, layers: Int, hidden: Int, heads: Int) {
        self.billions = billions
        self.activeBillions = activeBillions ?? billions
        self.layers = layers
        self.hidden = hidden
        self.heads = heads
    }

    /// A shape for a number of parameters when nothing else is known.
    package init(assuming billions: Double) {
        let layers = billions >= 60 ? 80 : billions >= 30 ? 64 : billions >= 12 ? 48 : 32
        let width = (billions * 1e9 / (12 * Double(layers))).squareRoot()
        let hidden = max(64, Int((width / 64).rounded()) * 64)
        self.init(
            billions: billions, layers: layers, hidden: hidden,
            heads: max(8, Int((Double(hidden) / 128).rounded())))
    }

    /// Gigabytes (10⁹ bytes) and rates that a load asks for.
    package struct Answer: Sendable {
        package var weights: Double
        package var cache: Double
        package var workspace: Double
        /// 10¹² operations a second.
        package var teraflops: Double
        /// Gigabytes a second when nothing is read twice, and with four fifths of the weights kept.
        package var conservativeBandwidth: Double
        package var optimisticBandwidth: Double

        package var memory: Double { weights + cache + workspace }
    }

    /// What a workload needs at so many tokens a second for each user.
    package func answer(
        _ workload: Workload, weightBytes: Double, cacheBytes: Double, tokensPerSecond: Double
    ) -> Answer {
        let batch = Double(workload.concurrency)
        let perToken = Double(layers) * Double(hidden) * 2 * cacheBytes
        let weights = billions * weightBytes
        let cache = batch * Double(workload.contextTokens) * perToken / 1e9
        let length = Double(workload.promptTokens) + max(Double(workload.outputTokens), 1) / 2
        let rate = tokensPerSecond * batch
        let flops = 2 * activeBillions * 1e9 + 4 * Double(layers) * length * Double(hidden)
        let active = activeBillions * weightBytes / batch
        let moved = (length * perToken + perToken) / 1e9
        return Answer(
            weights: weights, cache: cache, workspace: 0.12 * weights, teraflops: flops * rate / 1e12,
            conservativeBandwidth: (active + moved) * rate, optimisticBandwidth: (0.2 * active + moved) * rate
        )
    }

    /// Milliseconds to the first token at so many 10¹² operations a second.
    package func firstTokenMilliseconds(_ workload: Workload, teraflops: Double) -> Double {
        let prompt = Double(workload.promptTokens)
        let batch = Double(workload.concurrency)
        let flops =
            2 * activeBillions * 1e9 * prompt * batch + 4 * Double(layers) * prompt * prompt * Double(hidden)
            * batch
        return flops / (teraflops * 1e12) * 1_000 + 80
    }
}
