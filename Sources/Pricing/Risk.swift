import func Glibc.exp
import func Glibc.log2

/// What may go wrong with a deployment, from 0 to 1: too little capacity, too many parts.
package struct Risk: Sendable, Hashable {
    package let overload: Double
    package let complexity: Double

    package init(overload: Double, complexity: Double) {
        self.overload = overload
        self.complexity = complexity
    }

    /// Of so much capacity where so much is required, in parts that must work together.
    ///
    /// Overload falls by e⁴ for each whole required capacity that is spare; complexity grows with the logarithm of the
    /// number of parts (InferenceAtlas, docs/architecture.md).
    package init(provided: Double, required: Double, parts: Int) {
        let margin = provided / required - 1
        self.init(
            overload: min(1, max(0, exp(-4 * margin))),
            complexity: parts <= 1 ? 0 : min(1, 0.15 * log2(Double(parts))))
    }

    /// 0.7 of the one and 0.3 of the other.
    package var total: Double { 0.7 * overload + 0.3 * complexity }

    /// A cost made dearer by its risk, so much for each unit of it.
    package func score(cost: Double, alpha: Double) -> Double { cost * (1 + alpha * total) }
}
