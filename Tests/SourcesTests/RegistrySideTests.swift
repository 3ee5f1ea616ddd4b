import Entities
import Sources
import Testing
import Text

/// The registry as one side of a comparison.
struct RegistrySideTests {
    private func catalog(currency: String = "USD", limits: String = "") throws -> Catalog {
        try SourceFixtures.catalog([
            SourceFixtures.model("openai/gpt-5", aliases: ["gpt-5"], context: 400_000),
            SourceFixtures.provider("openai"),
            (
                .mapping,
                """
                {"provider": "openai", "model": "openai/gpt-5", "offers": [{
                   "provider_model_id": "gpt-5", "mode": "serverless", "tier": "standard", \(limits)
                   "prices": [
                     {"effective_from": "2025-08-01", "effective_to": "2026-01-01", "currency": "USD",
                      "rates": [{"meter": "input_text", "price": 10, "per": 1000000}],
                      "source": {"kind": "manual", "checked_on": "2025-08-01"}},
                     {"effective_from": "2026-01-01", "currency": "\(currency)",
                      "rates": [{"meter": "input_text", "price": 0.00125, "per": 1000}],
                      "source": {"kind": "provider_page", "url": "https://openai.com/prices",
                        "checked_on": "2026-06-01"}}],
                   "status": {"stage": "active"}, "verified_on": "2026-05-01"}]}
                """
            ),
        ])
    }

    private func compare(_ model: String, _ catalog: Catalog) throws -> Reconciliation {
        let file = #"{"openai": {"id": "openai", "models": {"gpt-5-2025-08-07": {\#(model)}}}}"#
        return Reconciliation(
            try Side(.modelsDev, in: SourceFixtures.snapshot(file)), Side(registry: catalog),
            knowing: catalog)
    }

    @Test func `A conflict names where the open price was seen, and when last`() throws {
        let result = try compare(#""cost": {"input": 10}"#, try catalog())
        let conflict = try #require(result.disagreements.first)
        #expect(conflict.tie.words == "rule date-suffix")
        #expect((conflict.here.value, conflict.there.value) == ("10", "1.25"))
        #expect(conflict.ratio == 8)
        #expect(conflict.there.origin.url == "https://openai.com/prices")
        #expect(conflict.there.origin.seenOn.description == "2026-06-01")
    }

    @Test func `A limit that the offer leaves to its model comes from the model's source`() throws {
        let model = #""limit": {"context": 200000}"#
        let left = try compare(model, try catalog())
        #expect(left.disagreements.map(\.there.value) == ["400000"])
        #expect(left.disagreements.map(\.there.origin.seenOn.description) == ["2026-01-01"])
        let own = try compare(model, try catalog(limits: #""limits": {"context": 272000},"#))
        #expect(own.disagreements.map(\.there.value) == ["272000"])
        #expect(own.disagreements.map(\.there.origin.seenOn.description) == ["2026-06-01"])
    }

    @Test func `A price in another currency is not compared, and counted`() throws {
        let result = try compare(#""cost": {"input": 10}"#, try catalog(currency: "CNY"))
        #expect(result.disagreements.isEmpty)
        #expect(result.there.otherCurrencyCount == 1)
        #expect(result.there.priceStates.map(\.count) == [0, 0, 1])
    }
}
