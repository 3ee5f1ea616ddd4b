package import Entities
import Text

/// The form of another tool, or of this project, in which prices are put out.
package enum ExportFormat: String, Sendable, CaseIterable {
    /// LiteLLM's map of prices by name.
    case liteLLM = "litellm"
    /// The `api.json` of models.dev.
    case modelsDev = "models-dev"
    /// What OpenRouter answers to `/models`.
    case openRouter = "openrouter"
    /// What OpenAI answers to `/v1/models`.
    case openAI = "openai"
    /// The data file of genai-prices.
    case genAIPrices = "genai-prices"
    /// Canonical rows of a price list.
    case csv
    /// The same as objects, amounts as decimal text.
    case json
    /// A page with a table.
    case markdown
}

/// The prices of a catalog on a day, for other tools to read: a pure function of both.
///
/// Offers on sale in the ordinary terms, in all regions, in dollars. Prices are written out
/// digit by digit, never through a binary fraction.
package struct CatalogExport: Sendable {
    /// One offer with whom and what it is of, in dollars.
    struct Item: Sendable {
        let provider: Provider
        let model: Model
        let offer: PricedOffer

        var workload: WorkloadKind { WorkloadKind(of: model) }
        var contextTokens: Int? { offer.limits.contextTokens ?? model.limits?.contextTokens }
        var maximumInputTokens: Int? {
            offer.limits.maximumInputTokens ?? model.limits?.maximumInputTokens ?? contextTokens
        }
        var maximumOutputTokens: Int? {
            offer.limits.maximumOutputTokens ?? model.limits?.maximumOutputTokens
        }
    }

    let catalog: Catalog
    let selection: CatalogSelection
    let items: [Item]

    /// The offers of some providers, nil for all.
    package init(_ catalog: Catalog, _ selection: CatalogSelection, providers: Set<Provider.ID>? = nil) {
        self.catalog = catalog
        self.selection = selection
        items = catalog.pricedOffers(on: selection.day).compactMap { offer in
            guard offer.isOnSale, offer.isStandard, offer.region == nil,
                providers?.contains(offer.provider) ?? true,
                let provider = catalog.provider(offer.provider), let model = catalog.model(offer.model),
                offer.period.currency == "USD"
            else { return nil }
            return Item(provider: provider, model: model, offer: offer)
        }
    }

    /// The text in a format, ending with a line end.
    package func text(as format: ExportFormat) -> String {
        switch format {
        case .liteLLM: liteLLM
        case .modelsDev: modelsDev
        case .openRouter: openRouter
        case .openAI: openAI
        case .genAIPrices: genAIPrices
        case .csv: csv
        case .json: json
        case .markdown: markdown
        }
    }

    /// The items of each provider, by id.
    var byProvider: [(provider: Provider, items: [Item])] {
        Dictionary(grouping: items, by: \.provider.id).sorted { $0.key < $1.key }.map {
            ($0.value[0].provider, $0.value)
        }
    }
}

extension Rate {
    /// The price of one unit, digit by digit.
    var digitsPerUnit: String { price.text(overTenTo: Rate.power(of: per)) }

    /// The price of a million units, digit by digit; nil when out of range.
    var digitsPerMillion: String? { pricePerMillion?.description }

    private static func power(of per: Int) -> Int {
        switch per {
        case 1_000_000: 6
        case 1_000: 3
        default: 0
        }
    }
}

extension CalendarDate {
    /// The first second of the day, since 1970.
    var seconds: Int { daysSinceEpoch * 86_400 }
}
