import Entities
import Postgres
import Text

/// The tables of prices over time. A period's key is the hash of what it charges, so a price that is corrected in
/// place is another row and the old one becomes history; its end, its note and its source may change in place.
enum PriceTables {
    ///
    /// Of the offer's key only the model leads the period's: the rates, of which there are most, are spared the rest.
    static let periods = Layout<Identified<PeriodRecord>>(
        .pricePeriods, named: "price_periods", owner: OfferTables.offers.schema, of: .offers, inheriting: 1,
        ownKey: 1, ending: .superseded,
        [
            [.text("period_id") { $0.id }], periodTerms,
            [
                .date("effective_to") { $0.part.period.effective.until },
                .flag("is_cancelled") { $0.part.period.isCancelled },
                .date("corrected_on") { $0.part.period.correctedOn },
                .text("note") { $0.part.period.note },
                .source { $0.part.period.source },
            ],
        ])

    /// What makes a period the one it is, besides its model and its rates.
    static let periodTerms: [Column<Identified<PeriodRecord>>] = [
        .text("provider_id") { $0.part.offer.provider.text },
        .text("provider_model_id") { $0.part.offer.offer.providerModelID },
        .date("effective_from") { $0.part.period.effective.from },
        .text("currency") { $0.part.period.currency },
    ]

    /// Every rate of a period with the conditions under which it holds; without any it is a base rate.
    static let rates = Layout<ConditionalRate>(
        .priceRates, named: "price_rates", owner: periods.schema, of: .pricePeriods, ownKey: 1,
        ending: .kept, hasHash: false,
        [
            [
                .integer("number") { $0.number },
                .word("meter") { $0.rate.meter },
                .money("price") { $0.rate.price },
                .integer("per") { $0.rate.per },
                .text("size") { $0.rate.size },
                .text("quality") { $0.rate.quality },
                .word("free_reason") { $0.rate.freeReason },
            ], conditions,
        ])

    private static let conditions: [Column<ConditionalRate>] = [
        .integer("variant_number") { $0.variantNumber },
        .word("mode") { $0.variant?.mode },
        .word("tier") { $0.variant?.tier },
        .text("region") { $0.variant?.region },
        .word("measure") { $0.tier?.measure },
        .integer("from_tokens") { $0.tier?.fromTokens },
        .word("boundary") { $0.tier?.boundary },
        .word("applies") { $0.tier?.applies },
        .integer("from_minute") { $0.schedule?.fromMinute },
        .integer("until_minute") { $0.schedule?.untilMinute },
        Column("days", .texts) { rate in
            rate.schedule.map { .texts($0.days.map(\.rawValue)) } ?? .null
        },
    ]
}

/// A period and the offer whose prices it tells.
struct PeriodRecord {
    let offer: OfferRecord
    let period: PricePeriod
}

/// A rate and the conditions that its place in the file gives it.
struct ConditionalRate {
    /// Its place among all rates of the period, counted from zero.
    let number: Int
    let rate: Rate
    var tier: PriceTier?
    var schedule: PriceSchedule?
    /// Which variant of the period it belongs to, counted from zero; nil for the offer's own terms.
    var variantNumber: Int?
    var variant: PriceVariant?

    /// All rates of a period in the order of the file.
    static func all(_ period: PricePeriod) -> [ConditionalRate] {
        var all: [ConditionalRate] = []
        func add(
            _ rates: [Rate], tier: PriceTier? = nil, schedule: PriceSchedule? = nil,
            variant: (offset: Int, element: PriceVariant)? = nil
        ) {
            for rate in rates {
                all.append(
                    ConditionalRate(
                        number: all.count, rate: rate, tier: tier, schedule: schedule,
                        variantNumber: variant?.offset, variant: variant?.element))
            }
        }
        add(period.rates)
        for tier in period.tiers { add(tier.rates, tier: tier) }
        for schedule in period.schedules { add(schedule.rates, schedule: schedule) }
        for variant in period.variants.enumerated() {
            add(variant.element.rates, variant: variant)
            for tier in variant.element.tiers { add(tier.rates, tier: tier, variant: variant) }
        }
        return all
    }
}
