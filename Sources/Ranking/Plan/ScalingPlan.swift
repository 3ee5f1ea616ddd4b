import Pricing

/// How a deployment takes a load that comes and goes: the first plan of a ranking, in the words of those who run it.
package struct ScalingPlan: Sendable {
    /// Who adds and removes capacity.
    package enum Mode: String, Sendable, CaseIterable {
        /// Machines come and go with the load.
        case autoscale
        /// So many machines, all the time.
        case dedicated
        /// The provider's matter.
        case serverless
    }

    /// How much may go wrong.
    package enum RiskBand: String, Sendable, CaseIterable {
        case low, medium, high

        init(_ risk: Double) { self = risk < 0.3 ? .low : risk < 0.6 ? .medium : .high }
    }

    /// Whether the peak is met.
    package enum Capacity: String, Sendable, CaseIterable {
        /// With the room that was asked for.
        case sufficient
        /// The peak is met, the room is not there: it is another provider's limit.
        case tight
        case unknown
    }

    package let plan: DeploymentPlan
    package let mode: Mode
    package let risk: RiskBand
    package let capacity: Capacity

    package init(_ plan: DeploymentPlan) {
        self.plan = plan
        mode =
            switch plan.billing {
            case .perToken: .serverless
            case .autoscale: .autoscale
            case .dedicated, .own: .dedicated
            }
        risk = RiskBand(plan.risk.total)
        capacity = plan.provided.map { $0 >= plan.required ? .sufficient : .tight } ?? .unknown
    }
}
