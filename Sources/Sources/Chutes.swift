import Documents
import Entities
import Text

/// The two lists of Chutes: its deployments, and the models of its OpenAI-compatible interface. Prices are in US
/// dollars for a million tokens.
enum Chutes {
    /// The listings of either list.
    ///
    /// Throws when the file is neither.
    static func listings(in file: Value, named name: String) throws(SourceError) -> Listings {
        if let items = file["items"]?.list { return deployments(items) }
        if let models = file["data"]?.list { return self.models(models) }
        throw SourceError("\"\(name)\" is neither of Chutes' lists: it has no \"items\" and no \"data\"")
    }

    private static func deployments(_ items: [Value]) -> Listings {
        var result = Listings()
        var check = PriceCheck()
        for item in items {
            guard let name = item["name"]?.text else { continue }
            let subject = "chutes/\(name)"
            guard item["standard_template"]?.text != "custom" else {
                result.refusals.append(Refusal(.notComparable, subject, "a program of its own, not a model"))
                continue
            }
            var listing = Listing(provider: "chutes", name: name)
            listing.inputModalities = modalities(item["input_modalities"])
            listing.outputModalities = outputs(of: item)
            // Running and verified instances make it active; without that word it is only known to be listed.
            if item["active"]?.flag == false { listing.stage = .hidden }
            let price = item["current_estimated_price"]?["per_million_tokens"]
            let rates = [("input", Meter.inputText), ("output", .outputText)].compactMap { key, meter in
                price?[key]?["usd"]?.amount.flatMap { Money(rounding: $0) }.map {
                    ListedRate(meter: meter, price: $0)
                }
            }
            let sound = check.sound(rates, of: subject, isFree: false)
            if !sound.isEmpty { listing.periods = [ListedPeriod(rates: sound)] }
            result.listings.append(listing)
        }
        result.refusals += check.refusals
        return result
    }

    private static func models(_ models: [Value]) -> Listings {
        var result = Listings()
        var check = PriceCheck()
        for model in models {
            guard let name = model["id"]?.text else { continue }
            let subject = "chutes/\(name)"
            var listing = Listing(provider: "chutes", name: name)
            listing.otherNames = [model["root"]?.text].compactMap { $0 }
            // `max_model_len` is what the engine was started with, a ceiling: never the limit.
            listing.contextTokens = model["context_length"]?.tokens
            listing.maximumOutputTokens = model["max_output_length"]?.tokens
            listing.precision = model["quantization"]?.text.flatMap { Precision(rawValue: $0) }
            listing.inputModalities = modalities(model["input_modalities"])
            listing.outputModalities = modalities(model["output_modalities"])
            listing.samplingParameters = (model["supported_sampling_parameters"]?.texts ?? []).compactMap {
                Offer.SamplingParameter(rawValue: $0)
            }
            var rates: [ListedRate] = []
            for (key, other, meter) in [
                ("prompt", "input", Meter.inputText), ("completion", "output", .outputText),
                ("input_cache_read", "input_cache_read", .cacheRead),
            ] {
                let stated = model["pricing"]?[key]?.amount
                let repeated = model["price"]?[other]?["usd"]?.amount
                if let stated, let repeated, stated != repeated {
                    result.refusals.append(
                        Refusal(
                            .implausiblePrice, subject,
                            "\"pricing\" says \(stated) for \(meter.rawValue) and \"price\" \(repeated)"))
                    continue
                }
                guard let price = (stated ?? repeated).flatMap({ Money(rounding: $0) }) else { continue }
                rates.append(ListedRate(meter: meter, price: price))
            }
            let sound = check.sound(rates, of: subject, isFree: false)
            if !sound.isEmpty { listing.periods = [ListedPeriod(rates: sound)] }
            result.listings.append(listing)
        }
        result.refusals += check.refusals
        return result
    }

    private static func modalities(_ value: Value?) -> [Modality] {
        (value?.texts ?? []).compactMap { Modality(rawValue: $0) }
    }

    /// Embeddings come out of the templates that compute them, whatever the listing says.
    private static func outputs(of item: Value) -> [Modality] {
        switch item["standard_template"]?.text {
        case "embedding", "tei": [.embedding]
        case "diffusion": [.image]
        default: modalities(item["output_modalities"])
        }
    }
}
