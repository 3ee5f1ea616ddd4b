import func Glibc.log
import func Glibc.log10
import func Glibc.log2

/// The formula `ranking/1`: four parts of 40, 30, 20 and 10 points, each between fixed anchors.
package struct RankingFormula: Sendable, Hashable {
    package static let version = "ranking/1"
    /// Points of uptime, first token, price and rest of the answer.
    static let points = [40.0, 30, 20, 10]
    /// Probes that a provider is given at the fleet's mean before its own count.
    static let priorCount = 20.0

    /// How uptime becomes a part.
    package enum Uptime: String, Sendable, CaseIterable {
        /// From 0.95 to 1, in proportion.
        case linear
        /// By its nines beyond the first: three for the whole.
        case nines
    }

    /// How the rest of an answer is measured.
    package enum Rest: String, Sendable, CaseIterable {
        /// Milliseconds for a token after the first, 5 to 200.
        case perToken = "per-token"
        /// The whole answer, half a second to thirty.
        case raw
    }

    /// What the parts are held against.
    package enum Scale: String, Sendable, CaseIterable {
        case anchors
        /// The best provider of each part; adding a better one then changes all others.
        case ratio
    }

    package var uptime = Uptime.linear
    package var rest = Rest.perToken
    package var scale = Scale.anchors

    package init() {}

    func uptimePart(_ uptime: Double) -> Double {
        switch self.uptime {
        case .linear: RankingFormula.clamped((uptime - 0.95) / 0.05)
        case .nines: uptime >= 1 ? 1 : RankingFormula.clamped(log10((1 - uptime) / 0.1) / -3)
        }
    }

    func firstTokenPart(_ milliseconds: Double) -> Double {
        RankingFormula.clamped(1 - log(milliseconds / 100) / log(100))
    }

    func pricePart(_ price: Double, reference: Double) -> Double {
        price <= 0 ? 1 : RankingFormula.clamped(0.5 - 0.5 * log2(price / reference) / 2)
    }

    func restPart(_ milliseconds: Double) -> Double {
        switch rest {
        case .perToken: RankingFormula.clamped(milliseconds <= 0 ? 1 : 1 - log(milliseconds / 5) / log(40))
        case .raw: RankingFormula.clamped(1 - log(milliseconds / 500) / log(60))
        }
    }

    private static func clamped(_ part: Double) -> Double { min(1, max(0, part)) }
}
