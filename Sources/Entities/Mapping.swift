package import Text

/// What one provider offers of one model.
package struct Mapping: Sendable, Hashable, FieldsReadable {
    package var provider: Provider.ID
    package var model: Model.ID
    /// The principal one first.
    package var offers: [Offer]

    init?(_ fields: Fields) {
        guard let provider = fields.text("provider"), let model = fields.text("model") else { return nil }
        self.provider = Provider.ID(provider)
        self.model = Model.ID(model)
        offers = fields.parts("offers")
    }
}

/// One name under which a provider serves a model.
package struct Offer: Sendable, Hashable {
    /// How the model is run for the customer.
    package enum Mode: String, Sendable, CaseIterable {
        case serverless, dedicated, batch, provisioned
    }

    /// How urgently requests are served.
    package enum ServiceTier: String, Sendable, CaseIterable {
        case standard, priority, flex
    }

    /// A sampling parameter that requests may set.
    package enum SamplingParameter: String, Sendable, CaseIterable {
        case temperature
        case topP = "top_p"
        case topK = "top_k"
        case minP = "min_p"
        case topA = "top_a"
        case frequencyPenalty = "frequency_penalty"
        case presencePenalty = "presence_penalty"
        case repetitionPenalty = "repetition_penalty"
        case seed, stop
        case logitBias = "logit_bias"
    }

    /// The name that a request gives; once for a provider.
    package var providerModelID: String
    package var aliases: [Alias]
    package var mode: Mode
    package var tier: ServiceTier
    /// Nil when the offer holds in all regions of the provider.
    package var region: String?
    /// Where they differ from the model's.
    package var limits: TokenLimits
    /// The provider serves more context than the vendor states.
    package var extendsContext: Bool
    package var quantization: Quantization?
    package var modalityChange: ModalityChange?
    package var capabilityChange: CapabilityChange?
    package var rateLimits: [RateLimit]
    package var samplingParameters: [SamplingParameter]
    /// In order of time; empty when no price is known.
    package var prices: [PricePeriod]
    package var performance: Performance?
    package var status: Status
    /// The day on which the offer was last seen as written.
    package var verifiedOn: CalendarDate

    /// The period without an end that came into force, or is announced: the one to reckon with from now on.
    package var openPeriod: PricePeriod? {
        prices.last { $0.effective.until == nil && !$0.isCancelled }
    }

    /// The period whose prices held on a day; of a month, on its first day. Nil when none is known to.
    package func period(on date: CalendarDate) -> PricePeriod? {
        let day = CalendarDate(year: date.year, month: date.month, day: date.day ?? 1) ?? date
        return prices.last { !$0.isCancelled && $0.effective.contains(day) }
    }
}

extension Offer: FieldsReadable {
    init?(_ fields: Fields) {
        guard let providerModelID = fields.text("provider_model_id"), let mode: Mode = fields.word("mode"),
            let tier: ServiceTier = fields.word("tier"), let status: Status = fields.part("status"),
            let verifiedOn = fields.date("verified_on")
        else { return nil }
        self.providerModelID = providerModelID
        aliases = fields.parts("aliases")
        self.mode = mode
        self.tier = tier
        region = fields.text("region")
        limits = fields.part("limits") ?? TokenLimits()
        extendsContext = fields.flag("extends_context")
        quantization = fields.part("quantization")
        modalityChange = fields.part("modalities")
        capabilityChange = fields.part("capabilities")
        rateLimits = fields.parts("rate_limits")
        samplingParameters = fields.words("sampling_parameters")
        prices = fields.parts("prices")
        performance = fields.part("performance")
        self.status = status
        self.verifiedOn = verifiedOn
    }
}

/// The precision in which a provider runs a model; nil where unknown.
package struct Quantization: Sendable, Hashable, FieldsReadable {
    package var weights: Precision?
    package var keyValueCache: Precision?
    package var activations: Precision?

    init?(_ fields: Fields) {
        weights = fields.word("weights")
        keyValueCache = fields.word("kv_cache")
        activations = fields.word("activations")
    }
}

/// How an offer's modalities differ from its model's.
package struct ModalityChange: Sendable, Hashable, FieldsReadable {
    package var added: Modalities?
    package var removed: Modalities?
    /// How that is known.
    package var reason: String

    init?(_ fields: Fields) {
        guard let reason = fields.text("reason") else { return nil }
        added = fields.part("add")
        removed = fields.part("remove")
        self.reason = reason
    }
}

/// How an offer's capabilities differ from its model's.
package struct CapabilityChange: Sendable, Hashable, FieldsReadable {
    package var added: [Capability]
    package var removed: [Capability]
    /// How that is known.
    package var reason: String

    init?(_ fields: Fields) {
        guard let reason = fields.text("reason") else { return nil }
        added = fields.words("add")
        removed = fields.words("remove")
        self.reason = reason
    }
}

/// The rate limits of one kind of account.
package struct RateLimit: Sendable, Hashable, FieldsReadable {
    package var accountTier: String?
    package var requestsPerMinute: Int?
    package var requestsPerDay: Int?
    package var tokensPerMinute: Int?
    package var tokensPerDay: Int?
    package var concurrentRequests: Int?
    package var source: Source

    init?(_ fields: Fields) {
        guard let source: Source = fields.part("source") else { return nil }
        accountTier = fields.text("account_tier")
        requestsPerMinute = fields.integer("rpm")
        requestsPerDay = fields.integer("rpd")
        tokensPerMinute = fields.integer("tpm")
        tokensPerDay = fields.integer("tpd")
        concurrentRequests = fields.integer("concurrent")
        self.source = source
    }
}

/// A published measurement of an offer.
package struct Performance: Sendable, Hashable, FieldsReadable {
    /// Median time to the first token.
    package var firstTokenMilliseconds: Number?
    /// Median output tokens a second for one request.
    package var outputTokensPerSecond: Number?
    package var measuredOn: CalendarDate
    package var source: Source

    init?(_ fields: Fields) {
        guard let measuredOn = fields.date("measured_on"), let source: Source = fields.part("source") else {
            return nil
        }
        firstTokenMilliseconds = fields.number("ttft_ms")
        outputTokensPerSecond = fields.number("output_tps")
        self.measuredOn = measuredOn
        self.source = source
    }
}
