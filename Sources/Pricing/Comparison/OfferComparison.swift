package import Diagnostics
package import Entities
package import Text

/// The offers of one model side by side.
package struct OfferComparison: Sendable {
    /// What comes first.
    package enum Order: String, Sendable, CaseIterable {
        /// The cheapest input.
        case price
        /// The cheapest output.
        case output
        /// The cheapest mix.
        case blended
        /// The longest context.
        case context
        case provider
    }

    private struct Row {
        let offer: PricedOffer
        let context: Int?
        let blended: Price
        let input: Money?
        let output: Money?
    }

    private let rows: [Row]
    private let unpriced: [Provider.ID]

    /// The offers of a model on sale on a day, under each of their terms, at a minute of it where one is given: some
    /// cost less at night. Prices as they stand, in their own currency.
    package init(
        of model: Model, in catalog: Catalog, on day: CalendarDate, minute: Int? = nil, mix: TokenMix,
        sortedBy order: Order
    ) {
        let offers = catalog.pricedOffers(of: model.id, on: day).filter(\.isOnSale).map { offer in
            minute.map { offer.charged(atMinute: $0, of: day) } ?? offer
        }
        let rows = offers.map { offer in
            Row(
                offer: offer,
                context: offer.limits.contextTokens ?? model.limits?.contextTokens,
                blended: EffectivePrice(of: offer, for: mix).price,
                input: offer.rate(of: .inputText)?.pricePerMillion,
                output: offer.rate(of: .outputText)?.pricePerMillion)
        }
        self.rows = rows.sorted { OfferComparison.precedes($0, $1, order) }
        let priced = Set(offers.map(\.provider))
        unpriced = catalog.mappings(ofModel: model.id).map(\.provider).filter { !priced.contains($0) }
    }

    /// What is not known comes last; of equal ones by name.
    private static func precedes(_ left: Row, _ right: Row, _ order: Order) -> Bool {
        func ascending(_ left: Money?, _ right: Money?) -> Bool? {
            guard left != right else { return nil }
            guard let left, let right else { return right == nil }
            return left < right
        }
        let isFirst: Bool? =
            switch order {
            case .price: ascending(left.input, right.input) ?? ascending(left.output, right.output)
            case .output: ascending(left.output, right.output) ?? ascending(left.input, right.input)
            case .blended: ascending(left.blended.amount, right.blended.amount)
            case .context: left.context == right.context ? nil : left.context ?? 0 > right.context ?? 0
            case .provider: nil
            }
        return isFirst ?? PricedOffer.precedes(left.offer, right.offer)
    }

    /// The offers as a table.
    package var table: ResultTable {
        var table = ResultTable([
            .init("provider", key: "provider"), .init("offer", key: "provider_model_id"),
            .init("terms", key: "terms"),
            .init("input", key: "input_per_million"), .init("output", key: "output_per_million"),
            .init("cached", key: "cache_read_per_million"), .init("mix", key: "mix_per_million"),
            .init("other prices", key: "other_prices"), .init("currency", key: "currency"),
            .init("context", key: "context_tokens"), .init("status", key: "status"),
            .init("seen", key: "checked_on"),
        ])
        for row in rows {
            let offer = row.offer
            let terms = [
                offer.mode.rawValue, offer.tier == .standard ? nil : offer.tier.rawValue, offer.region,
            ]
            table.rows.append([
                .text(offer.provider.text), .foreign(offer.name),
                .text(terms.compactMap { $0 }.joined(separator: " ")),
                cell(row.input), cell(row.output), cell(offer.rate(of: .cacheRead)?.pricePerMillion),
                cell(row.blended.amount), .text(OfferComparison.otherPrices(of: offer)),
                .text(offer.period.currency),
                row.context.map { .integer($0) } ?? .none, .text(offer.stage.rawValue),
                .text(offer.period.source.checkedOn.description),
            ])
        }
        table.notes = ["Prices of a million tokens; a missing price is not known, 0 is free."]
        if !unpriced.isEmpty {
            table.notes.append("Without a known price: \(unpriced.map(\.text).joined(separator: ", ")).")
        }
        return table
    }

    private func cell(_ amount: Money?) -> ResultTable.Cell {
        amount.map { .money($0, decimals: 4) } ?? .none
    }

    /// What is not sold by the token of text.
    private static func otherPrices(of offer: PricedOffer) -> String {
        let shown: Set<Meter> = [.inputText, .outputText, .cacheRead]
        return offer.rates.filter { !shown.contains($0.meter) }.map { rate in
            let what = [rate.meter.rawValue, rate.size, rate.quality].compactMap { $0 }.joined(separator: " ")
            return "\(what) \(rate.price)/\(rate.per)"
        }.joined(separator: ", ")
    }
}
