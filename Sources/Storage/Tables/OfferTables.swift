import Entities
import Text

/// The tables of what providers offer, without the prices' history.
enum OfferTables {
    static let offers = Layout<OfferRecord>(
        .offers, named: "offers", ownKey: 3, ending: .retired,
        [
            OfferRecord.key,
            [
                .word("mode") { $0.offer.mode },
                .word("tier") { $0.offer.tier },
                .text("region") { $0.offer.region },
                .integer("context_tokens") { $0.offer.limits.contextTokens },
                .integer("maximum_input_tokens") { $0.offer.limits.maximumInputTokens },
                .integer("maximum_output_tokens") { $0.offer.limits.maximumOutputTokens },
                .flag("extends_context") { $0.offer.extendsContext },
                .word("weight_quantization") { $0.offer.quantization?.weights },
                .word("key_value_quantization") { $0.offer.quantization?.keyValueCache },
                .word("activation_quantization") { $0.offer.quantization?.activations },
            ], changes, prices,
            [
                .number("first_token_milliseconds") { $0.offer.performance?.firstTokenMilliseconds },
                .number("output_tokens_per_second") { $0.offer.performance?.outputTokensPerSecond },
                .date("performance_measured_on") { $0.offer.performance?.measuredOn },
                .source("performance_source_id") { $0.offer.performance?.source },
            ], Column.status { $0.offer.status }, [.date("verified_on") { $0.offer.verifiedOn }],
        ])

    private static let changes: [Column<OfferRecord>] = [
        .words("added_capabilities") { $0.offer.capabilityChange?.added ?? [] },
        .words("removed_capabilities") { $0.offer.capabilityChange?.removed ?? [] },
        .text("capability_reason") { $0.offer.capabilityChange?.reason },
        .words("added_inputs") { $0.offer.modalityChange?.added?.input ?? [] },
        .words("added_outputs") { $0.offer.modalityChange?.added?.output ?? [] },
        .words("removed_inputs") { $0.offer.modalityChange?.removed?.input ?? [] },
        .words("removed_outputs") { $0.offer.modalityChange?.removed?.output ?? [] },
        .text("modality_reason") { $0.offer.modalityChange?.reason },
        .words("sampling_parameters") { $0.offer.samplingParameters },
    ]

    /// What the open period says of text, so that offers can be sorted by it.
    private static let prices: [Column<OfferRecord>] = [
        .text("currency") { $0.offer.openPeriod?.currency },
        .money("input_per_million") { $0.pricePerMillion(of: .inputText) },
        .money("output_per_million") { $0.pricePerMillion(of: .outputText) },
        .money("cache_read_per_million") { $0.pricePerMillion(of: .cacheRead) },
    ]

    static let names = Layout<LookupName>(
        .offerNames, named: "offer_names", owner: offers.schema, of: .offers, ownKey: 1,
        [LookupName.columns])

    static let rateLimits = Layout<Numbered<RateLimit>>(
        .offerRateLimits, named: "offer_rate_limits", owner: offers.schema, of: .offers, ownKey: 1,
        [
            [
                .number(),
                .text("account_tier") { $0.part.accountTier },
                .integer("requests_per_minute") { $0.part.requestsPerMinute },
                .integer("requests_per_day") { $0.part.requestsPerDay },
                .integer("tokens_per_minute") { $0.part.tokensPerMinute },
                .integer("tokens_per_day") { $0.part.tokensPerDay },
                .integer("concurrent_requests") { $0.part.concurrentRequests },
                .source { $0.part.source },
            ]
        ])
}

/// An offer with the ids that its file spells.
struct OfferRecord {
    let model: Model.ID
    let provider: Provider.ID
    let offer: Offer

    /// The key of an offer; the model comes first, by which the tables can be spread over machines.
    static let key: [Column<OfferRecord>] = [
        .text("model_id") { $0.model.text },
        .text("provider_id") { $0.provider.text },
        .text("provider_model_id") { $0.offer.providerModelID },
    ]

    /// The base rate of a meter in the open period; nil when there is none.
    func pricePerMillion(of meter: Meter) -> Money? {
        offer.openPeriod?.rates.first { $0.meter == meter && $0.size == nil && $0.quality == nil }?
            .pricePerMillion
    }
}
