import Documents
import Entities
import Text

/// The `api.json` of models.dev: providers with their models, and with `models` the base models they refer to.
enum ModelsDev {
    /// One provider of the file.
    struct Provider {
        let id: String
        let record: Record
        var models: [(name: String, model: Value)] {
            (record["models"]?.record?.members ?? []).map { ($0.name, $0.value) }
        }
    }

    /// The providers, whichever of the two forms the file has: all at the top, or under `providers`.
    static func providers(in file: Value) -> [Provider] {
        let members = (file["providers"]?.record ?? file.record)?.members ?? []
        return members.compactMap { member in
            guard let record = member.value.record, record["models"]?.record != nil else { return nil }
            return Provider(id: record["id"]?.text ?? member.name, record: record)
        }
    }

    /// The base models by id; none where the file has providers only.
    static func models(in file: Value) -> [(id: String, model: Value)] {
        guard file["providers"]?.record != nil else { return [] }
        return (file["models"]?.record?.members ?? []).map { ($0.name, $0.value) }
    }

    /// Everything that the providers list.
    static func listings(in file: Value) -> Listings {
        var result = Listings()
        var check = PriceCheck()
        for provider in providers(in: file) {
            for (name, model) in provider.models {
                let subject = "\(provider.id)/\(name)"
                var listing = Listing(provider: provider.id, name: model["id"]?.text ?? name)
                listing.title = model["name"]?.text
                listing.otherNames = [model["base_model"]?.text].compactMap { $0 }
                listing.contextTokens = model["limit"]?["context"]?.tokens
                listing.maximumInputTokens = model["limit"]?["input"]?.tokens
                listing.maximumOutputTokens = model["limit"]?["output"]?.tokens
                listing.inputModalities = modalities(model["modalities"]?["input"])
                listing.outputModalities = modalities(model["modalities"]?["output"])
                listing.stage = stage(model["status"]?.text)
                if let cost = model["cost"]?.record {
                    result.refusals += unknownKeys(of: cost, subject)
                    listing.periods = period(cost, subject, isFree: isFree(listing.name), &check)
                }
                result.listings.append(listing)
            }
        }
        result.refusals += check.refusals
        return result
    }

    private static func isFree(_ name: String) -> Bool { name.hasSuffix(":free") || name.hasSuffix("-free") }

    static func stage(_ word: String?) -> Status.Stage {
        switch word {
        case "alpha", "beta": .preview
        case "deprecated": .deprecated
        default: .active
        }
    }

    static func modalities(_ value: Value?) -> [Modality] {
        (value?.texts ?? []).compactMap { Modality(rawValue: $0) }
    }

    private static let meters: [(key: String, meter: Meter)] = [
        ("input", .inputText), ("output", .outputText), ("reasoning", .reasoning), ("cache_read", .cacheRead),
        ("cache_write", .cacheWrite), ("input_audio", .inputAudio), ("output_audio", .outputAudio),
    ]

    private static func period(
        _ cost: Record, _ subject: String, isFree: Bool, _ check: inout PriceCheck
    ) -> [ListedPeriod] {
        let rates = check.sound(rates(cost), of: subject, isFree: isFree)
        guard !rates.isEmpty else { return [] }
        var period = ListedPeriod(rates: rates)
        for tier in cost["tiers"]?.list ?? [] {
            guard let record = tier.record, let size = tier["tier"]?["size"]?.tokens else { continue }
            let rates = check.soundTier(self.rates(record), over: rates, of: subject)
            if !rates.isEmpty { period.tiers.append(ListedTier(fromTokens: size, rates: rates)) }
        }
        period.tiers.sort { $0.fromTokens < $1.fromTokens }
        return [period]
    }

    /// US dollars for a million tokens each.
    private static func rates(_ cost: Record) -> [ListedRate] {
        meters.compactMap { key, meter in
            cost[key]?.amount.flatMap { Money(rounding: $0) }.map { ListedRate(meter: meter, price: $0) }
        }
    }

    /// Misspelt keys lose their price without a word in the source itself; here they are named.
    private static func unknownKeys(of cost: Record, _ subject: String) -> [Refusal] {
        let known = meters.map(\.key) + ["tiers", "context_over_200k"]
        return cost.members.filter { !known.contains($0.name) }.map { member in
            let nearest = Spelling.nearest(to: member.name, in: meters.map(\.key))
            return Refusal(
                .unknownKey, subject,
                "\"\(member.name)\" is no price key of models.dev"
                    + (nearest.map { "; did it mean \"\($0)\"?" } ?? ""))
        }
    }
}
