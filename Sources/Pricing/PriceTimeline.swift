package import Diagnostics
package import Entities
package import Text

/// What was charged when: the stretches of time of every price of some offers and rented cards, from their effective days.
package struct PriceTimeline: Sendable {
    /// One price over one stretch of time.
    package struct Row: Sendable {
        package let provider: Provider.ID
        /// What is sold: the name that a request gives, or the accelerator and the terms of its rental.
        package let offer: String
        package let meter: String
        package let effective: EffectivePeriod
        /// Of a million units, of an hour of an accelerator, or of one unit where a million is out of range.
        package let amount: Money
        package let currency: String
        /// Hundredths of a percent from the price before; nil for the first, from nothing, and between currencies.
        package let movedBasisPoints: Int?
        package let isCancelled: Bool
    }

    /// By provider, offer and meter, each in order of time.
    package let rows: [Row]

    /// The prices of a model at all providers, or at one of them.
    package init(of model: Model.ID, at provider: Provider.ID? = nil, in catalog: Catalog) {
        let mappings = catalog.mappings(ofModel: model).filter { provider == nil || $0.provider == provider }
        rows = mappings.flatMap { mapping in
            mapping.offers.flatMap { PriceTimeline.rows(of: $0, at: mapping.provider) }
        }
    }

    /// The prices of the cards that a provider rents.
    package init(ofRentalsBy provider: Provider) {
        let offers = Dictionary(grouping: provider.acceleratorOffers) { offer in
            [offer.accelerator.text, offer.commitment.rawValue, offer.region ?? "", offer.sku ?? ""]
        }
        rows = offers.sorted { $0.key.lexicographicallyPrecedes($1.key) }.flatMap { key, offers in
            let prices = offers.map { ($0.effective, $0.pricePerAcceleratorHour, $0.currency, false) }
            return PriceTimeline.rows(
                prices, provider.id, key.filter { !$0.isEmpty }.joined(separator: " "), "accelerator_hour")
        }
    }

    private static func rows(of offer: Offer, at provider: Provider.ID) -> [Row] {
        var subjects: [Rate.Subject] = []
        for rate in offer.prices.flatMap(\.rates) where !subjects.contains(rate.subject) {
            subjects.append(rate.subject)
        }
        return subjects.flatMap { subject -> [Row] in
            let prices = offer.prices.compactMap { period in
                period.rates.first { $0.subject == subject }.map { rate in
                    (
                        period.effective, rate.pricePerMillion ?? rate.price, period.currency,
                        period.isCancelled
                    )
                }
            }
            let meter = [subject.meter.rawValue, subject.size, subject.quality].compactMap { $0 }
            return rows(prices, provider, offer.providerModelID, meter.joined(separator: " "))
        }
    }

    /// Prices of one thing in order of time, each with its distance from the one before.
    private static func rows(
        _ prices: [(effective: EffectivePeriod, amount: Money, currency: String, isCancelled: Bool)],
        _ provider: Provider.ID, _ offer: String, _ meter: String
    ) -> [Row] {
        var last: (amount: Money, currency: String)?
        return prices.sorted { $0.effective.from < $1.effective.from }.map { price in
            var moved: Int?
            if let last, last.currency == price.currency, last.amount > .zero {
                moved = (price.amount - last.amount).basisPoints(of: last.amount)
            }
            if !price.isCancelled { last = (price.amount, price.currency) }
            return Row(
                provider: provider, offer: offer, meter: meter, effective: price.effective,
                amount: price.amount, currency: price.currency, movedBasisPoints: moved,
                isCancelled: price.isCancelled)
        }
    }

    /// The rows as a table; bars show each price as a share of the highest of its offer and meter.
    package var table: ResultTable {
        var table = ResultTable([
            .init("provider", key: "provider"), .init("offer", key: "offer"), .init("meter", key: "meter"),
            .init("from", key: "effective_from"), .init("until", key: "effective_to"),
            .init("price", key: "price"), .init("", key: "currency"), .init("moved %", key: "moved_percent"),
            .init("", key: "bar"),
        ])
        var highest: [[String]: Money] = [:]
        func key(_ row: Row) -> [String] { [row.provider.text, row.offer, row.meter, row.currency] }
        for row in rows { highest[key(row)] = max(highest[key(row)] ?? .zero, row.amount) }
        for row in rows {
            let share = row.amount.basisPoints(of: highest[key(row)] ?? .zero) ?? 0
            let bar = String(repeating: "#", count: (share + 250) / 500)
            table.rows.append([
                .foreign(row.provider.text), .foreign(row.offer), .text(row.meter),
                .text(row.effective.from.description),
                row.effective.until.map { .text($0.description) } ?? .none, .money(row.amount, decimals: 4),
                .text(row.currency),
                row.movedBasisPoints.map { .number(Double($0) / 100, decimals: 1) } ?? .none,
                .text(row.isCancelled ? "cancelled" : bar),
            ])
        }
        table.notes = [
            "Prices of a million units, or of an hour of an accelerator, by the days they came into force."
        ]
        return table
    }
}
