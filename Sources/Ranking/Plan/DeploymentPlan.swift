package import Entities
package import Pricing
package import Sizing
package import Text

/// One way to serve a model under a load, with what it costs and what may go wrong.
package struct DeploymentPlan: Sendable {
    /// How it is paid for.
    package enum Billing: String, Sendable, CaseIterable {
        case perToken = "per_token"
        case dedicated = "dedicated_hourly"
        case autoscale = "autoscale_hourly"
        case own
    }

    /// How its capacity is known.
    package enum CapacitySource: String, Sendable, CaseIterable {
        /// From what the provider states as its limit.
        case stated
        /// From the sizing engine, with a profile that was fitted on the like.
        case derived
        /// From the sizing engine, with an assumed network or a profile fitted on other cards.
        case assumed
        case unknown
    }

    /// Cards and what runs on them.
    package struct Cards: Sendable {
        package let accelerator: Accelerator.ID
        package let layout: Layout
        package let format: WeightFormat
        /// Sequences that one replica serves at a time at the peak.
        package let concurrency: Int
        package let replicas: Int

        package var count: Int { layout.cardCount * replicas }
    }

    package let provider: Provider.ID
    /// What is bought: the name of an offer, or of a rented card with its terms.
    package let offering: String
    package let billing: Billing
    /// Nil when it holds everywhere.
    package let region: String?
    /// Nil where tokens are bought.
    package let cards: Cards?
    package let monthlyCost: Money
    /// Tokens a second that it gives; nil where nobody says.
    package let provided: Double?
    package let required: Double
    /// Tokens a second at the peak.
    package let peak: Double
    package let risk: Risk
    /// The cost, made dearer by the risk.
    package let score: Double
    package let capacitySource: CapacitySource
    package let confidence: Confidence
    /// Seconds; nil where nobody measured.
    package let firstToken: Estimate?
    package let outputToken: Estimate?
    /// What the price rests on.
    package let source: Source?

    /// The peak as a share of what it gives.
    package var utilizationAtPeak: Double? { provided.map { peak / $0 } }

    /// What it gives beyond the requirement, as a share of it.
    package var headroom: Double? { provided.map { $0 / required - 1 } }

    /// By score, cost, the more trusted, provider and offering: total, whatever the order of the input.
    package static func precedes(_ left: DeploymentPlan, _ right: DeploymentPlan) -> Bool {
        if left.score != right.score { return left.score < right.score }
        if left.monthlyCost != right.monthlyCost { return left.monthlyCost < right.monthlyCost }
        if left.confidence.rank != right.confidence.rank {
            return left.confidence.rank > right.confidence.rank
        }
        if left.provider != right.provider { return left.provider < right.provider }
        return left.offering != right.offering
            ? left.offering < right.offering : (left.region ?? "") < (right.region ?? "")
    }

    /// Cheaper, faster or roomier than another and in none of these worse.
    package func beats(_ other: DeploymentPlan) -> Bool {
        func figures(_ plan: DeploymentPlan) -> [Double] {
            [
                plan.monthlyCost.approximate, plan.outputToken?.point ?? .infinity,
                -(plan.headroom ?? -.infinity),
            ]
        }
        let (mine, theirs) = (figures(self), figures(other))
        return zip(mine, theirs).allSatisfy { $0 <= $1 } && mine != theirs
    }
}
