import Documents
import Entities
import Text

/// Rows of the canonical price list: what is sold by the piece, the minute or the character, as mappings with meters.
///
/// Token prices of language models come from sources that know their meters; here they have none but "a token".
struct PieceTable {
    private let catalog: Catalog
    private let origin: Origin
    private let names: ModelNames
    private var models: [String: Record] = [:]
    private var offers: [String: (provider: String, model: String, offers: [String: Record])] = [:]
    private(set) var refusals: [Refusal] = []

    init(catalog: Catalog, origin: Origin) {
        self.catalog = catalog
        self.origin = origin
        names = ModelNames(catalog)
    }

    var harvest: Harvest {
        var harvest = Harvest()
        harvest.refusals = refusals
        harvest.proposals = models.sorted { $0.key < $1.key }.map {
            Proposal(path: "models/\($0.key).yaml", record: $0.value)
        }
        for (path, file) in offers.sorted(by: { $0.key < $1.key }) {
            harvest.proposals.append(
                Proposal(
                    path: path,
                    record: Record([
                        ("schema", "mapping/v1"), ("provider", .text(file.provider)),
                        ("model", .text(file.model)),
                        ("offers", .list(file.offers.sorted { $0.key < $1.key }.map { .record($0.value) })),
                    ])))
        }
        return harvest
    }

    mutating func take(_ row: PriceTable.Row) {
        guard let workload = row["workload_type"], let house = row["provider"], let key = row["model_key"],
            let unit = row["unit_name"], let number = row["unit_price_usd"].flatMap({ Number($0) }),
            let price = Money(rounding: number), price > .zero
        else { return refuse(.unreadable, row, "no workload, provider, model, unit or price above 0") }
        let name = row["sku_name"] ?? key
        guard workload != "llm" else {
            return refuse(.notComparable, row, "\(name): token prices of language models say here no meter")
        }
        guard let subject = Workload(workload) else {
            return refuse(.unreadable, row, "the workload \"\(workload)\" is not known")
        }
        guard
            let provider = catalog.provider(named: house)
                ?? catalog.provider(named: house.replacing("_ai", with: ""))
        else { return refuse(.unknownProvider, row, "no provider is called \"\(house)\"") }
        guard let meter = PriceUnits.meter(of: unit, workload: workload) else {
            return refuse(.notComparable, row, "\(name): no meter counts \"\(unit)\"")
        }
        if let reason = PieceTable.whyNotOnePrice(name, key) {
            return refuse(.notComparable, row, "\(name): \(reason)")
        }
        guard let model = model(key, name, subject, provider, row) else { return }
        add(ListedRate(meter: meter.meter, price: price, per: meter.per), key, model, provider, row)
    }

    /// What such lists hold beside prices of models: machines, volume tiers, plans, additions to a price.
    private static func whyNotOnePrice(_ name: String, _ key: String) -> String? {
        let text = name.lowercased()
        let words = text.split { " ()".contains($0) }.map(String.init)
        if words.contains(where: { ["gpu", "cpu", "hardware:", "vcpu"].contains($0) }) {
            return "a machine by the hour, not a model"
        }
        let isVolume =
            words.contains { ["next", "over"].contains($0) }
            || words.contains { $0.hasSuffix("+") && $0.first?.isNumber == true }
            || words.contains { word in word.first?.isNumber == true && word.contains("m-") }
            || ["_tier2", "_tier3", "_tier4"].contains { key.contains($0) }
        if isVolume { return "a price for large volumes only" }
        let plans = ["free", "starter", "creator", "pro", "scale", "business", "growth", "enterprise"]
        if let last = words.last, plans.contains(last) || last == "tier" || last == "plan" {
            return "a price by subscription plan"
        }
        if text.contains("add-on") || key == "addon" || text.contains("storage")
            || text.contains("training")
        {
            return "an addition to another price"
        }
        return key == "various" ? "a price for several models" : nil
    }

    /// The model of the registry that a row is about; a maker's own is written down where it is missing.
    private mutating func model(
        _ key: String, _ name: String, _ workload: Workload, _ provider: Provider, _ row: PriceTable.Row
    ) -> String? {
        if let match = names.match(key) { return match.model }
        guard let vendor = PieceTable.makers[provider.id.text], let short = key.registryID,
            !key.contains("/"), !key.hasPrefix("whisper")
        else {
            refuse(.unknownModel, row, "\(name): no model of the registry is called \"\(key)\"")
            return nil
        }
        let id = "\(vendor)/\(short)"
        if models[id] == nil, !names.has(id) {
            models[id] = Record([
                ("schema", "model/v1"), ("id", .text(id)), ("name", .text(key)), ("vendor", .text(vendor)),
                ("variant", .text(workload.variant.rawValue)), ("open_weights", false),
                ("license", [("id", "LicenseRef-proprietary")].record),
                ("status", [("stage", "active")].record),
                ("modalities", workload.modalities), ("capabilities", []), ("source", source(of: row)),
            ])
        }
        return id
    }

    /// Providers that sell models of their own under these names, and the vendor that they are.
    private static let makers = [
        "deepgram": "deepgram", "elevenlabs": "elevenlabs", "assemblyai": "assemblyai", "voyage": "voyage",
        "cohere": "cohere", "google-cloud": "google", "aws": "aws", "openai": "openai",
    ]

    private mutating func add(
        _ rate: ListedRate, _ key: String, _ model: String, _ provider: Provider, _ row: PriceTable.Row
    ) {
        let path = "mappings/\(provider.id)/\(model).yaml"
        var file = offers[path] ?? (provider.id.text, model, [:])
        let name = key.replacing(" ", with: "-")
        if let known = file.offers[name] {
            let meters = known["prices"]?.list?.first?["rates"]?.list?.map { $0["meter"]?.text } ?? []
            let isRepeated = meters.contains(rate.meter.rawValue)
            return refuse(
                isRepeated ? .repeated : .notComparable, row,
                "\"\(name)\" has another price already; which holds when is not said")
        }
        let day = row["source_date"].flatMap { CalendarDate($0.prefix(10)) } ?? origin.seenOn
        let period = ListedPeriod(from: day, rates: [rate])
        file.offers[name] = Record([
            ("provider_model_id", .text(name)), ("mode", "serverless"), ("tier", "standard"),
            ("prices", [period.value(seen: Origin(url: origin.url, seenOn: day), kind: .thirdParty)].list),
            ("status", [("stage", "active")].record), ("verified_on", .text(day.description)),
        ])
        offers[path] = file
    }

    private func source(of row: PriceTable.Row) -> Value {
        let day = row["source_date"].flatMap { CalendarDate($0.prefix(10)) } ?? origin.seenOn
        return Origin(url: origin.url, seenOn: day).record(.thirdParty)
    }

    private mutating func refuse(_ reason: Refusal.Reason, _ row: PriceTable.Row, _ detail: String) {
        refusals.append(Refusal(reason, row.subject, detail))
    }
}

/// What the models of a row are for.
private struct Workload {
    let variant: Model.Variant
    let modalities: Value

    init?(_ word: String) {
        let (input, output): (Modality, Modality)
        switch word {
        case "speech_to_text", "transcription", "stt": (variant, input, output) = (.audio, .audio, .text)
        case "text_to_speech", "tts": (variant, input, output) = (.audio, .text, .audio)
        case "embeddings", "embedding": (variant, input, output) = (.embedding, .text, .embedding)
        case "rerank": (variant, input, output) = (.reranker, .text, .text)
        case "image_generation", "image_gen": (variant, input, output) = (.image, .text, .image)
        case "video_generation": (variant, input, output) = (.video, .text, .video)
        case "vision", "moderation": (variant, input, output) = (.vision, .image, .text)
        default: return nil
        }
        modalities =
            [
                ("input", [Value.text(input.rawValue)].list), ("output", [Value.text(output.rawValue)].list),
            ].record
    }
}

extension [Value] {
    fileprivate var list: Value { .list(self) }
}
