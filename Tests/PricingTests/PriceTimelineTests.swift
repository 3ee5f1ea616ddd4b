import Entities
import Pricing
import TestKit
import Testing
import Text

struct PriceTimelineTests {
    private func timeline(_ change: (inout Mapping) throws -> Void) rethrows -> PriceTimeline {
        var mapping = EntityTemplates.mapping
        try change(&mapping)
        let catalog = Catalog([
            .model(EntityTemplates.model), .provider(EntityTemplates.provider), .mapping(mapping),
        ])
        return PriceTimeline(of: mapping.model, in: catalog)
    }

    @Test func `A price is told with how far it moved from the one before`() throws {
        let rows = try timeline { mapping in
            var later = mapping.offers[0].prices[0]
            mapping.offers[0].prices[0].effective.until = CalendarDate("2026-06-01")
            later.effective.from = try #require(CalendarDate("2026-06-01"))
            later.rates[0].price = try PricingFixtures.money("0.12")
            mapping.offers[0].prices.append(later)
        }.rows
        let input = rows.filter { $0.meter == "input_text" }
        #expect(input.map(\.movedBasisPoints) == [nil, -2_000])
        #expect(input.map(\.effective.from.description) == ["2026-01-01", "2026-06-01"])
        #expect(rows.filter { $0.meter == "output_text" }.map(\.movedBasisPoints) == [nil, 0])
    }

    /// Golden B12.
    @Test func `From 1.2 to 1.0 is a sixth less`() throws {
        let rows = try timeline { mapping in
            var later = mapping.offers[0].prices[0]
            mapping.offers[0].prices[0].rates[0].price = try PricingFixtures.money("1.2")
            later.effective.from = try #require(CalendarDate("2026-06-01"))
            later.rates[0].price = try PricingFixtures.money("1")
            mapping.offers[0].prices.append(later)
        }.rows.filter { $0.meter == "input_text" }
        #expect(rows.map(\.movedBasisPoints) == [nil, -1_667])
        #expect(rows.map(\.amount).last == (try PricingFixtures.money("1")))
    }

    @Test func `What was announced and never came is no step, nor is another currency`() throws {
        let rows = try timeline { mapping in
            var never = mapping.offers[0].prices[0]
            never.isCancelled = true
            never.effective.from = try #require(CalendarDate("2026-05-01"))
            never.rates[0].price = try PricingFixtures.money("9")
            var euro = mapping.offers[0].prices[0]
            euro.effective.from = try #require(CalendarDate("2026-07-01"))
            euro.currency = "EUR"
            mapping.offers[0].prices += [never, euro]
        }.rows.filter { $0.meter == "input_text" }
        #expect(rows.map(\.isCancelled) == [false, true, false])
        #expect(rows.last?.movedBasisPoints == nil)
    }

    /// Seed defect 11: moves were reckoned against a part of the list, and most prices had none.
    @Test func `Every price that follows another has its move, whatever else is listed`() throws {
        let rows = try timeline { mapping in
            for (index, month) in ["2026-03-01", "2026-05-01"].enumerated() {
                var later = mapping.offers[0].prices[0]
                later.effective.from = try #require(CalendarDate(month))
                // The one in the middle lists input alone.
                if index == 0 { later.rates = [later.rates[0]] }
                mapping.offers[0].prices.append(later)
            }
        }.rows
        for (meter, count) in [("input_text", 3), ("output_text", 2), ("cache_read", 2)] {
            let own = rows.filter { $0.meter == meter }
            #expect(own.count == count && own.dropFirst().allSatisfy { $0.movedBasisPoints == 0 }, "\(meter)")
        }
    }

    @Test func `Rented cards have a history too`() throws {
        let rows = PriceTimeline(ofRentalsBy: EntityTemplates.provider).rows
        #expect(rows.map(\.offer) == ["accelerator on_demand gpu.1"])
        #expect(rows.map(\.amount) == [try PricingFixtures.money("2.49")])
    }
}
