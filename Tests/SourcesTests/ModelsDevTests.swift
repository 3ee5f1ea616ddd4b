import Documents
import Entities
import Sources
import Testing
import Text

struct ModelsDevTests {
    private func harvest(_ models: String, bases: String = "", catalog: [(EntityKind, String)] = []) throws
        -> Harvest
    {
        let text = """
            {"models": {\(bases)}, "providers": {"acme": {"id": "acme", "name": "Acme", "env": ["ACME_KEY"],
              "npm": "@ai-sdk/openai-compatible", "api": "https://api.acme.test/v1/", "doc": "https://acme.test/docs",
              "models": {\(models)}}}}
            """
        let known = catalog.isEmpty ? [SourceFixtures.model("v/rocket-1")] : catalog
        return try SourceName.modelsDev.harvest(
            from: [SourceFixtures.snapshot(text, url: "https://github.com/anomalyco/models.dev/tree/abc")],
            knowing: SourceFixtures.catalog(known))
    }

    private let path = "mappings/acme/v/rocket-1.yaml"

    @Test func `An offer of a known model becomes a mapping, its provider a file`() throws {
        let harvest = try harvest(
            #""rocket-1": {"id": "rocket-1", "cost": {"input": 0.5, "output": 2, "cache_read": 0.05}, "limit": {"context": 131072, "output": 8192}}"#
        )
        #expect(
            harvest.rates(path) == [
                "input_text": "0.5/1000000", "output_text": "2/1000000", "cache_read": "0.05/1000000",
            ])
        let offer = harvest.record(path)?["offers"]?.list?.first
        #expect(offer?["limits"]?.json == #"{"max_output":8192}"#)
        #expect(offer?["verified_on"]?.text == "2026-07-02")
        let provider = try #require(harvest.record("providers/acme.yaml"))
        #expect(provider["api"]?["base_url"]?.text == "https://api.acme.test/v1")
        #expect(provider["source"]?["url"]?.text == "https://github.com/anomalyco/models.dev/tree/abc")
    }

    @Test(arguments: ["cache_input", "cached_input", "cached_write"])
    func `A misspelt price key is named, not lost`(key: String) throws {
        let harvest = try harvest(#""rocket-1": {"cost": {"input": 1, "output": 2, "\#(key)": 0.1}}"#)
        let refusal = try #require(harvest.refusals.first { $0.reason == .unknownKey })
        #expect(refusal.detail.contains(key))
        #expect(harvest.rates(path).keys.sorted() == ["input_text", "output_text"])
    }

    @Test func `A price that is not said is not 0`() throws {
        let harvest = try harvest(#""rocket-1": {"limit": {"context": 1000}}"#)
        #expect(harvest.count(of: .noPrice) == 1)
        #expect(harvest.record(path)?["offers"]?.list?.first?["prices"] == nil)
    }

    @Test func `A price of nothing needs a reason`() throws {
        let unexplained = try harvest(#""rocket-1": {"cost": {"input": 0, "output": 0}}"#)
        #expect(unexplained.count(of: .unexplainedZero) == 1)
        #expect(unexplained.rates(path).isEmpty)
        let free = try harvest(#""rocket-1:free": {"cost": {"input": 0, "output": 0}}"#)
        #expect(free.rates(path)["input_text"] == "0/1000000")
        let rate = free.record(path)?["offers"]?.list?.first?["prices"]?.list?.first?["rates"]?.list?.first
        #expect(rate?["free_reason"]?.text == "free_tier")
    }

    @Test func `What no request can use is left out`() throws {
        let harvest = try harvest(
            """
            "rocket-1": {"cost": {"input": 1, "output": 2, "cache_read": 3,
              "tiers": [{"tier": {"size": 200000}, "input": 2, "output": 4}]},
              "limit": {"context": 131072, "output": 500000, "input": 900000}}
            """)
        #expect(harvest.count(of: .implausibleLimit) == 3)
        #expect(harvest.count(of: .implausiblePrice) == 1)
        let offer = harvest.record(path)?["offers"]?.list?.first
        #expect(offer?["limits"] == nil)
        #expect(offer?["prices"]?.list?.first?["tiers"] == nil)
        #expect(harvest.rates(path)["cache_read"] == nil)
    }

    @Test func `A tier holds from beyond its size for the whole request`() throws {
        let harvest = try harvest(
            """
            "rocket-1": {"cost": {"input": 1, "output": 2, "tiers": [{"tier": {"size": 32000}, "input": 2, "output": 4}]}}
            """)
        let tier = harvest.record(path)?["offers"]?.list?.first?["prices"]?.list?.first?["tiers"]?.list?.first
        #expect(tier?["from_tokens"]?.integer == 32_000)
        #expect(tier?["boundary"]?.text == "exclusive")
        #expect(tier?["applies"]?.text == "whole_request")
    }

    @Test func `A model that nobody knows is refused with what it resembles`() throws {
        let harvest = try harvest(#""rocket-2": {"cost": {"input": 1, "output": 2}}"#)
        #expect(harvest.proposals.isEmpty)
        #expect(harvest.count(of: .unknownModel) == 1)
        #expect(harvest.nameProposals.map(\.model) == ["v/rocket-1"])
    }

    @Test func `A base model becomes a file, with its dates only where they can be`() throws {
        let base = """
            "Vendor/New-1": {"name": "New 1", "release_date": "2026-01-02", "knowledge": "2026-05", "open_weights": false,
              "reasoning": true, "tool_call": true, "limit": {"context": 1000, "output": 2000},
              "modalities": {"input": ["text", "image"], "output": ["text"]}}
            """
        let harvest = try harvest(
            #""new": {"base_model": "Vendor/New-1", "cost": {"input": 1, "output": 2}}"#, bases: base)
        let model = try #require(harvest.record("models/vendor/new-1.yaml"))
        #expect(model["released"]?.text == "2026-01-02")
        #expect(model["knowledge_cutoff"] == nil)
        #expect(model["limits"]?.json == #"{"context":1000}"#)
        #expect(model["license"]?["id"]?.text == "LicenseRef-proprietary")
        #expect(harvest.count(of: .implausibleDate) == 1)
        #expect(harvest.record("mappings/acme/vendor/new-1.yaml") != nil)
    }

    @Test func `A base model that the registry has under another name gets an alias, no file`() throws {
        let harvest = try harvest(
            "", bases: #""acme/rocket-1-20260101": {"name": "Rocket", "release_date": "2026-01-02"}"#)
        let record = try #require(harvest.record("models/v/rocket-1.yaml"))
        #expect(record["aliases"]?.list?.first?["value"]?.text == "acme/rocket-1-20260101")
        #expect(record["name"] == nil)
    }

    @Test func `Another file is told from models.dev's`() {
        #expect(throws: SourceError.self) {
            try SourceName.modelsDev.harvest(
                from: [SourceFixtures.snapshot("[1, 2]")], knowing: Catalog([]))
        }
    }
}
