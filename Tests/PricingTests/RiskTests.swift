import Pricing
import Testing

struct RiskTests {
    /// Golden B4.
    @Test(arguments: [
        (1_200.0, 1_000.0, 8, 0.4493289641, 0.45, 0.4495302749), (1_000, 1_000, 1, 1, 0, 0.7),
    ])
    func `Risk is overload and complexity`(
        provided: Double, required: Double, parts: Int, overload: Double, complexity: Double, total: Double
    ) {
        let risk = Risk(provided: provided, required: required, parts: parts)
        #expect(abs(risk.overload - overload) < 1e-9)
        #expect(abs(risk.complexity - complexity) < 1e-9)
        #expect(abs(risk.total - total) < 1e-9)
    }

    @Test func `By the token without a cap a little stays`() {
        #expect(abs(Risk(overload: 0.2, complexity: 0).total - 0.14) < 1e-12)
    }
}
