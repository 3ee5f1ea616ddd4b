import Diagnostics
import Entities
import Pricing
import TestKit
import Testing
import Text

/// Golden B8, and what a ranking of prices must never do.
struct PriceRankingTests {
    private func row(
        _ provider: String, _ price: String, _ unit: String, _ confidence: Confidence = .official,
        workload: WorkloadKind = .speechToText, unitsPerHour: Double? = nil
    ) throws -> CatalogRow {
        let unit = try #require(BillingUnit(named: unit, countsMedia: true))
        return CatalogRow(
            workload: workload, provider: provider, skuKey: provider, skuName: provider,
            modelKey: "v/\(provider)",
            billingMode: "per_unit", price: UnitPrice(try PricingFixtures.money(price), per: unit),
            sourceDate: PricingFixtures.day, confidence: confidence, sourceKind: "provider_page",
            meter: Meter(of: unit.dimension), unitsPerHour: unitsPerHour)
    }

    private func speech() throws -> [CatalogRow] {
        [
            try row("b", "0.20", "audio_min", .estimated), try row("a", "0.25", "audio_min", .high),
            try row("gpu", "0.10", "gpu_hour"),
        ]
    }

    private func question(usage: Int? = nil, of unit: String = "audio_min") throws -> PriceQuestion {
        var question = PriceQuestion(.speechToText)
        question.unit = BillingUnit(named: unit, countsMedia: true)
        if let usage { question.monthlyUsage = Quantity(Number(usage), of: try #require(question.unit)) }
        question.weighsConfidence = true
        return question
    }

    @Test func `Doubt makes a comparator dearer, and a machine's hour is no hour of speech`() throws {
        let ranking = PriceRanking(of: try speech(), for: try question(usage: 10))
        #expect(ranking.entries.map(\.row.provider) == ["b", "a"])
        #expect(ranking.entries.map(\.comparator.description) == ["13.2", "15"])
        #expect(ranking.entries.map { $0.monthly?.description } == ["2", "2.5"])
        #expect(zip(ranking.entries, [2.31, 2.8875]).allSatisfy { abs($0.score - $1) < 1e-9 })
        #expect(ranking.exclusions == [.unitMismatch: 1])
    }

    @Test func `Replicas are counted by what one does`() throws {
        let rows = [
            try row("b", "0.8", "audio_hour", unitsPerHour: 20 * 3_600),
            try row("a", "1", "audio_hour", unitsPerHour: 3_600),
        ]
        var question = try question(usage: 720, of: "audio_hour")
        question.countsReplicas = true
        let ranking = PriceRanking(of: rows, for: question)
        #expect(ranking.entries.map(\.replicas) == [1, 4])
        #expect(ranking.entries.map { $0.monthly?.description } == ["576", "2880"])
        let worst = try #require(ranking.entries.last)
        #expect(abs(worst.risk.overload - 0.4493289641) < 1e-9)
        #expect(abs(worst.risk.total - 0.4045302749) < 1e-9)
        #expect(abs(worst.score - 4_045.04719) < 1e-5)
        #expect(abs((ranking.entries.first?.score ?? 0) - 576.00000083) < 1e-8)
    }

    @Test func `A budget keeps what costs no more, and else says the least that would do`() throws {
        var question = try question(usage: 10)
        question.budget = try PricingFixtures.money("2")
        #expect(PriceRanking(of: try speech(), for: question).entries.map(\.row.provider) == ["b"])
        question.budget = try PricingFixtures.money("1")
        question.isRelaxed = false
        let none = PriceRanking(of: try speech(), for: question)
        #expect(none.entries.isEmpty)
        #expect(none.leastBudget?.description == "2")
        #expect(none.exclusions[.overBudget] == 2)
        question.isRelaxed = true
        let relaxed = PriceRanking(of: try speech(), for: question)
        #expect(relaxed.trace.map(\.name) == [.strict, .unit, .budget])
        #expect(relaxed.leastBudget?.description == "2")
    }

    @Test func `Demands are given up one after the other`() throws {
        let unmet = try question(of: "image")
        let ranking = PriceRanking(of: try speech(), for: unmet)
        #expect(ranking.trace.map(\.name) == [.strict, .unit])
        #expect(ranking.trace.map(\.count) == [0, 2])
        var elsewhere = PriceQuestion(.speechToText)
        elsewhere.providers = ["nobody"]
        let found = PriceRanking(of: try speech(), for: elsewhere)
        #expect(found.trace.map(\.isAttempted) == [true, false, false, true])
        #expect(found.entries.count == 2)
        elsewhere.isRelaxed = false
        #expect(PriceRanking(of: try speech(), for: elsewhere).exclusions[.otherProvider] == 3)
    }

    /// Seed defect 12: the chart of the steps read keys that were not there and showed zeros.
    @Test func `The page shows the counts of the steps`() throws {
        let page = PriceRanking(of: try speech(), for: try question(of: "image")).page(limit: 5)
        let trace = try #require(page.sections.first { $0.key == "trace" })
        #expect(trace.table.rows.map { $0.last } == [.integer(0), .integer(2)])
    }

    /// Seed defect 10: rows without a date broke the order, and dates were never compared.
    @Test func `Of equal prices the more trusted and the newer comes first, in any order of the input`()
        throws
    {
        var rows = [
            try row("d", "1", "audio_hour", .high), try row("c", "1", "audio_hour", .low),
            try row("b", "1", "audio_hour"),
            try row("a", "1", "audio_hour"),
        ]
        rows[2].sourceDate = try #require(CalendarDate("2026-01-01"))
        var generator = SeededGenerator(seed: 8)
        for _ in 0..<10 {
            rows.shuffle(using: &generator)
            let ranking = PriceRanking(of: rows, for: PriceQuestion(.speechToText))
            #expect(ranking.entries.map(\.row.provider) == ["a", "d", "b", "c"], "seed 8")
        }
    }

    @Test(arguments: WorkloadKind.allCases)
    func `Every workload has one unit in which it is compared`(workload: WorkloadKind) throws {
        let question = PriceQuestion(workload)
        #expect(question.comparisonUnit == workload.comparableUnit)
        #expect(WorkloadKind(named: workload.rawValue.uppercased()) == workload)
    }

    /// Seed defect 7: rerank was folded into embeddings, and its prices could never be compared.
    @Test func `Rerank is a workload of its own`() throws {
        let rows = [try row("a", "2", "1k_searches", workload: .rerank)]
        let ranking = PriceRanking(of: rows, for: PriceQuestion(.rerank))
        #expect(ranking.entries.map(\.comparator.description) == ["2"])
    }

    /// Seed defects 1 and 9: models and workloads are those of the registry, and prices of one meter only are compared.
    @Test func `Language models are compared by a mix, never by the price of a cache`() throws {
        let catalog = try InvoiceTests.catalog()
        let selection = CatalogSelection(day: PricingFixtures.day, mix: TokenMix(outputMillionths: 300_000))
        let rows = catalog.rows(selection)
        #expect(rows.rows.filter { $0.workload == .llm }.map(\.provider) == ["cheap"])
        #expect(rows.incompleteCount == 3)
        let all = catalog.rows(CatalogSelection(day: PricingFixtures.day))
        let ranking = PriceRanking(of: all.rows, for: PriceQuestion(.llm))
        #expect(ranking.entries.isEmpty)
        #expect(CatalogRow.columns.count == 13)
        #expect(all.rows.allSatisfy { $0.fields.count == 13 })
    }

    /// Seed defect 15: the day on which the list was built passed for the day on which a price was seen.
    @Test func `The day of a row is the day on which its price was seen`() throws {
        let rows = try InvoiceTests.catalog().rows(CatalogSelection(day: PricingFixtures.day)).rows
        let seen = EntityTemplates.mapping.offers[0].prices[0].source.checkedOn
        #expect(!rows.isEmpty)
        #expect(rows.allSatisfy { $0.sourceDate == seen })
    }
}
