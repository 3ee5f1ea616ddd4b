import ArgumentParser
import Pricing

/// What a typical request is made of.
struct MixOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("The share of output in all tokens, 0 to 1. Default: 0.30.", valueName: "share"))
    var outputRatio: Share?

    @Option(help: ArgumentHelp("Tokens of a request that are read anew.", valueName: "count"))
    var inputTokens: Int?

    @Option(help: ArgumentHelp("Tokens of its answer.", valueName: "count"))
    var outputTokens: Int?

    @Option(help: ArgumentHelp("Tokens that are thought before it.", valueName: "count"))
    var reasoningTokens: Int?

    @Option(help: ArgumentHelp("Tokens that come from a cache.", valueName: "count"))
    var cachedTokens: Int?

    @Option(help: ArgumentHelp("Tokens that are written to a cache.", valueName: "count"))
    var cacheWriteTokens: Int?

    @Option(help: ArgumentHelp("The share of requests that are sent as a batch, 0 to 1.", valueName: "share"))
    var batchShare: Share?

    private var counts: [Int?] {
        [inputTokens, outputTokens, reasoningTokens, cachedTokens, cacheWriteTokens]
    }

    func validate() throws {
        if counts.contains(where: { $0.map { !(0...100_000_000).contains($0) } ?? false }) {
            throw ValidationError("tokens of a request are a number from 0 to 100,000,000")
        }
        if counts.contains(where: { $0 != nil }) {
            guard outputRatio == nil else {
                throw ValidationError("--output-ratio and tokens of a request exclude each other")
            }
            guard counts.contains(where: { $0 ?? 0 > 0 }) else {
                throw ValidationError("a request has no tokens")
            }
        }
    }

    /// The mix; tokens of a request decide its tier too.
    var mix: TokenMix {
        var mix = TokenMix(outputMillionths: outputRatio?.millionths ?? 300_000)
        if counts.contains(where: { $0 != nil }) {
            mix.input = inputTokens ?? 0
            mix.output = outputTokens ?? 0
            mix.reasoning = reasoningTokens ?? 0
            mix.cacheRead = cachedTokens ?? 0
            mix.cacheWrite = cacheWriteTokens ?? 0
            mix.requestTokens = .init(input: mix.input + mix.cacheRead + mix.cacheWrite, total: mix.total)
        }
        mix.batchMillionths = batchShare?.millionths ?? 0
        return mix
    }
}
