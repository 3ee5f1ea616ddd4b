package import Text

/// Who serves models or rents accelerators.
package struct Provider: Sendable, Hashable {
    /// Its id in the registry: `openai`.
    package typealias ID = Identifier<Provider>

    /// What a provider does for a living.
    package enum Kind: String, Sendable, CaseIterable {
        /// Makes models.
        case lab
        /// A general cloud.
        case cloud
        /// Serves others' models.
        case inference
        /// Resells other providers.
        case aggregator
        /// Rents others' machines.
        case marketplace
        /// Run by the user.
        case selfHosted = "self_hosted"
    }

    /// A way to pay.
    package enum BillingMode: String, Sendable, CaseIterable {
        case perToken = "per_token"
        case perRequest = "per_request"
        case perGPUHour = "per_gpu_hour"
        case provisioned, subscription, free
    }

    package var id: ID
    package var name: String
    package var kind: Kind
    package var aliases: [Alias]
    package var website: String?
    package var documentationURL: String?
    package var pricingURL: String?
    package var statusURL: String?
    package var api: Interface?
    /// The regions that offers may name; empty when unknown.
    package var regions: [Region]
    /// ISO 4217, of its price list.
    package var currency: String?
    package var billingModes: [BillingMode]
    /// ISO 3166-1 in lower case.
    package var headquarters: String?
    package var dataPolicy: DataPolicy?
    /// True when it offers hardware-attested execution; nil when unknown.
    package var hasConfidentialCompute: Bool?
    package var modelNameRules: [ModelNameRule]
    package var acceleratorOffers: [AcceleratorOffer]
    package var status: Status
    package var source: Source
}

extension Provider: FieldsReadable {
    init?(_ fields: Fields) {
        guard let id = fields.text("id"), let name = fields.text("name"),
            let kind: Kind = fields.word("kind"),
            let status: Status = fields.part("status"), let source: Source = fields.part("source")
        else { return nil }
        self.id = ID(id)
        self.name = name
        self.kind = kind
        aliases = fields.parts("aliases")
        website = fields.text("website")
        documentationURL = fields.text("docs_url")
        pricingURL = fields.text("pricing_url")
        statusURL = fields.text("status_url")
        api = fields.part("api")
        regions = fields.parts("regions")
        currency = fields.text("currency")
        billingModes = fields.words("billing_modes")
        headquarters = fields.text("headquarters")
        dataPolicy = fields.part("data_policy")
        hasConfidentialCompute = fields.knownFlag("confidential_compute")
        modelNameRules = fields.parts("model_id_rules")
        acceleratorOffers = fields.parts("accelerator_offers")
        self.status = status
        self.source = source
    }
}

/// How a provider is called.
package struct Interface: Sendable, Hashable, FieldsReadable {
    /// A request format.
    package enum Format: String, Sendable, CaseIterable {
        case openai, anthropic, google, cohere, custom
    }

    /// How a caller proves who it is.
    package enum Authentication: String, Sendable, CaseIterable {
        case bearer
        case apiKey = "api_key"
        case oauth2, sigv4, none
    }

    /// What requests start with; nil when it differs by customer.
    package var baseURL: String?
    package var formats: [Format]
    package var authentication: Authentication?
    /// Environment variables in which tools look for the key.
    package var environmentNames: [String]

    init?(_ fields: Fields) {
        baseURL = fields.text("base_url")
        formats = fields.words("compatible")
        authentication = fields.word("auth")
        environmentNames = fields.texts("env_names")
    }
}

/// A place from which a provider serves.
package struct Region: Sendable, Hashable, FieldsReadable {
    package var id: String
    package var name: String?
    /// ISO 3166-1 country in lower case, or `eu`.
    package var jurisdiction: String?

    init?(_ fields: Fields) {
        guard let id = fields.text("id") else { return nil }
        self.id = id
        name = fields.text("name")
        jurisdiction = fields.text("jurisdiction")
    }
}

/// What a provider does with what customers send; nil where unknown.
package struct DataPolicy: Sendable, Hashable, FieldsReadable {
    package var trainsOnData: Bool?
    package var retentionDays: Int?
    /// Customers can have nothing kept.
    package var offersZeroRetention: Bool?
    package var source: Source

    init?(_ fields: Fields) {
        guard let source: Source = fields.part("source") else { return nil }
        trainsOnData = fields.knownFlag("trains_on_data")
        retentionDays = fields.integer("retention_days")
        offersZeroRetention = fields.knownFlag("zero_retention")
        self.source = source
    }
}

/// How a provider decorates the names of models.
package struct ModelNameRule: Sendable, Hashable, FieldsReadable {
    /// What a part of a name is.
    package enum Part: String, Sendable, CaseIterable {
        case dateSuffix = "date_suffix"
        case versionSuffix = "version_suffix"
        case regionPrefix = "region_prefix"
        case vendorPrefix = "vendor_prefix"
        case variantSuffix = "variant_suffix"
    }

    package var part: Part
    /// A regular expression that matches the part alone.
    package var pattern: String

    init?(_ fields: Fields) {
        guard let part: Part = fields.word("part"), let pattern = fields.text("pattern") else { return nil }
        self.part = part
        self.pattern = pattern
    }
}

/// The price of renting one accelerator for one hour.
package struct AcceleratorOffer: Sendable, Hashable, FieldsReadable {
    /// What the customer commits to.
    package enum Commitment: String, Sendable, CaseIterable {
        case onDemand = "on_demand"
        case spot
        case reserved1Month = "reserved_1m"
        case reserved3Months = "reserved_3m"
        case reserved6Months = "reserved_6m"
        case reserved1Year = "reserved_1y"
        case reserved3Years = "reserved_3y"
        /// Billed only while it runs.
        case autoscale
    }

    package var accelerator: Accelerator.ID
    /// The name in the provider's list.
    package var sku: String?
    /// How many can be rented together; empty when unknown.
    package var countOptions: [Int]
    package var pricePerAcceleratorHour: Money
    /// ISO 4217.
    package var currency: String
    package var commitment: Commitment
    /// Nil when the price holds everywhere.
    package var region: String?
    package var minimumBillingSeconds: Int?
    package var startupSeconds: Int?
    package var effective: EffectivePeriod
    package var source: Source

    init?(_ fields: Fields) {
        guard let accelerator = fields.text("accelerator"),
            let price = fields.price("price_per_accelerator_hour"), let currency = fields.text("currency"),
            let commitment: Commitment = fields.word("commitment"), let effective = EffectivePeriod(fields),
            let source: Source = fields.part("source")
        else { return nil }
        self.accelerator = Accelerator.ID(accelerator)
        sku = fields.text("sku")
        countOptions = fields.integers("count_options")
        pricePerAcceleratorHour = price
        self.currency = currency
        self.commitment = commitment
        region = fields.text("region")
        minimumBillingSeconds = fields.integer("min_billing_seconds")
        startupSeconds = fields.integer("startup_seconds")
        self.effective = effective
        self.source = source
    }
}
