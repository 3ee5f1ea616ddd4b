package import Entities
package import Text

/// How a workload is run today, as whoever asks for an audit tells it; nil where it is not said.
package struct AuditedWorkload: Sendable {
    /// How machines are paid for.
    package enum Purchase: String, Sendable, CaseIterable {
        case onDemand = "on_demand"
        case reserved, spot, mixed
        case tokenAPI = "token_api"
    }

    /// How a load is spread over a month.
    package enum Traffic: String, Sendable, CaseIterable {
        case steady, batch, bursty
        case businessHours = "business_hours"
    }

    package var model: String
    package var workload: WorkloadKind
    /// US dollars.
    package var monthlySpend: Money?
    package var monthlyTokens: Number?
    package var precision: Precision?
    package var traffic: Traffic?
    package var purchase: Purchase?
    package var autoscales: Bool?
    package var caches: Bool?
    /// The accelerator's name.
    package var accelerator: String?

    package init(model: String, workload: WorkloadKind) {
        self.model = model
        self.workload = workload
    }
}
