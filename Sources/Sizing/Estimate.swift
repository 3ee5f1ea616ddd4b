/// A number with the range that it lies in: eight times in ten between the low and the high end.
package struct Estimate: Sendable, Hashable {
    /// How a number is known.
    package enum Confidence: String, Sendable, Comparable, CaseIterable {
        /// From an architecture that is not known and was assumed.
        case assumed
        /// From a model fitted on other engines, cards or networks.
        case low
        /// From a model fitted on the like.
        case medium
        /// Counted.
        case high

        package static func < (left: Confidence, right: Confidence) -> Bool {
            allCases.firstIndex(of: left) ?? 0 < allCases.firstIndex(of: right) ?? 0
        }
    }

    package var low: Double
    package var point: Double
    package var high: Double
    package var confidence: Confidence

    package init(low: Double, point: Double, high: Double, confidence: Confidence) {
        self.low = low
        self.point = point
        self.high = high
        self.confidence = confidence
    }

    /// A number within a share of itself, such as 0.01 for one in a hundred.
    package init(_ point: Double, within share: Double, confidence: Confidence) {
        self.init(low: point * (1 - share), point: point, high: point * (1 + share), confidence: confidence)
    }

    /// An exact number.
    package init(exact point: Double) {
        self.init(low: point, point: point, high: point, confidence: .high)
    }

    /// The sum of two numbers whose errors may go the same way.
    package static func + (left: Estimate, right: Estimate) -> Estimate {
        Estimate(
            low: left.low + right.low, point: left.point + right.point, high: left.high + right.high,
            confidence: min(left.confidence, right.confidence))
    }

    /// The number times a factor that is known.
    package static func * (left: Estimate, factor: Double) -> Estimate {
        Estimate(
            low: left.low * factor, point: left.point * factor, high: left.high * factor,
            confidence: left.confidence)
    }
}
