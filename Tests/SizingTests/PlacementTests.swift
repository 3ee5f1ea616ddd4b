import Entities
import Sizing
import Testing

struct PlacementTests {
    private func question(_ id: String, _ format: String = "bf16", _ workload: Workload = .reference) throws
        -> SizingQuestion
    {
        SizingQuestion(try SizingFixtures.model(id, format), workload: workload)
    }

    private func card(_ id: String) throws -> ServingCard { try SizingFixtures.card(id) }

    @Test func `A model that needs two cards gets two`() throws {
        let answer = try #require(
            SizingSolver.count(question("meta/llama-3.3-70b-instruct"), on: card("h100-sxm")))
        #expect(answer.layout.cardCount == 2)
        #expect(answer.verdict != .no)
    }

    @Test func `A count that cannot be cut is refused with the nearest that can`() throws {
        let error = #expect(throws: PlacementFault.self) {
            try SizingAnswer.best(question("meta/llama-3.1-8b-instruct"), on: card("h100-sxm"), count: 37)
        }
        #expect(error?.reason.contains("36 would do") == true)
    }

    @Test(arguments: [(3, false), (7, false), (1, true), (2, true), (4, true), (8, true), (16, true)])
    func `Heads are cut into equal parts only`(ranks: Int, isPossible: Bool) throws {
        let model = try question("meta/llama-3.3-70b-instruct").model
        #expect((Layout(tensorRanks: ranks).fault(for: model) == nil) == isPossible)
    }

    @Test func `Solving and checking agree`() throws {
        let card = try card("rtx-4090")
        let question = try question("meta/llama-3.1-8b-instruct", "fp8")
        let layout = Layout()
        let context = try #require(SizingSolver.context(question, on: card, layout: layout))
        func verdict(_ tokens: Int, _ batch: Int) throws -> FitVerdict {
            var asked = question
            asked.workload = Workload(promptTokens: tokens - 512, outputTokens: 512, concurrency: batch)
            return try SizingAnswer(asked, on: card, layout: layout).verdict
        }
        #expect(try verdict(context, 1) != .no)
        if context < (question.model.architecture.maximumPosition ?? .max) {
            #expect(try verdict(context + 16, 1) == .no)
        }
        let batch = try #require(SizingSolver.concurrency(question, on: card, layout: layout))
        #expect(try verdict(8_704, batch) != .no)
        #expect(try verdict(8_704, batch + 1) == .no)
    }

    @Test func `Memory never falls with context, batch or bits, nor a token's time with the batch`() throws {
        let card = try card("h200-sxm")
        for id in [
            "alibaba/qwen3-30b-a3b", "deepseek/deepseek-v3", "google/gemma-3-27b-it", "openai/gpt-oss-120b",
        ] {
            var last = 0.0
            for tokens in [1_000, 2_000, 8_000, 32_000, 128_000] {
                let load = Workload(promptTokens: tokens, outputTokens: 100, concurrency: 4)
                let need = try SizingAnswer(question(id, "fp8", load), on: card, layout: Layout()).needed
                    .point
                #expect(need >= last, "\(id) at \(tokens)")
                last = need
            }
            var (memory, time) = (0.0, 0.0)
            for batch in [1, 2, 3, 8, 9, 64, 500] {
                let load = Workload(promptTokens: 1_000, outputTokens: 1_000, concurrency: batch)
                let answer = try SizingAnswer(question(id, "fp8", load), on: card, layout: Layout())
                #expect(answer.needed.point >= memory, "\(id) at \(batch)")
                let token = try #require(answer.speed).outputToken.point
                #expect(token >= time, "\(id) at \(batch)")
                (memory, time) = (answer.needed.point, token)
            }
            let sizes = try ["Q2_K", "Q4_K_M", "Q8_0", "bf16", "fp32"].map { format in
                try SizingAnswer(question(id, format), on: card, layout: Layout()).need.weights.point
            }
            #expect(sizes == sizes.sorted(), "\(id)")
        }
    }

    @Test func `Experts are spread over groups that serve their own sequences`() throws {
        let card = try card("h200-sxm")
        let load = Workload(promptTokens: 8_000, outputTokens: 1_000, concurrency: 64)
        let question = try question("deepseek/deepseek-v3", "fp8", load)
        let cut = try SizingAnswer(question, on: card, layout: Layout(tensorRanks: 8))
        let spread = try SizingAnswer(question, on: card, layout: Layout(dataRanks: 8))
        // Latent caches are not cut by tensor parallelism: eight ranks hold the same one, eight groups each their own.
        #expect(abs(cut.need.cache.point / spread.need.cache.point - 8) < 1e-9)
        // The experts are an eighth either way; the rest is whole in every group.
        #expect(spread.need.weights.point > cut.need.weights.point)
        let third = #expect(throws: PlacementFault.self) {
            try SizingAnswer(question, on: card, layout: Layout(dataRanks: 3))
        }
        #expect(third?.reason == "256 experts do not divide by 3")
        let dense = #expect(throws: PlacementFault.self) {
            let dense = SizingQuestion(
                try SizingFixtures.model("meta/llama-3.3-70b-instruct", "fp8"), workload: load)
            return try SizingAnswer(dense, on: card, layout: Layout(dataRanks: 2))
        }
        #expect(dense?.reason.contains("no experts") == true)
    }

    @Test func `A search looks at every layout that can be, once under each load`() throws {
        let card = try card("h200-sxm")
        let model = try SizingFixtures.model("openai/gpt-oss-120b", "mxfp4")
        let loads = [1, 16].map { Workload(promptTokens: 1_000, outputTokens: 100, concurrency: $0) }
        var seen: [Layout: Int] = [:]
        PlacementSearch(model, on: card).visit(counts: [4, 16], workloads: loads) { answer, load in
            seen[answer.layout, default: 0] += 1
            let question = SizingQuestion(model, workload: loads[load])
            let alone = try? SizingAnswer(question, on: card, layout: answer.layout)
            #expect(alone?.needed == answer.needed && alone?.speed == answer.speed)
            #expect(answer.layout.expertRanks <= card.perNode)
        }
        #expect(seen.values.allSatisfy { $0 == 2 })
        #expect(seen.keys.contains(Layout(tensorRanks: 2, dataRanks: 4, pipelineStages: 2)))
        #expect(Set(seen.keys.map(\.cardCount)) == [4, 16])
    }

    @Test func `Two replicas are twice one`() throws {
        let one = Layout(tensorRanks: 4)
        let two = Layout(tensorRanks: 4, replicas: 2)
        #expect(two.cardCount == 2 * one.cardCount)
        let card = try card("h100-sxm")
        let question = try question("meta/llama-3.3-70b-instruct")
        let single = try SizingAnswer(question, on: card, layout: one)
        let double = try SizingAnswer(question, on: card, layout: two)
        #expect(single.needed.point == double.needed.point)
    }

    @Test func `Ranges hold their points, and a wider range is a later verdict`() throws {
        let answer = try SizingAnswer(question("alibaba/qwen3-32b"), on: card("h100-sxm"), layout: Layout())
        for estimate in [answer.needed, answer.need.activation, answer.need.minimum(for: .reference)] {
            #expect(estimate.low <= estimate.point && estimate.point <= estimate.high)
        }
        let sharp = Estimate(low: 9, point: 10, high: 11, confidence: .high)
        #expect(FitVerdict(sharp, usableBytes: 12) == .fits)
        #expect(FitVerdict(sharp, usableBytes: 10.5) == .tight)
        #expect(FitVerdict(sharp, usableBytes: 10) == .no)
        #expect(FitVerdict(sharp.assumed, usableBytes: 12) == .tight)
    }

    @Test func `A model of which only the size is known is assumed to be plain`() throws {
        for billions in [1, 8, 13, 34, 70, 400] {
            let wanted = billions * 1_000_000_000
            let assumed = try #require(Architecture.assumed(parameterCount: wanted)?.parameterCount)
            #expect(abs(Double(assumed.total) / Double(wanted) - 1) < 0.15, "\(billions)")
        }
    }
}
