import Entities
import Pricing
import Ranking
import Sizing
import Testing
import Text

/// Faults of an earlier planner, by their number in its study, that this one must not have; those of its invoices and its
/// catalog are tested with these.
struct EarlierPlannerDefectsTests {
    @Test func `1 A model is sized by itself, and the example of its manual is answered with reasons`() throws
    {
        var question = try PlanFixtures.question(5_000_000)
        question.providers = Set(["anthropic", "openai", "fireworks"].map { Provider.ID($0) })
        let ranking = try PlanFixtures.ranking(of: "meta/llama-3.3-70b-instruct", question)
        for provider in ["anthropic", "openai"] {
            #expect(
                ranking.faults[Provider.ID(provider)] == ["neither serves the model nor rents cards"])
        }
        #expect(Set(ranking.plans.map(\.provider)) == [Provider.ID("fireworks")])
        // The 671 B model is not served where one of 7 B would be.
        question.providers = nil
        let deepseek = try PlanFixtures.ranking(of: "deepseek/deepseek-v3", question)
        let cards = deepseek.plans.compactMap(\.cards)
        #expect(!cards.isEmpty && cards.allSatisfy { $0.layout.cardCount >= 4 })
    }

    @Test func `2 Memory is checked, and large models get plans of several cards`() throws {
        let ranking = try PlanFixtures.ranking(
            of: "meta/llama-3.1-405b-instruct", PlanFixtures.question(5_000_000))
        let catalog = try #require(PlanFixtures.registry)
        let model = try #require(catalog.model(Model.ID("meta/llama-3.1-405b-instruct"))?.sizedNetwork)
        let rented = ranking.plans.compactMap(\.cards)
        #expect(!rented.isEmpty)
        for cards in rented {
            let footprint = try #require(ModelFootprint(model.architecture, as: cards.format))
            let load = Workload(promptTokens: 1_400, outputTokens: 600, concurrency: cards.concurrency)
            let accelerator = try #require(catalog.accelerator(cards.accelerator))
            let answer = try SizingAnswer(
                SizingQuestion(footprint, workload: load), on: ServingCard(accelerator), layout: cards.layout)
            #expect(answer.verdict == .fits, "\(cards.accelerator)")
        }
    }

    @Test func `3 A replica that always runs is paid for however little is asked`() throws {
        var question = try PlanFixtures.question(1_000)
        let catalog = try #require(PlanFixtures.registry)
        let month = Double(question.load.hoursPerMonth)
        let ranking = try PlanFixtures.ranking(of: "meta/llama-3.3-70b-instruct", question)
        let autoscaled = ranking.plans.filter { $0.billing == .autoscale }
        #expect(!autoscaled.isEmpty)
        for plan in autoscaled {
            let prices = catalog.provider(plan.provider)?.acceleratorOffers.map(\.pricePerAcceleratorHour)
            let cheapest = try #require(prices?.min()).approximate
            #expect(plan.monthlyCost.approximate >= cheapest * month * 0.999)
        }
        question.minimumReplicas = 0
        let idle = try PlanFixtures.ranking(of: "meta/llama-3.3-70b-instruct", question)
        #expect(
            try #require(idle.plans.first { $0.billing == .autoscale }).monthlyCost
                < #require(autoscaled.first).monthlyCost)
    }

    @Test func `4 Replicas and cards that share a model are told apart`() throws {
        let ranking = try PlanFixtures.ranking(
            of: "meta/llama-3.3-70b-instruct", PlanFixtures.question(500_000_000))
        let rented = ranking.plans.compactMap(\.cards)
        #expect(rented.contains { $0.replicas > 1 })
        for cards in rented { #expect(cards.count >= cards.replicas * cards.layout.cardCount) }
    }

    @Test func `14 A plan and a price list charge the same for the same tokens`() throws {
        let question = try PlanFixtures.question(1_000_000)
        let plans = try PlanFixtures.ranking(of: "openai/gpt-oss-120b", question).plans
            .filter { $0.billing == .perToken }
        let catalog = try #require(PlanFixtures.registry)
        let rows = catalog.rows(CatalogSelection(day: question.day, mix: question.mix)).rows
        #expect(plans.count > 5)
        for plan in plans {
            let row = try #require(
                rows.first {
                    $0.provider == plan.provider.text && $0.skuKey == plan.offering
                        && $0.modelKey == "openai/gpt-oss-120b" && $0.region == plan.region
                }, "\(plan.provider) \(plan.offering)")
            // Thirty days of a million tokens.
            #expect(row.price.amount.multiplied(by: 30) == plan.monthlyCost, "\(plan.offering)")
        }
    }

    @Test func `16 A month has the hours that are said`() throws {
        let short = PlanFixtures.ranking(try PlanFixtures.question(1_000_000, hours: 720))
        let long = PlanFixtures.ranking(try PlanFixtures.question(1_000_000, hours: 730))
        let (a, b) = (
            short.plans.first { $0.billing == .dedicated }, long.plans.first { $0.billing == .dedicated }
        )
        #expect(
            abs(try #require(b).monthlyCost.approximate / #require(a).monthlyCost.approximate - 730.0 / 720)
                < 1e-9)
    }
}
