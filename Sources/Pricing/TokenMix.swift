import Entities

/// What a typical request is made of, in tokens or in any other proportion.
package struct TokenMix: Sendable, Hashable {
    /// Read anew, not from a cache.
    package var input = 0
    /// Of the visible answer.
    package var output = 0
    package var reasoning = 0
    package var cacheRead = 0
    package var cacheWrite = 0
    /// Millionths of all requests that are sent as a batch, 0 to 1,000,000.
    package var batchMillionths = 0
    /// Tokens that decide the tier, where the numbers above are proportions only; nil leaves tiers aside.
    package var requestTokens: RequestTokens?

    /// The size of one request.
    package struct RequestTokens: Sendable, Hashable {
        package var input: Int
        package var total: Int

        package init(input: Int, total: Int) {
            self.input = input
            self.total = total
        }
    }

    package init() {}

    /// So many millionths of all tokens are output, the rest input.
    package init(outputMillionths: Int) {
        input = 1_000_000 - outputMillionths
        output = outputMillionths
    }

    /// Three tokens in for one out: what rankings of providers assume unless told otherwise.
    package static let threeToOne: TokenMix = {
        var mix = TokenMix()
        (mix.input, mix.output) = (3, 1)
        return mix
    }()

    package var total: Int { input + output + reasoning + cacheRead + cacheWrite }

    /// The parts that there are, each with the meters that may price it, the first that has a price counts.
    ///
    /// Reasoning is billed as output where it has no price of its own. Text from a cache has no price but its own: what
    /// a provider that states none would charge is not known.
    var parts: [(tokens: Int, meters: [Meter])] {
        [
            (input, [.inputText]), (output, [.outputText]), (reasoning, [.reasoning, .outputText]),
            (cacheRead, [.cacheRead]), (cacheWrite, [.cacheWrite, .cacheWrite5Minutes]),
        ].filter { $0.tokens > 0 }
    }
}
