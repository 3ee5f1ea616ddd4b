import Documents
import Sources
import TestKit
import Testing
import Text

struct MergingTests {
    private func offer(
        _ name: String, price: String, url: String, on day: String, kind: String = "third_party"
    ) throws -> Proposal {
        let file = try SourceFixtures.value(
            """
            {"schema": "mapping/v1", "provider": "acme", "model": "v/m", "offers": [
              {"provider_model_id": "\(name)", "mode": "serverless", "tier": "standard", "prices": [
                {"effective_from": "\(day)", "currency": "USD",
                 "rates": [{"meter": "input_text", "price": \(price), "per": 1000000}],
                 "source": {"kind": "\(kind)", "url": "\(url)", "checked_on": "\(day)"}}],
               "status": {"stage": "active"}, "verified_on": "\(day)"}]}
            """)
        return Proposal(path: "mappings/acme/v/m.yaml", record: try #require(file.record))
    }

    private let modelsDev = "https://github.com/anomalyco/models.dev/tree/abc"
    private let liteLLM = "https://github.com/BerriAI/litellm"

    private func merge(_ proposals: [Proposal]) -> (record: Record?, conflicts: [Conflict]) {
        var merging = Merging()
        var record: Record?
        for proposal in proposals { record = merging.merge(proposal, into: record) }
        return (record, merging.conflicts)
    }

    private func periods(_ record: Record?) -> [String] {
        (record?["offers"]?.list?.first?["prices"]?.list ?? []).map { period in
            let price = period["rates"]?.list?.first?["price"]?.json ?? ""
            return "\(period["effective_from"]?.text ?? "")…\(period["effective_to"]?.text ?? "") \(price)"
        }
    }

    @Test func `The same source at a later day ends the old price and keeps it`() throws {
        let old = try offer("m", price: "1", url: modelsDev, on: "2026-01-01")
        let new = try offer("m", price: "2", url: modelsDev, on: "2026-03-01")
        let expected = ["2026-01-01…2026-03-01 1", "2026-03-01… 2"]
        #expect(periods(merge([old, new]).record) == expected)
        #expect(periods(merge([new, old]).record) == expected)
    }

    @Test func `The same price seen again changes no period`() throws {
        let first = try offer("m", price: "1", url: modelsDev, on: "2026-01-01")
        let again = try offer("m", price: "1", url: modelsDev, on: "2026-03-01")
        #expect(periods(merge([first, again]).record) == ["2026-01-01… 1"])
        #expect(periods(merge([again, first]).record) == ["2026-01-01… 1"])
        #expect(merge([first, again]).record == merge([again, first]).record)
    }

    @Test func `Of two sources the better stands, and the other's price is told`() throws {
        let better = try offer("m", price: "1", url: modelsDev, on: "2026-01-01")
        let worse = try offer("m", price: "3", url: liteLLM, on: "2026-06-01")
        for order in [[better, worse], [worse, better]] {
            #expect(merge(order).record == better.record)
        }
        let conflict = try #require(merge([better, worse]).conflicts.first)
        #expect(conflict.kept == "1" && conflict.refused == "3")
    }

    @Test(arguments: ["manual", "provider_page"])
    func `A person's price survives any import`(kind: String) throws {
        let own = try offer("m", price: "7", url: "https://acme.test/prices", on: "2025-01-01", kind: kind)
        let imported = try offer("m", price: "1", url: modelsDev, on: "2026-06-01")
        let merged = merge([own, imported])
        #expect(merged.record == own.record)
        #expect(merged.conflicts.count == 1)
    }

    @Test func `Nothing is deleted, and offers stay in the order of their names`() throws {
        let b = try offer("b", price: "1", url: modelsDev, on: "2026-01-01")
        let a = try offer("a", price: "1", url: modelsDev, on: "2026-01-01")
        let names = merge([b, a]).record?["offers"]?.list?.map { $0["provider_model_id"]?.text }
        #expect(names == ["a", "b"])
    }

    @Test func `A better known count replaces a worse, never the other way about`() throws {
        func model(_ value: Int, _ source: String, _ day: String) throws -> Proposal {
            let record = try SourceFixtures.value(
                """
                {"id": "v/m", "parameters": {"total":
                  {"value": \(value), "param_source": "\(source)", "checked_on": "\(day)"}}}
                """)
            return Proposal(path: "models/v/m.yaml", record: try #require(record.record))
        }
        let order = ["estimated", "stated", "config_exact", "safetensors", "manual_override"]
        for (worse, better) in zip(order, order.dropFirst()) {
            let low = try model(1, worse, "2026-06-01")
            let high = try model(2, better, "2025-01-01")
            #expect(merge([low, high]).record?["parameters"]?["total"]?["value"]?.integer == 2)
            #expect(merge([high, low]).record?["parameters"]?["total"]?["value"]?.integer == 2)
        }
    }

    @Test func `Another order of imports gives the same file, and a second time changes nothing`() throws {
        let places = [modelsDev, liteLLM, "https://openrouter.ai/api/v1/models", "https://acme.test/manual"]
        for seed in UInt64(0)..<300 {
            var random = SeededGenerator(seed: seed)
            // Each source tells other prices as time goes on, and never an old one again.
            var proposals: [Proposal] = []
            for (index, place) in places.enumerated() {
                for month in 1...Int.random(in: 1...4, using: &random) {
                    for name in ["a", "b"] where Bool.random(using: &random) {
                        proposals.append(
                            try offer(
                                name, price: "\(index + 1).\(month / 2)", url: place, on: "2026-0\(month)-01",
                                kind: index == 3 ? "manual" : "third_party"))
                    }
                }
            }
            // A person's word is given once.
            var seen: Set<String> = []
            proposals.removeAll { proposal in
                let offer = proposal.record["offers"]?.list?.first
                let isManual = offer?["prices"]?.list?.first?["source"]?["kind"]?.text == "manual"
                return isManual && !seen.insert(offer?["provider_model_id"]?.text ?? "").inserted
            }
            let first = merge(proposals.shuffled(using: &random)).record
            let second = merge(proposals.shuffled(using: &random)).record
            #expect(first == second, "seed \(seed)")
            #expect(merge(proposals + proposals).record == merge(proposals).record, "seed \(seed)")
        }
    }

    @Test func `A snapshot that comes late changes the past alone, even where a price came back`() throws {
        let days = ["2026-01-01", "2026-02-01", "2026-03-01"]
        let told = try zip(days, ["1", "2", "1"]).map { day, price in
            try offer("m", price: price, url: modelsDev, on: day)
        }
        let expected = ["2026-01-01…2026-02-01 1", "2026-02-01…2026-03-01 2", "2026-03-01… 1"]
        for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            let merged = merge(order.map { told[$0] }).record
            #expect(periods(merged) == expected, "\(order)")
            #expect(periods(merge(order.map { told[$0] } + told).record) == expected, "\(order), all again")
        }
    }

    @Test func `An announced price read twice leaves one period before it`() throws {
        func announced(_ day: String) throws -> Proposal {
            var proposal = try offer("m", price: "1", url: modelsDev, on: day)
            let rise = try offer("m", price: "9", url: modelsDev, on: "2027-01-01").record["offers"]?.list?
                .first
            guard var first = proposal.record["offers"]?.list?.first?.record,
                var later = rise?["prices"]?.list?.first?.record,
                var now = first["prices"]?.list?.first?.record
            else { return proposal }
            now["effective_to"] = "2027-01-01"
            later["source"] = now["source"]
            first["prices"] = [.record(now), .record(later)]
            proposal.record["offers"] = [.record(first)]
            return proposal
        }
        let expected = ["2026-08-21…2027-01-01 1", "2027-01-01… 9"]
        let (early, late) = (try announced("2026-08-21"), try announced("2026-09-21"))
        #expect(periods(merge([early, late]).record) == expected)
        #expect(periods(merge([late, early]).record) == expected)
    }

    @Test func `A person's names and words on an offer outlive the next snapshot`() throws {
        var old = try offer("m", price: "1", url: modelsDev, on: "2026-01-01")
        guard var first = old.record["offers"]?.list?.first?.record else { return }
        first["aliases"] = [["value": "m-latest"]]
        first["rate_limits"] = [["rpm": 10]]
        old.record["offers"] = [.record(first)]
        let merged = merge([old, try offer("m", price: "2", url: modelsDev, on: "2026-03-01")]).record
        let result = merged?["offers"]?.list?.first
        #expect(result?["aliases"]?.json == #"[{"value":"m-latest"}]"#)
        #expect(result?["rate_limits"]?.json == #"[{"rpm":10}]"#)
    }
}
