import Entities
import Pricing
import Ranking
import TestKit
import Testing
import Text

/// Golden B11 and its traps.
struct WordedRequestTests {
    @Test func `What is said is taken, and what is not is missing`() throws {
        let request = WordedRequest(
            "Need llm around 5 million tokens/day with $300 budget and bursty traffic")
        #expect(request.workload == .llm)
        #expect(request.tokensPerDay == 5_000_000)
        #expect(request.budget == (try PlanFixtures.money("300")))
        #expect(request.traffic == .bursty)
        #expect(request.missing == ["latency priority"])
    }

    @Test func `A whole request is ready`() throws {
        let request = WordedRequest(
            "llm for 2.5m tokens per day in business hours, strict latency and budget $500")
        #expect(request.missing.isEmpty)
        #expect(request.tokensPerDay == 2_500_000 && request.traffic == .businessHours)
        #expect(request.isUrgent == true)
    }

    @Test(arguments: [
        ("give me a spich to text model", "speech_to_text"),
        ("not llm; optimizing for embeddings", "embeddings"),
        ("text to speech please", "text_to_speech"), ("an llm, without image generation", "llm"),
        ("something nice", ""),
    ])
    func `What is wanted`(text: String, workload: String) {
        #expect((WordedRequest(text).workload?.rawValue ?? "") == workload)
    }

    @Test func `A number is one thing only`() throws {
        let request = WordedRequest("budget 200 per month")
        #expect(request.budget == (try PlanFixtures.money("200")))
        #expect(request.tokensPerDay == nil)
        #expect(WordedRequest("300m tokens a month").tokensPerDay == 10_000_000)
        #expect(WordedRequest("1,500,000 tokens daily").tokensPerDay == 1_500_000)
        #expect(WordedRequest("99999999999999999999999999999999 billion tokens").tokensPerDay == nil)
    }

    @Test func `A provider is named by a whole word`() throws {
        var fal = EntityTemplates.provider
        fal.id = Provider.ID("fal")
        fal.name = "fal.ai"
        #expect(WordedRequest("I want to falsify something", knowing: [fal]).providers.isEmpty)
        #expect(WordedRequest("llm on fal", knowing: [fal]).providers == [fal.id])
        #expect(WordedRequest("llm at fal.ai", knowing: [fal]).providers == [fal.id])
    }

    @Test func `Hostile text is read to its end`() {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("seed of the hostile requests: \(seed)")
        var generator = SeededGenerator(seed: seed)
        let pieces = [
            "$", "5", "m", ",", ".", "tokens", "budget", "not", "ß", "🙂", " ", "\u{0}", "999e999", "-1",
        ]
        for _ in 0..<500 {
            let text = (0..<20).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
            let request = WordedRequest(text, knowing: [EntityTemplates.provider])
            #expect(request.tokensPerDay ?? 1 > 0)
            #expect(request.budget ?? Money(trillionths: 1) > .zero)
        }
    }
}
