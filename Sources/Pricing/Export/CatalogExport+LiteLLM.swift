import Diagnostics
import Entities
import Text

extension CatalogExport {
    /// LiteLLM's price map: a record a name, dollars for one unit.
    var liteLLM: String {
        JSONLayout.text { json in
            var seen: Set<String> = []
            for item in items.sorted(by: {
                LiteLLMNames.key(of: $0).precedesInByteOrder(LiteLLMNames.key(of: $1))
            }) {
                let key = LiteLLMNames.key(of: item)
                guard seen.insert(key).inserted else { continue }
                json.member(key) { json in record(of: item, in: &json) }
            }
        }
    }

    private func record(of item: Item, in json: inout JSONLayout) {
        json.member("litellm_provider", LiteLLMNames.provider(item.provider.id))
        json.member("mode", LiteLLMNames.mode(of: item.workload))
        if let tokens = item.maximumInputTokens { json.member("max_input_tokens", tokens) }
        if let tokens = item.maximumOutputTokens {
            json.member("max_output_tokens", tokens)
            json.member("max_tokens", tokens)
        }
        prices(item.offer.rates, suffix: "", isOutput: item.workload == .imageGeneration, in: &json)
        for tier in item.offer.tiers
        where tier.applies == .wholeRequest && tier.measure == .inputTokens && tier.fromTokens % 1_000 == 0 {
            prices(
                tier.rates, suffix: "_above_\(tier.fromTokens / 1_000)k_tokens", isOutput: false, in: &json)
        }
        for variant in item.offer.period.variants where variant.region == nil {
            let suffix: String? =
                switch (variant.mode, variant.tier) {
                case (.batch, nil): "_batches"
                case (nil, .priority): "_priority"
                case (nil, .flex): "_flex"
                default: nil
                }
            if let suffix { prices(variant.rates, suffix: suffix, isOutput: false, in: &json) }
        }
        for (capability, key) in LiteLLMNames.capabilities where item.model.capabilities.contains(capability)
        {
            json.member(key, true)
        }
        if let url = item.offer.period.source.url { json.member("source", url) }
    }

    /// The rates that have a key, each key once.
    private func prices(_ rates: [Rate], suffix: String, isOutput: Bool, in json: inout JSONLayout) {
        var written: Set<String> = []
        for rate in rates where rate.size == nil && rate.quality == nil {
            guard let key = LiteLLMNames.priceKey(of: rate.meter, isOutput: isOutput),
                written.insert(key).inserted
            else {
                continue
            }
            json.member(key + suffix, digits: rate.digitsPerUnit)
        }
    }
}

/// How LiteLLM spells providers, uses and prices.
private enum LiteLLMNames {
    /// The name under which a request is made: the providers whose own names are known need no prefix.
    static func key(of item: CatalogExport.Item) -> String {
        let provider = provider(item.provider.id)
        return ["openai", "anthropic"].contains(provider) ? item.offer.name : "\(provider)/\(item.offer.name)"
    }

    static func provider(_ id: Provider.ID) -> String {
        [
            "together": "together_ai", "fireworks": "fireworks_ai", "google": "gemini",
            "google-cloud": "vertex_ai",
            "aws": "bedrock", "nvidia": "nvidia_nim", "moonshotai": "moonshot", "cloudflare": "cloudflare",
            "friendli": "friendliai", "vercel": "vercel_ai_gateway", "snowflake-cortex": "snowflake",
        ][id.text] ?? id.text
    }

    static func mode(of workload: WorkloadKind) -> String {
        switch workload {
        case .llm, .vision: "chat"
        case .embeddings: "embedding"
        case .rerank: "rerank"
        case .imageGeneration: "image_generation"
        case .speechToText: "audio_transcription"
        case .textToSpeech: "audio_speech"
        case .videoGeneration: "video_generation"
        case .moderation: "moderation"
        }
    }

    static let capabilities: [(Capability, String)] = [
        (.tools, "supports_function_calling"), (.parallelTools, "supports_parallel_function_calling"),
        (.structuredOutput, "supports_response_schema"), (.reasoning, "supports_reasoning"),
        (.vision, "supports_vision"),
        (.caching, "supports_prompt_caching"), (.systemPrompt, "supports_system_messages"),
        (.webSearch, "supports_web_search"), (.computerUse, "supports_computer_use"),
    ]

    static func priceKey(of meter: Meter, isOutput: Bool) -> String? {
        switch meter {
        case .inputText: "input_cost_per_token"
        case .outputText: "output_cost_per_token"
        case .reasoning: "output_cost_per_reasoning_token"
        case .cacheRead: "cache_read_input_token_cost"
        case .cacheWrite, .cacheWrite5Minutes: "cache_creation_input_token_cost"
        case .cacheWrite1Hour: "cache_creation_input_token_cost_above_1hr"
        case .inputAudio: "input_cost_per_audio_token"
        case .outputAudio: "output_cost_per_audio_token"
        case .inputImage: "input_cost_per_image_token"
        case .outputImage: "output_cost_per_image_token"
        case .second: "input_cost_per_second"
        case .character: "input_cost_per_character"
        case .search: "input_cost_per_query"
        case .image: isOutput ? "output_cost_per_image" : "input_cost_per_image"
        case .page: "ocr_cost_per_page"
        case .request: "input_cost_per_request"
        default: nil
        }
    }
}
