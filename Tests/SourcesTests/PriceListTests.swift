import Documents
import Entities
import Sources
import Testing
import Text

/// LiteLLM, genai-prices, OpenRouter and Chutes.
struct PriceListTests {
    private func harvest(_ source: SourceName, _ text: String, seenOn: String = "2026-07-02") throws
        -> Harvest
    {
        try source.harvest(
            from: [SourceFixtures.snapshot(text, seenOn: seenOn)],
            knowing: SourceFixtures.catalog([
                SourceFixtures.model("v/rocket-1", repo: "Acme/Rocket-1"),
                SourceFixtures.provider("acme", aliases: ["acme_ai"]), SourceFixtures.provider("openrouter"),
                SourceFixtures.provider("chutes"),
            ]))
    }

    private let path = "mappings/acme/v/rocket-1.yaml"

    @Test func `LiteLLM's prices by the token are exact by the million`() throws {
        let harvest = try harvest(
            .liteLLM,
            """
            {"acme_ai/rocket-1": {"litellm_provider": "acme_ai", "mode": "chat", "input_cost_per_token": 1.5e-07,
              "output_cost_per_token": 6.000000000000001e-07, "input_cost_per_token_batches": 7.5e-08,
              "input_cost_per_token_above_128k_tokens": 3e-07}, "sample_spec": {"mode": "x"}, "last_updated": "x"}
            """)
        #expect(harvest.rates(path) == ["input_text": "0.15/1000000", "output_text": "0.6/1000000"])
        let period = harvest.record(path)?["offers"]?.list?.first?["prices"]?.list?.first
        #expect(period?["variants"]?.list?.first?["mode"]?.text == "batch")
        #expect(period?["variants"]?.list?.first?["rates"]?.list?.first?["price"]?.json == "0.075")
    }

    @Test func `A price a hundred thousand times too high is refused`() throws {
        let harvest = try harvest(
            .liteLLM,
            """
            {"acme_ai/rocket-1": {"litellm_provider": "acme_ai", "mode": "chat", "input_cost_per_token": 0.055,
              "output_cost_per_token": 0.2}}
            """)
        #expect(harvest.count(of: .implausiblePrice) == 1)
        #expect(harvest.rates(path).isEmpty)
    }

    @Test func `What is past its own last day is retired and said`() throws {
        let harvest = try harvest(
            .liteLLM,
            """
            {"acme_ai/rocket-1": {"litellm_provider": "acme_ai", "mode": "chat", "input_cost_per_token": 1e-06,
              "deprecation_date": "2026-01-01"}}
            """)
        #expect(harvest.count(of: .implausibleDate) == 1)
        #expect(harvest.record(path)?["offers"]?.list?.first?["status"]?["stage"]?.text == "retired")
    }

    @Test func `A provider that nobody knows is refused once, with the number of its offers`() throws {
        let harvest = try harvest(
            .liteLLM,
            """
            {"a": {"litellm_provider": "nobody", "mode": "chat", "input_cost_per_token": 1e-06},
             "b": {"litellm_provider": "nobody", "mode": "chat", "input_cost_per_token": 1e-06}}
            """)
        #expect(
            harvest.refusals.filter { $0.reason == .unknownProvider }.map(\.detail).first?.hasPrefix("2 ")
                == true)
    }

    @Test func `Dated prices become periods, hours of the day schedules`() throws {
        let harvest = try harvest(
            .genAIPrices,
            """
            [{"id": "acme", "models": [{"id": "rocket-1", "prices": [
              {"constraint": {"start_date": "2026-03-01"}, "prices": {"input_mtok": 1, "output_mtok": 2}},
              {"constraint": {"start_date": "2026-09-01"}, "prices": {"input_mtok": 3, "output_mtok": 4}},
              {"constraint": {"start_time": "00:30:00Z", "end_time": "16:30:00Z"}, "prices": {"input_mtok": 0.5}},
              {"prices": {"input_mtok": 9, "output_mtok": 9}}]}]}]
            """)
        let periods = harvest.record(path)?["offers"]?.list?.first?["prices"]?.list ?? []
        // What held before the first known day began nobody knows when.
        #expect(periods.map { $0["effective_from"]?.text } == ["2026-03-01", "2026-09-01"])
        #expect(periods.map { $0["effective_to"]?.text } == ["2026-09-01", nil])
        #expect(periods.first?["schedules"]?.list?.first?["utc_to"]?.text == "16:30")
        #expect(harvest.rates(path, period: 1)["input_text"] == "3/1000000")
    }

    @Test func `Tiers of genai-prices stand beside their base`() throws {
        let harvest = try harvest(
            .genAIPrices,
            """
            [{"id": "acme", "models": [{"id": "rocket-1", "prices":
              {"input_mtok": {"base": 1, "tiers": [{"start": 100000, "price": 2}]}, "web_searches_kcount": 10}}]}]
            """)
        #expect(harvest.rates(path) == ["input_text": "1/1000000", "web_search": "10/1000"])
        let tier = harvest.record(path)?["offers"]?.list?.first?["prices"]?.list?.first?["tiers"]?.list?.first
        #expect(tier?["from_tokens"]?.integer == 100_000)
    }

    @Test func `OpenRouter's sixteen digits are a binary fraction's, and a router has no price`() throws {
        let harvest = try harvest(
            .openRouter,
            """
            {"data": [{"id": "acme/rocket-1", "hugging_face_id": "Acme/Rocket-1", "expiration_date": "2026-12-31",
              "pricing": {"prompt": "0.00000008333333333333334", "completion": "0.0000006000000000000001",
                "overrides": [{"min_prompt_tokens": 32000, "prompt": "0.000001"}]}},
              {"id": "openrouter/auto", "pricing": {"prompt": "-1", "completion": "-1"}}]}
            """)
        let path = "mappings/openrouter/v/rocket-1.yaml"
        #expect(
            harvest.rates(path) == ["input_text": "0.083333333333/1000000", "output_text": "0.6/1000000"])
        let offer = harvest.record(path)?["offers"]?.list?.first
        #expect(offer?["prices"]?.list?.first?["tiers"]?.list?.first?["boundary"]?.text == "inclusive")
        #expect(offer?["prices"]?.list?.first?["source"]?["kind"]?.text == "provider_api")
        #expect(offer?["status"]?["stage"]?.text == "deprecated")
        #expect(harvest.count(of: .notComparable) == 1)
    }

    @Test func `Chutes' ceiling is no limit, and its two prices must agree`() throws {
        let harvest = try harvest(
            .chutes,
            """
            {"object": "list", "data": [{"id": "Acme/Rocket-1-TEE", "root": "Acme/Rocket-1", "quantization": "fp8",
              "max_model_len": 1048576, "context_length": 65536, "max_output_length": 32768,
              "price": {"input": {"usd": 0.1}, "output": {"usd": 0.5}}, "pricing": {"prompt": 0.1, "completion": 0.4}}]}
            """)
        let path = "mappings/chutes/v/rocket-1.yaml"
        let offer = harvest.record(path)?["offers"]?.list?.first
        #expect(offer?["limits"]?.json == #"{"context":65536,"max_output":32768}"#)
        #expect(offer?["quantization"]?["weights"]?.text == "fp8")
        #expect(harvest.rates(path) == ["input_text": "0.1/1000000"])
        #expect(harvest.count(of: .implausiblePrice) == 1)
    }

    @Test func `Chutes' deployments: programs are no models, zeroes unknown, names once`() throws {
        let price =
            #""current_estimated_price": {"per_million_tokens": {"input": {"usd": "0.000"}, "output": {"usd": "0.000"}}}"#
        let harvest = try harvest(
            .chutes,
            """
            {"items": [{"name": "Acme/Rocket-1", "standard_template": "vllm", "active": true, \(price)},
              {"name": "Acme/Rocket-1", "standard_template": "vllm", \(price)},
              {"name": "a-program", "standard_template": "custom", \(price)}]}
            """)
        #expect(harvest.count(of: .unexplainedZero) == 2)
        #expect(harvest.count(of: .repeated) == 1)
        #expect(harvest.count(of: .notComparable) == 1)
        #expect(harvest.rates("mappings/chutes/v/rocket-1.yaml").isEmpty)
    }
}
