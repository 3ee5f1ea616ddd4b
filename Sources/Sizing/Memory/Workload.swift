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
