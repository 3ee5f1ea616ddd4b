/// What an engine takes in memory beside weights and caches, and how it shares memory out.
///
/// Versioned: what an engine does changes between releases. Figures by card, in GiB where the name says so.
package struct EngineProfile: Sendable, Hashable {
    /// A program that serves models.
    package enum Engine: String, Sendable, CaseIterable {
        case vllm, sglang
        case tensorRT = "tensorrt-llm"
        case llamaCPP = "llama.cpp"

        /// The engine of a name as tables have it; nil for an unknown one.
        package init?(named name: String) {
            switch name.lowercased() {
            case "vllm": self = .vllm
            case "sglang": self = .sglang
            case "trtllm", "tensorrt-llm": self = .tensorRT
            case "llama.cpp", "ollama", "llamacpp": self = .llamaCPP
            default:
                guard name.hasPrefix("TensorRT") else { return nil }
                self = .tensorRT
            }
        }
    }

    package var engine: Engine
    /// The first release that it describes.
    package var since: String
    /// Bytes that sampling takes for a sequence and a word of the vocabulary.
    package var samplerBytes: Double
    /// Memory outside of the engine's own allocator, on one card and with more.
    package var runtimeGiB: (alone: Estimate, grouped: Estimate)
    /// Captured graphs, taken after the cache was laid out.
    package var graphGiB: Estimate
    /// The share of the card that the engine reserves when it starts.
    package var utilization: Double
    /// Tokens of a page of the cache.
    package var pageTokens: Int
    /// Tokens that are kept beyond the window of a layer: a batch of new ones is written before old ones go.
    package var windowMargin = 0
    /// Whether layers with a window cache no more than it.
    package var keepsWindows: Bool

    /// Memory outside of the engine's own allocator on a card of a layout, in GiB.
    func runtimeGiB(_ layout: Layout) -> Estimate {
        layout.expertRanks > 1 ? runtimeGiB.grouped : runtimeGiB.alone
    }

    package static func == (left: EngineProfile, right: EngineProfile) -> Bool {
        left.engine == right.engine && left.since == right.since
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(engine)
        hasher.combine(since)
    }

    /// The profiles from the oldest to the newest.
    ///
    /// vLLM: fitted on profiling logs of versions 0.6 to 0.19 (the truth table's calibration half); the sampler's bytes
    /// fell with 0.17. llama.cpp: its compute buffer holds the logits of one batch in 32 bits. For SGLang and
    /// TensorRT-LLM no log was at hand: vLLM's figures with a wide range.
    package static let all = [
        EngineProfile(
            engine: .vllm, since: "0.6", samplerBytes: 35.5,
            runtimeGiB: (range(0.1, 0.14, 1.8), range(0.3, 2.1, 3.6)), graphGiB: range(0, 0.9, 1.9),
            utilization: 0.9, pageTokens: 16, keepsWindows: true),
        EngineProfile(
            engine: .vllm, since: "0.17", samplerBytes: 14.1,
            runtimeGiB: (range(0.06, 0.2, 0.3), range(1.9, 2.1, 2.3)), graphGiB: range(0, 0.9, 1.9),
            utilization: 0.9, pageTokens: 16, keepsWindows: true),
        EngineProfile(
            engine: .sglang, since: "0.5", samplerBytes: 14.1,
            runtimeGiB: (range(0.1, 0.5, 1.8), range(0.5, 2.1, 3.6)), graphGiB: range(0, 1, 2.5),
            utilization: 0.88, pageTokens: 64, keepsWindows: true),
        EngineProfile(
            engine: .tensorRT, since: "1.0", samplerBytes: 14.1,
            runtimeGiB: (range(0.1, 0.6, 1.8), range(0.5, 2.1, 3.6)), graphGiB: range(0, 1, 2.5),
            utilization: 0.9, pageTokens: 64, keepsWindows: true),
        EngineProfile(
            engine: .llamaCPP, since: "b5000", samplerBytes: 4,
            runtimeGiB: (range(0.2, 0.4, 0.9), range(0.3, 0.5, 1.0)),
            graphGiB: range(0, 0, 0.1), utilization: 1, pageTokens: 256, windowMargin: 512, keepsWindows: true
        ),
    ]

    private static func range(_ low: Double, _ point: Double, _ high: Double) -> Estimate {
        Estimate(low: low, point: point, high: high, confidence: .medium)
    }

    /// The profile of an engine's release; the newest where none is named.
    package static func profile(_ engine: Engine, version: String? = nil) -> EngineProfile {
        let own = all.filter { $0.engine == engine }
        guard let version, let minor = minor(of: version) else { return own[own.count - 1] }
        return own.last { profile in EngineProfile.minor(of: profile.since).map { $0 <= minor } ?? true }
            ?? own[0]
    }

    /// Major and minor number of a release as one number; of a range the first.
    private static func minor(of version: String) -> Int? {
        let numbers = (version.split(separator: "-").first ?? "").split(separator: ".").prefix(2).compactMap {
            Int($0)
        }
        return numbers.count == 2 ? numbers[0] * 1_000 + numbers[1] : nil
    }
}
