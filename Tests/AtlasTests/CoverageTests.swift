import Coverage
import Entities
import TestKit
import Testing
import Text

/// What a registry holds, and how old its facts are.
struct CoverageTests {
    private let catalog = Catalog([
        .model(EntityTemplates.model), .provider(EntityTemplates.provider),
        .mapping(EntityTemplates.mapping), .accelerator(EntityTemplates.accelerator),
    ])

    private func coverage(on day: String = "2026-09-01") throws -> RegistryCoverage {
        RegistryCoverage(of: catalog, today: try #require(CalendarDate(day)))
    }

    @Test(arguments: [
        ("models", 1), ("models_with_exact_architecture", 1), ("providers", 1), ("offers", 1),
        ("offers_with_price", 1), ("accelerators_with_dense_rates", 1), ("rental_prices", 1),
    ])
    func `Everything is counted once`(key: String, count: Int) throws {
        #expect(try coverage().counts.first { $0.key == key }?.value == count)
    }

    @Test func `An architecture whose count is only stated is not exact`() throws {
        var model = EntityTemplates.model
        model.parameters?.total.provenance = .stated
        let day = try #require(CalendarDate("2026-09-01"))
        let coverage = RegistryCoverage(of: Catalog([.model(model)]), today: day)
        #expect(coverage.counts.first { $0.key == "models_with_architecture" }?.value == 1)
        #expect(coverage.counts.first { $0.key == "models_with_exact_architecture" }?.value == 0)
        #expect(coverage.gaps.first { $0.key == "models_without_offers" }?.names == ["vendor/model"])
    }

    @Test func `A place is a host, or a repository of a host of many`() throws {
        var places: [String] = []
        for url in [
            "https://Openrouter.ai/api/v1/models", "https://github.com/a/b/blob/main/c.json", nil,
            "https://host.example?x=1",
        ] {
            var model = EntityTemplates.model
            model.source.url = url
            model.limits = nil
            model.architecture = nil
            model.weights = []
            model.benchmarks = []
            let day = try #require(CalendarDate("2026-09-01"))
            places += RegistryCoverage(of: Catalog([.model(model)]), today: day).places.map(\.key)
        }
        #expect(places == ["openrouter.ai", "github.com/a/b", "none", "host.example"])
    }

    @Test(arguments: [
        ("2026-08-20", "later_than_today"), ("2026-09-20", "days_0_to_30"), ("2026-09-21", "days_31_to_90"),
        ("2027-08-22", "days_over_365"),
    ])
    func `An age is reckoned from the day a fact was checked`(today: String, bucket: String) throws {
        let ages = try coverage(on: today).ages
        #expect(ages.first { $0.key == bucket }?.value == 5)
        #expect(ages.reduce(0) { $0 + $1.value } == 5)
    }

    @Test(arguments: [
        ("2026-09-20", 0, 0), ("2026-09-21", 0, 2), ("2026-11-19", 0, 2), ("2026-11-20", 2, 1),
    ])
    func `Offers and rentals are due past 30 days and overdue past 90`(
        today: String, overdue: Int, due: Int
    ) throws {
        let staleness = Staleness(of: catalog, today: try #require(CalendarDate(today)))
        #expect(staleness.count(of: .overdue) == overdue)
        #expect(staleness.count(of: .due) == due)
        #expect(staleness.hasOverdue == (overdue > 0))
    }

    @Test func `The budget depends on the kind of provider`() throws {
        var provider = EntityTemplates.provider
        provider.kind = .marketplace
        let catalog = Catalog([.provider(provider), .mapping(EntityTemplates.mapping)])
        let staleness = Staleness(of: catalog, today: try #require(CalendarDate("2026-09-05")))
        #expect(staleness.rows.map(\.ageDays) == [15, 15])
        #expect(staleness.rows.map(\.budget.dueDays) == [14, 14])
    }

    @Test func `What is retired, and a price that has ended, need no look`() throws {
        var mapping = EntityTemplates.mapping
        mapping.offers[0].status.stage = .retired
        var provider = EntityTemplates.provider
        provider.acceleratorOffers[0].effective.until = CalendarDate("2026-08-01")
        let catalog = Catalog([.provider(provider), .mapping(mapping)])
        #expect(catalog.checkedFacts.map(\.topic) == [.provider])
    }
}
