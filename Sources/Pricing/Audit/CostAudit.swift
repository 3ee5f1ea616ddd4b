import Entities
package import Text

/// What could be saved on a workload without another model: rules of thumb with their sizes, not measurements.
///
/// Scores and sizes are those of InferenceAtlas (docs/architecture.md).
package struct CostAudit: Sendable {
    /// One thing that is, or is not, as it should be.
    package struct Finding: Sendable, Hashable {
        /// What it is about.
        package enum Topic: String, Sendable, CaseIterable {
            case quantization, commitment, autoscaling, caching
            case tokenAPI = "token_api"
            case accelerator
        }

        package let topic: Topic
        /// Points on a hundred.
        package let points: Int
        /// The share of the spend that it may save, in percent.
        package let savingPercent: Int
        package let words: String
    }

    package let workload: AuditedWorkload
    package let findings: [Finding]
    /// What was not said, the most telling first.
    package let gaps: [String]

    package init(_ workload: AuditedWorkload) {
        self.workload = workload
        let rules = [
            CostAudit.quantization, CostAudit.commitment, CostAudit.autoscaling, CostAudit.caching,
            CostAudit.tokenAPI,
            CostAudit.accelerator,
        ]
        findings = rules.compactMap { $0(workload) }
        gaps = [
            ("monthly_spend_usd", workload.monthlySpend == nil), ("purchase", workload.purchase == nil),
            ("traffic", workload.traffic == nil),
            ("precision", workload.purchase != .tokenAPI && workload.precision == nil),
            ("autoscaling", workload.purchase != .tokenAPI && workload.autoscales == nil),
            ("caching", workload.workload == .llm && workload.caches == nil),
            ("monthly_tokens", workload.purchase == .tokenAPI && workload.monthlyTokens == nil),
        ].filter(\.1).map(\.0)
    }

    /// From 0 to 100; three large faults, or a switch that saves more than 30 %, keep it at 45 or less.
    package var score: Int {
        let sum = min(100, max(0, findings.reduce(100) { $0 + $1.points }))
        let major = findings.count { $0.points <= -12 }
        let switches = findings.contains { $0.topic == .tokenAPI } && savingBasisPoints > 3_000
        return major >= 3 || switches ? min(45, sum) : sum
    }

    /// What the three largest savings come to together, in hundredths of a percent, at most 85 %: each saves of what the
    /// others leave.
    package var savingBasisPoints: Int {
        let largest = findings.map(\.savingPercent).filter { $0 > 0 }.sorted(by: >).prefix(3)
        let left = largest.reduce(1_000_000) { $0 * (100 - $1) / 100 }
        return min(8_500, 10_000 - left / 100)
    }

    /// Half of it and all of it, in dollars a month; nil where the spend is not known.
    package var saving: (low: Money, high: Money)? {
        guard let spend = workload.monthlySpend,
            let high = spend.trillionths.scaled(by: Int128(savingBasisPoints), over: 10_000),
            let low = high.scaled(by: 1, over: 2)
        else { return nil }
        return (Money(trillionths: low), Money(trillionths: high))
    }

    private static func quantization(_ workload: AuditedWorkload) -> Finding? {
        guard workload.purchase != .tokenAPI, let precision = workload.precision else { return nil }
        switch precision {
        case .bf16, .fp16, .fp32, .unknown:
            return Finding(
                topic: .quantization, points: -14, savingPercent: 28,
                words: "weights are \(precision.rawValue); fewer bits need fewer machines")
        default:
            return Finding(
                topic: .quantization, points: 6, savingPercent: 0, words: "weights are \(precision.rawValue)")
        }
    }

    private static func commitment(_ workload: AuditedWorkload) -> Finding? {
        guard workload.traffic == .steady else { return nil }
        switch workload.purchase {
        case .onDemand:
            return Finding(
                topic: .commitment, points: -16, savingPercent: 40,
                words: "a steady load runs on demand; reserve for it")
        case .reserved:
            return Finding(
                topic: .commitment, points: 8, savingPercent: 0,
                words: "a steady load runs on reserved machines")
        default: return nil
        }
    }

    private static func autoscaling(_ workload: AuditedWorkload) -> Finding? {
        guard workload.purchase != .tokenAPI, let autoscales = workload.autoscales else { return nil }
        if autoscales {
            return Finding(
                topic: .autoscaling, points: 6, savingPercent: 0, words: "machines follow the load")
        }
        guard workload.traffic == .batch || workload.traffic == .businessHours else { return nil }
        return Finding(
            topic: .autoscaling, points: -12, savingPercent: 20, words: "machines run while there is no load")
    }

    private static func caching(_ workload: AuditedWorkload) -> Finding? {
        guard workload.workload == .llm, let caches = workload.caches else { return nil }
        return caches
            ? Finding(topic: .caching, points: 4, savingPercent: 0, words: "repeated prompts are cached")
            : Finding(
                topic: .caching, points: -9, savingPercent: 12, words: "repeated prompts are paid in full")
    }

    private static func tokenAPI(_ workload: AuditedWorkload) -> Finding? {
        guard workload.purchase == .tokenAPI, let tokens = workload.monthlyTokens,
            tokens >= Number(1_500_000_000)
        else {
            return nil
        }
        return Finding(
            topic: .tokenAPI, points: -12, savingPercent: 0,
            words: "\(tokens) tokens a month by the token; reckon a machine of your own against it")
    }

    private static func accelerator(_ workload: AuditedWorkload) -> Finding? {
        guard [.imageGeneration, .videoGeneration].contains(workload.workload),
            workload.accelerator?.lowercased().hasPrefix("a10") == true,
            workload.accelerator?.lowercased().hasPrefix("a100") == false
        else { return nil }
        return Finding(
            topic: .accelerator, points: -8, savingPercent: 15,
            words: "pictures on an A10; larger cards make them cheaper")
    }
}
