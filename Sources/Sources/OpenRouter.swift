import Documents
import Entities
import Text

/// OpenRouter's list of models: prices as decimal text, in US dollars for one token or request.
enum OpenRouter {
    static func listings(in file: Value) -> Listings {
        var result = Listings()
        var check = PriceCheck()
        for model in file["data"]?.list ?? [] {
            guard let name = model["id"]?.text, let pricing = model["pricing"]?.record else { continue }
            let subject = "openrouter/\(name)"
            // A router has no price of its own: it shows -1.
            if pricing["prompt"]?.amount?.isNegative == true {
                result.refusals.append(
                    Refusal(.notComparable, subject, "a router, which charges what it routes to"))
                continue
            }
            var listing = Listing(provider: "openrouter", name: name)
            listing.title = model["name"]?.text
            listing.otherNames = [model["hugging_face_id"]?.text].compactMap { $0 }.filter { !$0.isEmpty }
            listing.contextTokens =
                (model["top_provider"]?["context_length"] ?? model["context_length"])?.tokens
            listing.maximumOutputTokens = model["top_provider"]?["max_completion_tokens"]?.tokens
            listing.inputModalities = modalities(model["architecture"]?["input_modalities"])
            listing.outputModalities = modalities(model["architecture"]?["output_modalities"])
            listing.samplingParameters = (model["supported_parameters"]?.texts ?? []).compactMap {
                Offer.SamplingParameter(rawValue: $0)
            }
            if let text = model["expiration_date"]?.text, let day = CalendarDate(text), day.year < 2090 {
                listing.retiresOn = day
            }
            listing.periods = period(pricing, subject, isFree: name.hasSuffix(":free"), &check)
            result.listings.append(listing)
        }
        result.refusals += check.refusals
        return result
    }

    private static func modalities(_ value: Value?) -> [Modality] {
        (value?.texts ?? []).compactMap { Modality(rawValue: $0 == "file" ? "pdf" : $0) }
    }

    private static let meters: [(key: String, meter: Meter)] = [
        ("prompt", .inputText), ("completion", .outputText), ("internal_reasoning", .reasoning),
        ("input_cache_read", .cacheRead), ("input_cache_write", .cacheWrite),
        ("input_cache_write_1h", .cacheWrite1Hour), ("audio", .inputAudio), ("audio_output", .outputAudio),
        ("input_audio_cache", .cacheReadAudio), ("image_output", .outputImage),
    ]

    private static func period(
        _ pricing: Record, _ subject: String, isFree: Bool, _ check: inout PriceCheck
    ) -> [ListedPeriod] {
        var rates = rates(pricing)
        for (key, meter) in [("web_search", Meter.webSearch), ("request", .request)] {
            guard let price = pricing[key]?.amount.flatMap({ Money(rounding: $0) }), price != .zero else {
                continue
            }
            rates.append(ListedRate(meter: meter, price: price, per: 1))
        }
        let sound = check.sound(rates, of: subject, isFree: isFree)
        guard !sound.isEmpty else { return [] }
        var period = ListedPeriod(rates: sound)
        for tier in pricing["overrides"]?.list ?? [] {
            guard let record = tier.record, let from = tier["min_prompt_tokens"]?.tokens else { continue }
            let rates = check.soundTier(self.rates(record), over: sound, of: subject)
            if !rates.isEmpty {
                period.tiers.append(ListedTier(fromTokens: from, isInclusive: true, rates: rates))
            }
        }
        period.tiers.sort { $0.fromTokens < $1.fromTokens }
        return [period]
    }

    private static func rates(_ record: Record) -> [ListedRate] {
        meters.compactMap { key, meter in
            record[key]?.amount.flatMap { Money(perUnit: $0) }.map { ListedRate(meter: meter, price: $0) }
        }
    }
}
