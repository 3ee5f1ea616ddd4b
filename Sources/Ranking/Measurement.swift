package import Entities

/// What a window of probes says of one provider.
package struct Measurement: Sendable, Hashable {
    package let provider: Provider.ID
    /// Slots with a health probe that says something: refused keys are left out.
    package var healthCount = 0
    /// Successes among them in halves: an answer 429 counts half.
    package var healthHalves = 0
    /// Slots whose probe was refused for its key.
    package var unauthorizedCount = 0
    /// Slots with a latency probe that succeeded.
    package var latencyCount = 0
    /// The lower median of the time to the first token; nil without one.
    package var firstTokenMicroseconds: Int?
    /// The lower median of the milliseconds for each token after the first.
    package var millisecondsPerToken: Double?
    /// The lower median of the whole answer's time.
    package var totalMicroseconds: Int?
    /// Seconds since the newest health and latency probe; nil without one.
    package var healthAgeSeconds: Int?
    package var latencyAgeSeconds: Int?

    package init(provider: Provider.ID) { self.provider = provider }

    /// Seven days.
    package static let windowSeconds = 7 * 86_400

    /// What the probes of the window that ends at a moment say. Of several in a slot the last counts. O(n log n).
    package init(provider: Provider.ID, samples: [TelemetrySample], until end: Int) {
        self.init(provider: provider)
        let window = samples.filter { $0.seconds <= end && $0.seconds > end - Measurement.windowSeconds }
            .sorted(by: TelemetrySample.precedes)
        func slots(_ kind: TelemetrySample.Kind) -> [TelemetrySample] {
            var last: [Int: TelemetrySample] = [:]
            for sample in window where sample.kind == kind {
                last[sample.seconds / kind.slotSeconds] = sample
            }
            return last.sorted { $0.key < $1.key }.map(\.value)
        }
        let health = slots(.health)
        let known = health.filter { !$0.isUnauthorized }
        healthCount = known.count
        healthHalves = known.reduce(0) { $0 + ($1.isSuccess ? 2 : $1.status == 429 ? 1 : 0) }
        unauthorizedCount = health.count - known.count
        healthAgeSeconds = known.last.map { end - $0.seconds }
        let latency = slots(.latency).filter(\.isSuccess)
        latencyCount = latency.count
        latencyAgeSeconds = latency.last.map { end - $0.seconds }
        firstTokenMicroseconds = Measurement.lowerMedian(latency.compactMap(\.firstTokenMicroseconds))
        totalMicroseconds = Measurement.lowerMedian(latency.compactMap(\.totalMicroseconds))
        millisecondsPerToken = Measurement.lowerMedian(latency.compactMap(\.millisecondsPerToken))
    }

    /// Enough of them, and new enough, to speak for themselves.
    var hasEnoughHealth: Bool { healthCount >= 24 && (healthAgeSeconds ?? .max) <= 3_600 }

    var hasEnoughLatency: Bool { latencyCount >= 8 && (latencyAgeSeconds ?? .max) <= 3_600 }

    /// The middle value, of two the lower.
    static func lowerMedian<Value: Comparable>(_ values: [Value]) -> Value? {
        values.isEmpty ? nil : values.sorted()[(values.count - 1) / 2]
    }
}
