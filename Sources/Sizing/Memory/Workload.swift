/// What is asked of a deployment.
package struct Workload: Sendable, Hashable {
    package var promptTokens: Int
    package var outputTokens: Int
    /// Sequences that are served at a time.
    package var concurrency: Int

    package init(promptTokens: Int, outputTokens: Int, concurrency: Int) {
        self.promptTokens = promptTokens
        self.outputTokens = outputTokens
        self.concurrency = concurrency
    }

    package var contextTokens: Int { promptTokens + outputTokens }

    /// The presets of the tools that this one follows: a chat, a working day's assistant, long documents.
    package static let presets: [(name: String, workload: Workload)] = [
        ("low", Workload(promptTokens: 1_000, outputTokens: 200, concurrency: 1)),
        ("medium", Workload(promptTokens: 5_000, outputTokens: 1_000, concurrency: 1)),
        ("high", Workload(promptTokens: 32_000, outputTokens: 2_000, concurrency: 8)),
    ]

    /// The load by which models are put into tiers.
    package static let reference = Workload(promptTokens: 8_192, outputTokens: 512, concurrency: 1)
}

/// How a model is laid out over cards.
package struct Layout: Sendable, Hashable {
    /// Cards that share each matrix.
    package var tensorRanks: Int
    /// Groups of layers one behind the other.
    package var pipelineStages: Int
    /// Cards over which the routed experts are spread; the tensor ranks where experts are cut like other matrices.
    package var expertRanks: Int
    package var replicas: Int

    package init(tensorRanks: Int = 1, pipelineStages: Int = 1, expertRanks: Int? = nil, replicas: Int = 1) {
        self.tensorRanks = tensorRanks
        self.pipelineStages = pipelineStages
        self.expertRanks = expertRanks ?? tensorRanks
        self.replicas = replicas
    }

    package var cardCount: Int { tensorRanks * pipelineStages * replicas }
}
