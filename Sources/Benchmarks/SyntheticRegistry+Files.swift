import TestKit

extension SyntheticRegistry {
    static func model(_ model: SyntheticModel, using random: inout SeededGenerator) -> File {
        let variant = random.pick("instruct", "base", "reasoning")
        let layers = random.pick(24, 32, 48, 61, 80)
        let context = random.pick(32_768, 131_072, 262_144)
        let heads = random.pick(32, 64)
        let attention =
            switch Int.random(in: 0...2, using: &random) {
            case 0: "kind: full\n    heads: \(heads)\n    kv_heads: 8\n    head_dim: 128"
            case 1: "kind: sliding\n    heads: \(heads)\n    kv_heads: 8\n    window: 4096"
            default: "kind: mla\n    heads: \(heads)\n    kv_rank: 512\n    rope_dim: 64"
            }
        let billions = Int.random(in: 20...700, using: &random)
        let text = """
            # yaml-language-server: $schema=../../schemas/model.schema.json
            schema: model/v1
            id: \(model.id)
            name: Model \(model.number) \(variant)
            vendor: \(model.vendor)
            variant: \(variant)
            released: \(random.date(in: 2024...2025))
            knowledge_cutoff: \(random.date(in: 2022...2023))
            aliases:
              - value: \(model.name)-\(variant)
                scheme: hf
            open_weights: true
            license:
              id: \(random.pick("Apache-2.0", "MIT"))
              url: https://example.com/licenses
            modalities:
              input: [text\(random.pick(", image", ""))]
              output: [text]
            capabilities:
              - tools
              - streaming
              - \(random.pick("structured_output", "json_mode"))
            limits:
              context: \(context)
              max_output: \(context / 8)
            parameters:
              total: \(billions)000000000
              active: \(billions / 10)000000000
              param_source: \(random.pick("safetensors", "stated"))
            architecture:
              type: \(random.pick("dense", "moe"))
              layers: \(layers)
              hidden_size: \(random.pick(4_096, 7_168, 8_192))
              vocab_size: \(random.pick(128_256, 151_936))
              tie_embeddings: false
              attention:
                \(attention)
            \(ending(kind: random.pick("model_card", "config_json"), topic: model.id, using: &random))
            """
        return File(path: "models/\(model.id).yaml", text: text)
    }

    static func provider(_ id: String, using random: inout SeededGenerator) -> File {
        let text = """
            # yaml-language-server: $schema=../schemas/provider.schema.json
            schema: provider/v1
            id: \(id)
            name: The provider \(id)
            kind: \(random.pick("cloud", "inference", "aggregator"))
            website: https://\(id).example.com
            docs_url: https://docs.\(id).example.com/reference
            pricing_url: https://\(id).example.com/pricing
            api:
              base_url: https://api.\(id).example.com/v1
              compatible: [openai, \(random.pick("anthropic", "cohere"))]
              auth: bearer
            currency: \(random.pick("USD", "EUR"))
            billing_modes:
              - per_token
              - \(random.pick("per_request", "provisioned"))
            headquarters: \(random.pick("us", "de", "sg"))
            confidential_compute: \(random.pick(true, false))
            data_policy:
              trains_on_data: false
              retention_days: \(random.pick(0, 30, 90))
              zero_retention: true
            regions:
              - id: us-east-1
                name: North America, east
                jurisdiction: us
              - id: eu-central-1
                name: Central Europe
                jurisdiction: eu
              - id: ap-south-1
                name: Southern Asia
                jurisdiction: \(random.pick("in", "sg"))
            accelerators:
              - sku: h100
                per_hour: \(random.pick("2.49", "2.95"))
              - sku: h200
                per_hour: \(random.pick("3.19", "3.75"))
              - sku: b200
                per_hour: \(random.pick("5.49", "5.99"))
            \(ending(kind: "provider_page", topic: "providers/\(id)", using: &random))
            """
        return File(path: "providers/\(id).yaml", text: text)
    }

    static func mapping(provider: String, model: SyntheticModel, using random: inout SeededGenerator) -> File
    {
        let cents = Int.random(in: 10...400, using: &random)
        let text = """
            # yaml-language-server: $schema=../../../schemas/mapping.schema.json
            schema: mapping/v1
            provider: \(provider)
            model: \(model.id)
            provider_model_id: \(model.name)-\(random.pick("turbo", "fast", "full"))
            mode: serverless
            tier: \(random.pick("standard", "priority", "flex"))
            region: us-east-1
            account_tier: basic
            quantization: \(random.pick("bf16", "fp8", "int4"))
            limits:
              context: \(random.pick(32_768, 131_072))
              max_output: \(random.pick(4_096, 8_192, 16_384))
            verified_on: \(random.date(in: 2025...2025))
            prices:
              - effective_from: 2024-03-01
                effective_to: 2025-02-01
                currency: USD
                rates:
                  - meter: input_text
                    price: \(dollars(cents * 2))
                    per: 1000000
                  - meter: output_text
                    price: \(dollars(cents * 6))
                    per: 1000000
              - effective_from: 2025-02-01
                currency: USD
                rates:
                  - meter: input_text
                    price: \(dollars(cents))
                    per: 1000000
                  - meter: output_text
                    price: \(dollars(cents * 3))
                    per: 1000000
                  - meter: request
                    price: \(dollars(cents / 10))
                    unit: call
            \(ending(kind: "provider_page", topic: "pricing/\(provider)/\(model.name)", using: &random))
            """
        return File(path: "mappings/\(provider)/\(model.id).yaml", text: text)
    }

    /// What every kind of file ends with, which is where the faults are planted.
    private static func ending(kind: String, topic: String, using random: inout SeededGenerator) -> String {
        """
        status: active
        source:
          kind: \(kind)
          url: https://facts.example.com/\(topic)/\(Int.random(in: 1_000...9_999, using: &random))
          checked_on: \(random.date(in: 2025...2025))

        """
    }

    private static func dollars(_ cents: Int) -> String {
        "\(cents / 100).\(padded(cents % 100, to: 2))"
    }
}

/// A number with zeros before it up to a width.
func padded(_ number: Int, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
