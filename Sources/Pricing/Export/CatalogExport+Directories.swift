import Diagnostics
import Entities
import Text

/// The forms that list models and who serves them.
extension CatalogExport {
    /// The `api.json` of models.dev: providers with their models, dollars for a million tokens.
    var modelsDev: String {
        JSONLayout.text { json in
            for (provider, items) in byProvider {
                json.member(provider.id.text) { json in
                    json.member("id", provider.id.text)
                    json.member("name", provider.name)
                    json.member("env", texts: provider.api?.environmentNames ?? [])
                    if let url = provider.api?.baseURL { json.member("api", url) }
                    if let url = provider.documentationURL { json.member("doc", url) }
                    json.member("models") { json in
                        for item in items {
                            json.member(item.offer.name) { modelsDevRecord(of: item, in: &$0) }
                        }
                    }
                }
            }
        }
    }

    private func modelsDevRecord(of item: Item, in json: inout JSONLayout) {
        let model = item.model
        json.member("id", item.offer.name)
        json.member("name", model.name)
        if let family = model.family { json.member("family", family) }
        json.member("attachment", model.modalities.input.contains { $0 != .text })
        json.member("reasoning", model.capabilities.contains(.reasoning))
        json.member("tool_call", model.capabilities.contains(.tools))
        json.member("structured_output", model.capabilities.contains(.structuredOutput))
        if let day = model.knowledgeCutoff { json.member("knowledge", day.description) }
        if let day = model.released { json.member("release_date", day.description) }
        json.member("last_updated", item.offer.period.source.checkedOn.description)
        json.member("modalities") { json in
            json.member("input", texts: model.modalities.input.map(\.rawValue))
            json.member("output", texts: model.modalities.output.map(\.rawValue))
        }
        json.member("open_weights", model.hasOpenWeights)
        json.member("cost") { json in
            for (key, meter) in CatalogExport.modelsDevMeters {
                if let digits = item.rate(of: meter)?.digitsPerMillion {
                    json.member(key, digits: digits)
                }
            }
        }
        json.member("limit") { json in
            if let tokens = item.contextTokens { json.member("context", tokens) }
            if let tokens = item.offer.limits.maximumInputTokens { json.member("input", tokens) }
            if let tokens = item.maximumOutputTokens { json.member("output", tokens) }
        }
    }

    private static let modelsDevMeters: [(String, Meter)] = [
        ("input", .inputText), ("output", .outputText), ("reasoning", .reasoning), ("cache_read", .cacheRead),
        ("cache_write", .cacheWrite), ("input_audio", .inputAudio), ("output_audio", .outputAudio),
    ]

    /// What OpenRouter answers: each model once, at its cheapest offer; dollars for one token as text.
    var openRouter: String {
        let groups = Dictionary(grouping: items, by: \.model.id).sorted { $0.key < $1.key }
        return JSONLayout.text { json in
            json.member("data", of: groups.compactMap { CatalogExport.cheapest(of: $0.value) }) {
                json, item in
                openRouterRecord(of: item, in: &json)
            }
        }
    }

    /// The cheapest for three tokens in and one out; a free one, which has limits, only where there is no other.
    private static func cheapest(of items: [Item]) -> Item? {
        let priced = items.compactMap { item in
            EffectivePrice(of: item.offer, for: .threeToOne).price.amount.map { (item: item, price: $0) }
        }
        let paid = priced.filter { $0.price > .zero }
        return (paid.isEmpty ? priced : paid).min { left, right in
            left.price != right.price
                ? left.price < right.price : PricedOffer.precedes(left.item.offer, right.item.offer)
        }?.item
    }

    private func openRouterRecord(of item: Item, in json: inout JSONLayout) {
        let (input, output) = (item.model.modalities.input, item.model.modalities.output)
        json.member("id", item.model.id.text)
        json.member("name", item.model.name)
        json.member("created", item.model.released?.seconds ?? 0)
        json.member("hugging_face_id", item.model.huggingFace?.repo ?? "")
        if let tokens = item.contextTokens { json.member("context_length", tokens) }
        json.member("architecture") { json in
            json.member(
                "modality",
                input.map(\.rawValue).joined(separator: "+") + "->"
                    + output.map(\.rawValue).joined(separator: "+"))
            json.member("input_modalities", texts: input.map { $0 == .pdf ? "file" : $0.rawValue })
            json.member("output_modalities", texts: output.map(\.rawValue))
        }
        json.member("pricing") { json in
            for (key, meter) in [
                ("prompt", .inputText), ("completion", .outputText), ("internal_reasoning", .reasoning),
                ("input_cache_read", .cacheRead), ("input_cache_write", .cacheWrite), ("audio", .inputAudio),
                ("web_search", .webSearch), ("request", .request),
            ] as [(String, Meter)] {
                if let rate = item.rate(of: meter) { json.member(key, rate.digitsPerUnit) }
            }
        }
        json.member("top_provider") { json in
            json.member("provider", item.provider.id.text)
            if let tokens = item.contextTokens { json.member("context_length", tokens) }
            if let tokens = item.maximumOutputTokens { json.member("max_completion_tokens", tokens) }
        }
    }

    /// What OpenAI answers: the names alone.
    var openAI: String {
        let models = Set(items.map(\.model.id)).sorted().compactMap { catalog.model($0) }
        return JSONLayout.text { json in
            json.member("object", "list")
            json.member("data", of: models) { json, model in
                json.member("id", model.id.text)
                json.member("object", "model")
                json.member("created", model.released?.seconds ?? 0)
                json.member("owned_by", model.vendor)
            }
        }
    }

    /// The data file of genai-prices: dollars for a million tokens, or a thousand requests.
    var genAIPrices: String {
        JSONLayout.list(of: byProvider) { json, group in
            json.member("id", group.provider.id.text)
            json.member("name", group.provider.name)
            if let url = group.provider.pricingURL { json.member("pricing_urls", texts: [url]) }
            json.member("api_pattern", CatalogExport.pattern(of: group.provider))
            json.member("models", of: group.items) { json, item in
                json.member("id", item.offer.name)
                json.member("name", item.model.name)
                json.member("match") { $0.member("equals", item.offer.name) }
                if let tokens = item.contextTokens { json.member("context_window", tokens) }
                json.member("prices") { CatalogExport.genAIRates(of: item, in: &$0) }
            }
        }
    }

    private static func genAIRates(of item: Item, in json: inout JSONLayout) {
        var written: Set<String> = []
        for rate in item.offer.rates where rate.size == nil && rate.quality == nil {
            guard let key = genAIKeys[rate.meter], !written.contains(key) else { continue }
            let isByThousand = key.hasSuffix("_kcount")
            let digits = rate.price.multiplied(
                by: (isByThousand ? 1_000 : 1_000_000) / min(rate.per, 1_000_000))
            if let digits, !isByThousand || rate.per <= 1_000 {
                json.member(key, digits: digits.description)
                written.insert(key)
            }
        }
        // Without it genai-prices refuses even a request that holds no sound. No discount is known, so none is given.
        let joined = "cache_audio_read_mtok"
        if !written.contains(joined), written.isSuperset(of: ["cache_read_mtok", "input_audio_mtok"]),
            let digits = item.offer.rate(of: .inputAudio)?.digitsPerMillion
        {
            json.member(joined, digits: digits)
        }
    }

    private static let genAIKeys: [Meter: String] = [
        .inputText: "input_mtok", .outputText: "output_mtok", .cacheRead: "cache_read_mtok",
        .cacheWrite: "cache_write_mtok", .cacheWrite5Minutes: "cache_write_mtok",
        .inputAudio: "input_audio_mtok", .outputAudio: "output_audio_mtok",
        .cacheReadAudio: "cache_audio_read_mtok", .webSearch: "web_searches_kcount",
        .request: "requests_kcount",
    ]

    /// A pattern for the addresses of a provider; its id where no address is known.
    private static func pattern(of provider: Provider) -> String {
        (provider.api?.baseURL ?? provider.id.text).reduce(into: "") { pattern, character in
            if ".+?*()[]{}|^$\\".contains(character) { pattern.append("\\") }
            pattern.append(character)
        }
    }
}

extension CatalogExport.Item {
    /// The base rate of a meter. What knows one price of a written cache alone means the one that is kept for minutes.
    fileprivate func rate(of meter: Meter) -> Rate? {
        offer.rate(of: meter) ?? (meter == .cacheWrite ? offer.rate(of: .cacheWrite5Minutes) : nil)
    }
}
