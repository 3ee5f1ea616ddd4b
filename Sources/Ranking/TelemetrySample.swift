package import Entities

/// One probe of a provider's offer of a model.
package struct TelemetrySample: Sendable, Hashable {
    /// What was asked.
    package enum Kind: String, Sendable, CaseIterable {
        /// Whether it answers; every five minutes.
        case health
        /// How fast it answers; every fifteen minutes.
        case latency

        /// The length of a slot, in which one probe counts.
        package var slotSeconds: Int { self == .health ? 300 : 900 }
    }

    /// What is measured apart: never mixed with another place or another kind of request.
    package struct Series: Sendable, Hashable, CustomStringConvertible {
        package var region: String
        package var profile: String

        package init(region: String = "", profile: String = "") {
            self.region = region
            self.profile = profile
        }

        package var description: String {
            "region \(region.isEmpty ? "–" : region), profile \(profile.isEmpty ? "–" : profile)"
        }
    }

    package var provider: Provider.ID
    package var series: Series
    package var kind: Kind
    /// Since 1970.
    package var seconds: Int
    /// Of HTTP; 0 where there was no answer.
    package var status: Int
    /// Whether the answer was what it should be.
    package var isSound: Bool
    package var firstTokenMicroseconds: Int?
    package var totalMicroseconds: Int?
    package var outputTokens: Int?

    package init(
        provider: Provider.ID, series: Series = Series(), kind: Kind, seconds: Int, status: Int,
        isSound: Bool,
        firstTokenMicroseconds: Int? = nil, totalMicroseconds: Int? = nil, outputTokens: Int? = nil
    ) {
        self.provider = provider
        self.series = series
        self.kind = kind
        self.seconds = seconds
        self.status = status
        self.isSound = isSound
        self.firstTokenMicroseconds = firstTokenMicroseconds
        self.totalMicroseconds = totalMicroseconds
        self.outputTokens = outputTokens
    }

    /// An answer of the kind 2xx that is sound.
    var isSuccess: Bool { (200..<300).contains(status) && isSound }

    /// The key of the prober was refused: nothing is learnt about the provider.
    var isUnauthorized: Bool { status == 401 || status == 403 }

    /// Milliseconds for each token after the first; nil where it cannot be told.
    var millisecondsPerToken: Double? {
        guard let first = firstTokenMicroseconds, let total = totalMicroseconds, let tokens = outputTokens,
            tokens > 1,
            total >= first
        else { return nil }
        return Double(total - first) / 1_000 / Double(tokens - 1)
    }

    /// In order of time; probes of one moment in an order of their contents, so that none depends on the input's.
    static func precedes(_ left: TelemetrySample, _ right: TelemetrySample) -> Bool {
        left.orderKey.lexicographicallyPrecedes(right.orderKey)
    }

    private var orderKey: [Int] {
        [
            seconds, status, isSound ? 1 : 0, firstTokenMicroseconds ?? -1, totalMicroseconds ?? -1,
            outputTokens ?? -1,
        ]
    }
}
