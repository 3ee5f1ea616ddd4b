/// What transforms each token by itself.
package enum FeedForward: Sendable, Hashable {
    /// Three matrices.
    case gated(FeedForwardMatrices)
    /// Two matrices.
    case plain(FeedForwardMatrices)
    case experts(ExpertMixture)
    /// The layer has a mixer only.
    case none
}

extension FeedForward: FieldsReadable {
    init?(_ fields: Fields) {
        var feedForward: FeedForward?
        switch fields.text("kind") {
        case "gated": feedForward = FeedForwardMatrices(fields).map(FeedForward.gated)
        case "plain": feedForward = FeedForwardMatrices(fields).map(FeedForward.plain)
        case "moe": feedForward = ExpertMixture(fields).map(FeedForward.experts)
        case "none": feedForward = FeedForward.none
        default: break
        }
        guard let feedForward else { return nil }
        self = feedForward
    }
}

/// An activation function.
package enum Activation: String, Sendable, CaseIterable {
    case silu, gelu
    case geluTanh = "gelu_tanh"
    case relu
    case reluSquared = "relu2"
    case swigluOAI = "swiglu_oai"
}

/// The matrices between the hidden state and the inner width.
package struct FeedForwardMatrices: Sendable, Hashable, FieldsReadable {
    package var innerSize: Int
    package var activation: Activation?
    package var hasBias: Bool

    init?(_ fields: Fields) {
        guard let innerSize = fields.dimension("intermediate_size") else { return nil }
        self.innerSize = innerSize
        activation = fields.word("activation")
        hasBias = fields.flag("bias")
    }
}

/// A router sends each token to a few of many experts.
package struct ExpertMixture: Sendable, Hashable, FieldsReadable {
    /// Whether an expert has three matrices or two.
    package enum Form: String, Sendable, CaseIterable {
        case gated, plain
    }

    /// How router scores become weights.
    package enum Router: String, Sendable, CaseIterable {
        case softmax, sigmoid, hash
    }

    /// Routed experts.
    package var expertCount: Int
    /// Routed experts that a token uses.
    package var activeCount: Int
    package var form: Form
    /// Inner width of a routed expert.
    package var expertSize: Int
    /// Experts that every token uses.
    package var sharedCount: Int
    /// Inner width of all shared experts together; 0 when there are none.
    package var sharedSize: Int
    /// A gate over the hidden state scales the shared experts.
    package var hasSharedGate: Bool
    /// Width that tokens are projected to before, and back from after, the routed experts; nil for the hidden size.
    package var latentSize: Int?
    package var router: Router
    package var hasRouterBias: Bool
    package var hasExpertBias: Bool
    package var activation: Activation?

    init?(_ fields: Fields) {
        guard let expertCount = fields.dimension("experts"), let activeCount = fields.dimension("active"),
            let form: Form = fields.word("expert_form"), let expertSize = fields.dimension("expert_size"),
            let router: Router = fields.word("router")
        else { return nil }
        self.expertCount = expertCount
        self.activeCount = activeCount
        self.form = form
        self.expertSize = expertSize
        sharedCount = fields.dimension("shared_experts") ?? 0
        sharedSize = fields.dimension("shared_size") ?? 0
        hasSharedGate = fields.flag("shared_gate")
        latentSize = fields.dimension("latent_size")
        self.router = router
        hasRouterBias = fields.flag("router_bias")
        hasExpertBias = fields.flag("expert_bias")
        activation = fields.word("activation")
    }
}
