import Diagnostics
import Entities
import Pricing
import Ranking
import Sizing
import TestKit
import Testing
import Text

/// Plans from made-up offers; golden B1 to B3 of an older planner.
struct PlanTests {
    // MARK: The older planner's numbers

    @Test(arguments: [
        (8_640_000, 3.0, 100.0, 300.0, 400.0, 259_200_000),
        (5_000_000, 2.5, 57.87037037, 144.67592593, 192.90123457, 150_000_000),
    ])
    func `B1 a load by the second`(
        tokens: Int, peak: Double, average: Double, atPeak: Double, required: Double, month: Int
    ) throws {
        let load = try #require(
            TokenLoad(tokensPerDay: tokens, peakToAverage: peak, utilization: 0.75, hoursPerMonth: 720))
        #expect(abs(load.average / average - 1) < 1e-8)
        #expect(abs(load.peak / atPeak - 1) < 1e-8)
        #expect(abs(load.required / required - 1) < 1e-8)
        #expect(load.tokensPerMonth == month)
    }

    @Test func `B1 loads that cannot be`() {
        #expect(TokenLoad(tokensPerDay: 0) == nil)
        #expect(TokenLoad(tokensPerDay: 1, peakToAverage: 0) == nil)
        for utilization in [0, 1, -0.5, 1.5] {
            #expect(TokenLoad(tokensPerDay: 1, utilization: utilization) == nil)
        }
    }

    @Test(arguments: [
        (1, 1_760.0), (2, 3_259.259259), (4, 5_677.419355), (8, 9_025.641026),
    ])
    func `B2 capacity falls with every card`(count: Int, tokens: Double) throws {
        let found = try #require(
            SeedCapacity.tokensPerSecond(
                .seventy, on: Accelerator.ID("a100-sxm-80gb"), count: count, beta: 0.08))
        #expect(abs(found / tokens - 1) < 1e-9)
    }

    @Test func `B2 other cards`() throws {
        let hopper = try #require(
            SeedCapacity.tokensPerSecond(.seventy, on: Accelerator.ID("h100-sxm"), count: 8, beta: 0.08))
        #expect(abs(hopper / 16_923.076923 - 1) < 1e-9)
        #expect(
            SeedCapacity.tokensPerSecond(.seventy, on: Accelerator.ID("m1"), count: 1, beta: 0.08) == nil)
    }

    @Test func `B3 monthly cost`() throws {
        let hours = SeedCapacity.autoscaledHours(
            tokensPerMonth: 259_200_000, tokensPerSecond: 200, count: 2, inefficiency: 1.2)
        #expect(abs(hours * 2 - 1_728) < 1e-9)

        var question = try PlanFixtures.question(1_000_000)
        question.mix = TokenMix(outputMillionths: 0)
        let tokens = try #require(PlanFixtures.ranking(question).plans.first { $0.billing == .perToken })
        // 30 million at 0.15.
        #expect(tokens.monthlyCost == (try PlanFixtures.money("4.5")))

        question.providers = []
        question.own = [
            OwnHardware(
                accelerator: Accelerator.ID("accelerator"), count: 2,
                dollarsPerHour: try PlanFixtures.money("1.89"))
        ]
        question.minimumReplicas = 2
        let own = try #require(PlanFixtures.ranking(question).plans.first)
        #expect(own.billing == .own)
        #expect(own.monthlyCost == (try PlanFixtures.money("2721.6")))
    }

    // MARK: Ours

    @Test func `Two cards that serve apart do twice as much, and cost twice`() throws {
        let card = Accelerator.ID("accelerator")
        func plan(_ replicas: Int) throws -> DeploymentPlan {
            var question = try PlanFixtures.question(1_000_000)
            question.providers = []
            question.minimumReplicas = replicas
            question.own = [
                OwnHardware(accelerator: card, count: 4, dollarsPerHour: try PlanFixtures.money("1"))
            ]
            return try #require(PlanFixtures.ranking(question).plans.first)
        }
        let (one, two) = try (plan(1), plan(2))
        #expect(try #require(two.provided) == 2 * #require(one.provided))
        #expect(two.monthlyCost == one.monthlyCost + one.monthlyCost)
    }

    @Test func `Machines that come and go keep the least that runs, and are paid while they start`() throws {
        func cost(_ change: (inout PlanQuestion) -> Void) throws -> Double {
            var question = try PlanFixtures.question(20_000_000)
            change(&question)
            let ranking = PlanFixtures.ranking(
                question,
                PlanFixtures.entities {
                    $0.acceleratorOffers[0].commitment = .autoscale
                    $0.acceleratorOffers[0].countOptions = []
                    $0.acceleratorOffers[0].startupSeconds = 600
                })
            return try #require(ranking.plans.first { $0.billing == .autoscale }).monthlyCost.approximate
        }
        let always = 720 * 2.49
        #expect(abs(try cost { $0.minimumReplicas = 1 } - always) < 1e-6)
        let idle = try cost {
            $0.minimumReplicas = 0
            $0.coldStartsPerDay = 0
        }
        #expect(idle < always)
        let starting = try cost { $0.minimumReplicas = 0 }
        // Four starts of ten minutes on thirty days.
        #expect(abs(starting - idle - 4 * 30 / 6 * 2.49) < 1e-3)
    }

    @Test func `Cards come in machines of the sizes that are rented`() throws {
        let ranking = PlanFixtures.ranking(
            try PlanFixtures.question(1_000_000),
            PlanFixtures.entities { $0.acceleratorOffers[0].countOptions = [8] })
        let plan = try #require(ranking.plans.first { $0.billing == .dedicated })
        #expect(plan.cards?.count == 8)
        #expect(plan.monthlyCost == (try PlanFixtures.money("14342.4")))
    }

    @Test func `What may be taken away is no capacity`() throws {
        func cards(_ commitment: AcceleratorOffer.Commitment) throws -> Int {
            PlanFixtures.ranking(
                try PlanFixtures.question(1_000_000),
                PlanFixtures.entities { $0.acceleratorOffers[0].commitment = commitment }
            ).plans.count { $0.billing == .dedicated }
        }
        #expect(try cards(.onDemand) > 0)
        #expect(try cards(.spot) == 0)
    }

    @Test func `What an account may ask for limits what it can serve`() throws {
        // 200,000 tokens a minute are 3,333 a second; 10⁸ a day ask for 3,858 at the peak.
        let enough = PlanFixtures.ranking(try PlanFixtures.question(80_000_000))
        let plan = try #require(enough.plans.first { $0.billing == .perToken })
        #expect(plan.capacitySource == .stated)
        #expect(try #require(plan.provided) > plan.required)
        let short = PlanFixtures.ranking(try PlanFixtures.question(100_000_000))
        #expect(!short.plans.contains { $0.billing == .perToken })
        #expect(
            short.faults[Provider.ID("provider")]?.contains("model-1: at most 3333 tokens a second") == true)
    }

    @Test func `A budget that leaves nothing tells the least that would do`() throws {
        var question = try PlanFixtures.question(20_000_000)
        let all = PlanFixtures.ranking(question)
        question.budget = try PlanFixtures.money("0.01")
        let none = PlanFixtures.ranking(question)
        #expect(none.plans.isEmpty)
        #expect(none.overBudgetCount == all.plans.count)
        #expect(none.leastCost == all.plans.map(\.monthlyCost).min())
    }

    @Test func `Times that are asked for are judged at their worst`() throws {
        var question = try PlanFixtures.question(1_000_000)
        question.outputTokenSeconds = 0.02
        let cards = PlanFixtures.ranking(question).plans.filter { $0.billing != .perToken }
        #expect(!cards.isEmpty)
        for plan in cards { #expect(try #require(plan.outputToken).high <= 0.02) }
        question.outputTokenSeconds = 1e-6
        let none = PlanFixtures.ranking(question)
        #expect(none.plans.isEmpty)
        #expect(
            none.faults[Provider.ID("provider")]
                == [
                    "98 tokens a second for a request", "accelerator: too slow for the times that were asked",
                ])
    }

    @Test func `From some load on machines cost less than tokens`() throws {
        let ranking = PlanFixtures.ranking(try PlanFixtures.question(20_000_000))
        let even = try #require(ranking.breakEven)
        let tokens = try #require(ranking.plans.first { $0.billing == .perToken })
        let there = even.tokensPerDay / 20_000_000 * tokens.monthlyCost.approximate
        #expect(abs(there / even.cards.monthlyCost.approximate - 1) < 1e-9)
    }

    @Test func `A report says the same of the same facts, whatever the order of the files`() throws {
        let question = try PlanFixtures.question(30_000_000)
        let entities = PlanFixtures.entities()
        let report = PlanFixtures.ranking(question, entities).report(limit: 5).rendered(as: .markdown)
        let again = PlanFixtures.ranking(question, entities.reversed()).report(limit: 5)
        #expect(again.rendered(as: .markdown) == report)
        for title in ["In short", "Plans", "Cost and risk", "Scaling", "What stands in the way"] {
            #expect(report.contains("**\(title)**"))
        }
        #expect(again.html(title: "<plans>").contains("&lt;plans&gt;"))
    }

    @Test func `The first plan is told in the words of those who run it`() throws {
        var question = try PlanFixtures.question(1_000_000)
        let tokens = ScalingPlan(try #require(PlanFixtures.ranking(question).plans.first))
        #expect(tokens.mode == .serverless && tokens.risk == .low && tokens.capacity == .sufficient)
        question.load.peakToAverage = 400
        let full = PlanFixtures.ranking(question).plans.filter { $0.billing == .dedicated }
        let cards = ScalingPlan(try #require(full.first))
        #expect(cards.mode == .dedicated && cards.capacity == .sufficient)
    }

    @Test func `The order does not depend on that of the offers`() throws {
        let question = try PlanFixtures.question(30_000_000)
        let catalog = try #require(PlanFixtures.registry)
        let model = try #require(catalog.model(Model.ID("meta/llama-3.3-70b-instruct")))
        var entities: [Entity] = [.model(model)]
        entities += catalog.providers.map { .provider($0) } + catalog.accelerators.map { .accelerator($0) }
        entities += catalog.mappings(ofModel: model.id).map { .mapping($0) }
        func names(_ entities: [Entity]) -> [String] {
            DeploymentRanking(of: model, in: Catalog(entities), for: question).plans.map {
                "\($0.provider.text) \($0.offering) \($0.region ?? "") \($0.score)"
            }
        }
        let seed = UInt64.random(in: 0...UInt64.max)
        print("seed of the shuffled offers: \(seed)")
        var generator = SeededGenerator(seed: seed)
        let expected = names(entities)
        #expect(expected.count > 20)
        for _ in 0..<5 {
            entities.shuffle(using: &generator)
            #expect(names(entities) == expected)
        }
    }

    @Test func `Places when assumptions are off hold the place, and unbeaten plans are beaten by none`()
        throws
    {
        let ranking = try PlanFixtures.ranking(
            of: "meta/llama-3.3-70b-instruct", PlanFixtures.question(30_000_000))
        for (index, places) in ranking.placesWhenOff.enumerated() { #expect(places.contains(index + 1)) }
        let unbeaten = ranking.unbeaten
        #expect(!unbeaten.isEmpty)
        for index in ranking.plans.indices {
            let isBeaten = ranking.plans.contains { $0.beats(ranking.plans[index]) }
            #expect(isBeaten != unbeaten.contains(index))
        }
    }
}
