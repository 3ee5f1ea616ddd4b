import Entities

/// The tables of providers and of the machines that they rent out.
enum ProviderTables {
    static let providers = Layout<Provider>(
        .providers, named: "providers", ownKey: 1, ending: .retired,
        [
            [
                .text("provider_id") { $0.id.text },
                .text("name") { $0.name },
                .word("kind") { $0.kind },
                .text("website") { $0.website },
                .text("documentation_url") { $0.documentationURL },
                .text("pricing_url") { $0.pricingURL },
                .text("status_url") { $0.statusURL },
                .flag("has_api") { $0.api != nil },
                .text("api_base_url") { $0.api?.baseURL },
                .words("api_formats") { $0.api?.formats ?? [] },
                .word("api_authentication") { $0.api?.authentication },
                .texts("api_environment_names") { $0.api?.environmentNames ?? [] },
                .text("currency") { $0.currency },
                .words("billing_modes") { $0.billingModes },
                .text("headquarters") { $0.headquarters },
                .flag("trains_on_data") { $0.dataPolicy?.trainsOnData },
                .integer("retention_days") { $0.dataPolicy?.retentionDays },
                .flag("offers_zero_retention") { $0.dataPolicy?.offersZeroRetention },
                .source("data_policy_source_id") { $0.dataPolicy?.source },
                .flag("has_confidential_compute") { $0.hasConfidentialCompute },
            ], Column.status { $0.status }, [.source { $0.source }],
        ])

    static let names = Layout<LookupName>(
        .providerNames, named: "provider_names", owner: providers.schema, of: .providers, ownKey: 1,
        [LookupName.columns])

    static let regions = Layout<Numbered<Region>>(
        .providerRegions, named: "provider_regions", owner: providers.schema, of: .providers, ownKey: 1,
        [
            [
                .number(),
                .text("region_id") { $0.part.id },
                .text("name") { $0.part.name },
                .text("jurisdiction") { $0.part.jurisdiction },
            ]
        ])

    static let nameRules = Layout<Numbered<ModelNameRule>>(
        .providerNameRules, named: "provider_name_rules", owner: providers.schema, of: .providers, ownKey: 1,
        [
            [
                .number(),
                .word("part") { $0.part.part },
                .text("pattern") { $0.part.pattern },
            ]
        ])

    /// What an hour of an accelerator costs. A changed price is another row, and the old one becomes history.
    static let rentals = Layout<Identified<AcceleratorOffer>>(
        .rentals, named: "rentals", owner: providers.schema, of: .providers, ownKey: 1, ending: .superseded,
        [
            [.text("rental_id") { $0.id }], rentalTerms,
            [
                .date("effective_to") { $0.part.effective.until },
                .integer("minimum_billing_seconds") { $0.part.minimumBillingSeconds },
                .integer("startup_seconds") { $0.part.startupSeconds },
                .source { $0.part.source },
            ],
        ])

    /// What makes a rental the one it is: its key is their hash.
    static let rentalTerms: [Column<Identified<AcceleratorOffer>>] = [
        .text("accelerator_id") { $0.part.accelerator.text },
        .text("sku") { $0.part.sku },
        .texts("count_options") { $0.part.countOptions.map(String.init) },
        .word("commitment") { $0.part.commitment },
        .text("region") { $0.part.region },
        .date("effective_from") { $0.part.effective.from },
        .text("currency") { $0.part.currency },
        .money("price_per_hour") { $0.part.pricePerAcceleratorHour },
    ]
}

/// A part of an entity under a key that its content gives it.
struct Identified<Part> {
    let id: String
    let part: Part
}
