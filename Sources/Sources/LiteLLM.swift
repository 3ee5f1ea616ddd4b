import Documents
import Entities
import Text

/// LiteLLM's price map: one record a name, prices in US dollars for one unit.
enum LiteLLM {
    /// Everything that is sold, under the names that the providers themselves take.
    static func listings(in file: Value, seenOn day: CalendarDate) -> Listings {
        var result = Listings()
        var check = PriceCheck()
        for member in file.record?.members ?? [] {
            guard let record = member.value.record, let house = record["litellm_provider"]?.text,
                record["mode"]?.text != nil, member.name != "sample_spec"
            else { continue }
            let subject = "litellm/\(member.name)"
            guard let name = requestName(member.name, house) else {
                result.refusals.append(
                    Refusal(.notComparable, subject, "a price for one region, size or quality among several"))
                continue
            }
            var listing = Listing(provider: provider(house), name: name)
            listing.contextTokens = nil
            listing.maximumInputTokens = record["max_input_tokens"]?.tokens
            listing.maximumOutputTokens = record["max_output_tokens"]?.tokens
            if let text = record["deprecation_date"]?.text, let retirement = CalendarDate(text) {
                listing.retiresOn = retirement
                if retirement < day {
                    listing.stage = .retired
                    result.refusals.append(
                        Refusal(.implausibleDate, subject, "retired on \(retirement), but listed on \(day)"))
                }
            }
            listing.periods = period(record, subject, &check)
            result.listings.append(listing)
        }
        result.refusals += check.refusals
        return result
    }

    /// A provider goes by several names, one for each of its interfaces.
    private static func provider(_ house: String) -> String {
        if house.hasPrefix("vertex_ai") { return "vertex_ai" }
        switch house {
        case "bedrock_converse", "bedrock_mantle": return "bedrock"
        case "cohere_chat": return "cohere"
        case "azure_text": return "azure"
        case "text-completion-openai": return "openai"
        case "codestral", "text-completion-codestral": return "mistral"
        case "fireworks_ai-embedding-models": return "fireworks_ai"
        case "vercel_ai_gateway": return "vercel"
        case "gradient_ai": return "digitalocean"
        case "friendliai": return "friendli"
        case "gmi": return "gmicloud"
        case "snowflake": return "snowflake-cortex"
        case "nvidia_nim": return "nvidia"
        default: return house
        }
    }

    /// The name that a request to the provider itself gives: without the house's own prefix.
    private static func requestName(_ key: String, _ house: String) -> String? {
        let parts = key.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count > 1 else { return key }
        let prefixes: Set<Substring> = [
            Substring(house), Substring(provider(house)), "bedrock", "azure", "azure_ai", "gemini",
            "vertex_ai",
            "together_ai", "fireworks_ai", "cohere", "mistral", "xai", "deepseek", "groq",
        ]
        guard prefixes.contains(parts[0]) else {
            return isVariant(parts[0]) ? nil : key
        }
        let rest = parts.dropFirst()
        if rest.count > 1, let first = rest.first, isVariant(first) { return nil }
        if house.hasPrefix("bedrock"), rest.count > 1 { return nil }
        if house == "azure", let region = rest.first,
            ["eu", "us", "global", "global-standard"].contains(region)
        {
            return nil
        }
        return rest.joined(separator: "/")
    }

    /// A size or a quality before the name, as image models have it.
    private static func isVariant(_ part: Substring) -> Bool {
        part.contains("-x-") || ["hd", "standard", "low", "medium", "high"].contains(part)
    }

    private static let meters: [(key: String, meter: Meter, isByToken: Bool)] = [
        ("input_cost_per_token", .inputText, true), ("output_cost_per_token", .outputText, true),
        ("cache_read_input_token_cost", .cacheRead, true),
        ("cache_creation_input_token_cost", .cacheWrite, true),
        ("cache_creation_input_token_cost_above_1hr", .cacheWrite1Hour, true),
        ("output_cost_per_reasoning_token", .reasoning, true),
        ("input_cost_per_audio_token", .inputAudio, true),
        ("output_cost_per_audio_token", .outputAudio, true),
        ("input_cost_per_image_token", .inputImage, true),
        ("output_cost_per_image_token", .outputImage, true),
        ("input_cost_per_second", .second, false), ("output_cost_per_second", .second, false),
        ("input_cost_per_character", .character, true), ("input_cost_per_query", .search, false),
        ("output_cost_per_image", .image, false), ("input_cost_per_image", .image, false),
        ("ocr_cost_per_page", .page, false), ("input_cost_per_request", .request, false),
    ]

    private static func period(
        _ record: Record, _ subject: String, _ check: inout PriceCheck
    ) -> [ListedPeriod] {
        var base = check.sound(rates(record, suffix: ""), of: subject, isFree: false)
        var tiers: [ListedTier] = []
        for size in [128, 200, 256, 272, 512] {
            let rates = check.soundTier(
                rates(record, suffix: "_above_\(size)k_tokens"), over: base, of: subject)
            if !rates.isEmpty { tiers.append(ListedTier(fromTokens: size * 1_000, rates: rates)) }
        }
        for tier in record["tiered_pricing"]?.list ?? [] {
            guard let tierRecord = tier.record, let from = tier["range"]?.list?.first?.amount?.integer else {
                continue
            }
            let rates = rates(tierRecord, suffix: "")
            if from == 0, base.isEmpty {
                base = check.sound(rates, of: subject, isFree: false)
                continue
            }
            let sound = check.soundTier(rates, over: base, of: subject)
            if from > 0, !sound.isEmpty {
                tiers.append(ListedTier(fromTokens: from, rates: sound))
            }
        }
        guard !base.isEmpty else { return [] }
        var period = ListedPeriod(rates: base, tiers: tiers.sorted { $0.fromTokens < $1.fromTokens })
        for (suffix, mode, tier) in [
            ("_batches", Offer.Mode.batch, Offer.ServiceTier?.none), ("_priority", nil, .priority),
            ("_flex", nil, .flex),
        ] as [(String, Offer.Mode?, Offer.ServiceTier?)] {
            let rates = check.sound(rates(record, suffix: suffix), of: subject, isFree: false)
            if !rates.isEmpty { period.variants.append(ListedVariant(mode: mode, tier: tier, rates: rates)) }
        }
        return [period]
    }

    private static func rates(_ record: Record, suffix: String) -> [ListedRate] {
        var rates: [ListedRate] = []
        for (key, meter, isByToken) in meters where !rates.contains(where: { $0.meter == meter }) {
            guard let price = record[key + suffix]?.amount else { continue }
            if isByToken {
                guard let amount = Money(perUnit: price) else { continue }
                rates.append(ListedRate(meter: meter, price: amount))
            } else if let amount = Money(rounding: price) {
                rates.append(ListedRate(meter: meter, price: amount, per: 1))
            }
        }
        return rates
    }
}
