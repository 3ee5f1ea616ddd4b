import Entities
import TestKit
import Testing
import Text

@testable import RegistryTree

/// How far prices moved, exactly.
@Suite struct PriceMoveTests {
    private func move(_ old: String?, _ new: String?, _ currency: String = "USD") -> PriceMove {
        func price(_ text: String?, _ currency: String) -> PriceMove.Price? {
            text.flatMap { Number($0) }.flatMap { Money($0) }.map {
                PriceMove.Price(amount: $0, currency: currency, unitCount: 1_000_000)
            }
        }
        return PriceMove(
            offer: "a", meter: "input_text", terms: "", old: price(old, "USD"), new: price(new, currency))
    }

    @Test(arguments: [
        ("1", "1.3", 300), ("0.3", "0.2", -333), ("0.3", "0.4", 333), ("2", "1", -500), ("1", "0", -1000),
        ("0.000000000001", "0.000000000002", 1000), ("3", "3.0015", 1), ("3", "3.00149", 0),
        ("3", "2.9985", -1), ("1", "1000000", 999_999_000),
    ])
    func `a percentage is rounded half away from zero`(old: String, new: String, permille: Int) {
        #expect(move(old, new).permille == permille)
    }

    @Test(arguments: [
        ("1", "1.3", false), ("1", "1.300000000001", true), ("1", "0.7", false),
        ("1", "0.699999999999", true), ("0.1", "0.13", false), ("0", "0.01", true), ("0", "0", true),
    ])
    func `the limit is the last move that is within it`(old: String, new: String, exceeds: Bool) {
        #expect(move(old, new).exceeds(percent: 30) == exceeds)
    }

    @Test func `prices in two currencies cannot be compared, so they exceed any limit`() {
        #expect(move("1", "1", "EUR").permille == nil)
        #expect(move("1", "1", "EUR").exceeds(percent: 1_000_000))
        #expect(!move(nil, "1").exceeds(percent: 0))
        #expect(!move("1", nil).exceeds(percent: 0))
    }

    @Test func `amounts near the end of their range do not overflow`() throws {
        let huge = Money(trillionths: .max / 2)
        let price = PriceMove.Price(amount: huge, currency: "USD", unitCount: 1)
        let twice = PriceMove.Price(amount: Money(trillionths: .max - 1), currency: "USD", unitCount: 1)
        let move = PriceMove(offer: "a", meter: "image", terms: "", old: price, new: twice)
        #expect(move.permille == nil)
        #expect(move.exceeds(percent: 30))
        #expect(!move.exceeds(percent: 100))
    }

    @Test func `units of a thousand and of a million are the same price`() throws {
        var states = PairOfStates()
        states.edit(
            "mappings/borealis/acme/rocket-1.yaml", "price: 0.45\n            per: 1000000",
            "price: 0.00045\n            per: 1000")
        let entity = try #require(states.change().entity("borealis/acme/rocket-1"))
        #expect(entity.priceLines == [])
    }

    @Test func `tiers, variants and the usual terms are told apart`() throws {
        var states = PairOfStates()
        let path = "mappings/acme/acme/rocket-1.yaml"
        states.edit(path, "price: 0.25\n", "price: 0.3\n")
        states.edit(path, "price: 0.50\n", "price: 0.6\n")
        states.edit(path, "applies: whole_request", "applies: excess")
        let entity = try #require(states.change().entity("acme/acme/rocket-1"))
        #expect(
            entity.priceLines == [
                "input_text: 0.5 → 0.6",
                "input_text (above 32768 input tokens (what exceeds)): - → 1",
                "input_text (batch): 0.25 → 0.3",
                "input_text (above 32768 input tokens): 1 → -",
            ])
        #expect(
            entity.fieldLines == [
                "offers[rocket-1].prices[2026-02-01].tiers[32768].applies: whole_request → excess"
            ])
    }

    @Test func `a new period moves the prices, the old one is only closed`() throws {
        var states = PairOfStates()
        let path = "mappings/borealis/acme/rocket-1.yaml"
        states.edit(
            path, "      - effective_from: 2026-02-01\n",
            """
                  - effective_from: 2026-04-01
                    currency: EUR
                    rates:
                      - meter: input_text
                        price: 0.5
                        per: 1000000
                    source:
                      kind: provider_page
                      checked_on: 2026-04-01
                  - effective_from: 2026-02-01
                    effective_to: 2026-04-01

            """)
        let entity = try #require(states.change().entity("borealis/acme/rocket-1"))
        #expect(entity.priceLines == ["input_text: 0.45 → 0.5", "output_text: 1.5 → -"])
        #expect(entity.prices.first?.isComparable == false)
        #expect(entity.fields.map(\.topic) == [.price, .price])
        #expect(entity.fields.first?.name == "offers[acme/rocket-1].prices[2026-02-01].effective_to")
    }

    @Test func `rentals move by the hour`() throws {
        var states = PairOfStates()
        states.edit(
            "providers/acme.yaml", "price_per_accelerator_hour: 2.50", "price_per_accelerator_hour: 2")
        let entity = try #require(states.change().entity("acme"))
        #expect(entity.priceLines == ["accelerator_hour (on_demand eu-1): 2.5 → 2"])
        #expect(entity.prices.first?.permille == -200)
        #expect(entity.fieldLines == [])
    }

    @Test func `what an added mapping asks is told, what a removed one asked is not`() throws {
        var states = PairOfStates()
        let path = "mappings/borealis/acme/rocket-1.yaml"
        states.base[path] = nil
        let added = try #require(states.change().entity("borealis/acme/rocket-1"))
        #expect(added.event == .added)
        #expect(added.priceLines == ["input_text: - → 0.45", "output_text: - → 1.5"])
        (states.base, states.head) = (states.head, states.base)
        #expect(try #require(states.change().entity("borealis/acme/rocket-1")).prices == [])
    }
}
