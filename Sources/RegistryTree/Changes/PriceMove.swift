import Entities
package import Text

/// One price that is not what it was.
package struct PriceMove: Sendable, Hashable {
    /// A price as both sides state it.
    package struct Price: Sendable, Hashable {
        /// What `unitCount` units cost.
        package let amount: Money
        /// ISO 4217.
        package let currency: String
        /// A million, but 1 for rentals, and what the file says where a million units are out of range.
        package let unitCount: Int
    }

    /// What is sold: the name in requests, or the accelerator and the terms of its rental.
    package let offer: String
    /// What is counted, with its size and quality: `input_text`, `image 1024x1024`, `accelerator_hour`.
    package let meter: String
    /// When the price holds; empty for the usual terms.
    package let terms: String
    /// Nil when there was none.
    package let old: Price?
    /// Nil when there is none any more.
    package let new: Price?

    /// True when both prices are given in the same currency and unit.
    package var isComparable: Bool {
        guard let old, let new else { return false }
        return old.currency == new.currency && old.unitCount == new.unitCount
    }

    /// By how many tenths of a percent it moved, rounded half away from zero; nil where that cannot be said: prices
    /// that cannot be compared, and those that were free.
    package var permille: Int? {
        guard isComparable, let old, let new, old.amount > .zero else { return nil }
        let was = old.amount.trillionths
        let (scaled, overflow) = (new.amount.trillionths - was).multipliedReportingOverflow(by: 2000)
        guard !overflow else { return nil }
        // Half of the divisor away from zero, then towards zero.
        return Int(exactly: (scaled + (scaled < 0 ? -was : was)) / (2 * was))
    }

    /// True when it moved by more than so many percent, decided exactly; also when there is no saying by how much:
    /// another currency or unit, or a price where it was free. A new or dropped price has not moved.
    package func exceeds(percent: Int) -> Bool {
        guard let old, let new else { return false }
        guard isComparable, old.amount > .zero else { return true }
        let distance = (new.amount.trillionths - old.amount.trillionths).magnitude
        let scaled = distance.multipliedFullWidth(by: 100)
        let bound = old.amount.trillionths.magnitude.multipliedFullWidth(by: UInt128(max(0, percent)))
        return (scaled.high, scaled.low) > (bound.high, bound.low)
    }
}

extension PriceMove {
    /// How prices differ between two forms of an entity, in the order of the files: those in force from now on, an
    /// offer at a time. All of them as new where there was no entity before.
    static func moves(from before: Entity?, to after: Entity) -> [PriceMove] {
        let old = before.map(PriceRow.rows).map(PriceRow.numbered) ?? []
        let new = PriceRow.numbered(PriceRow.rows(of: after))
        let olds = Dictionary(
            old.map { ($0.subject, $0.price) }, uniquingKeysWith: { first, _ in first })
        let news = Dictionary(
            new.map { ($0.subject, $0.price) }, uniquingKeysWith: { first, _ in first })
        var seen: Set<PriceRow.Subject> = []
        let gone = PriceRow.offersGone(from: before, in: after)
        return (new + old).compactMap { row in
            guard seen.insert(row.subject).inserted, !gone.contains(row.subject.offer) else { return nil }
            let (old, new) = (olds[row.subject], news[row.subject])
            guard old != new else { return nil }
            return PriceMove(
                offer: row.subject.offer, meter: row.subject.meter, terms: row.subject.terms, old: old,
                new: new)
        }
    }
}

/// A price in force, and what it is the price of.
private struct PriceRow {
    struct Subject: Hashable {
        let offer: String
        let meter: String
        let terms: String
        /// Which of several prices for the same.
        var turn = 0
    }

    var subject: Subject
    let price: PriceMove.Price

    /// The rows with those for the same told apart, so that none hides another.
    static func numbered(_ rows: [PriceRow]) -> [PriceRow] {
        var turns: [Subject: Int] = [:]
        return rows.map { row in
            var row = row
            let turn = turns[row.subject, default: 0]
            turns[row.subject] = turn + 1
            row.subject.turn = turn
            return row
        }
    }

    /// Offers of a mapping that went as a whole: they are told as such, not price by price.
    static func offersGone(from before: Entity?, in after: Entity) -> Set<String> {
        guard case .mapping(let old) = before, case .mapping(let new) = after else { return [] }
        return Set(old.offers.lazy.map(\.providerModelID)).subtracting(new.offers.map(\.providerModelID))
    }

    static func rows(of entity: Entity) -> [PriceRow] {
        switch entity {
        case .mapping(let mapping): mapping.offers.flatMap(rows)
        case .provider(let provider): rentals(of: provider)
        case .model, .accelerator: []
        }
    }

    private static func rows(of offer: Offer) -> [PriceRow] {
        guard let period = offer.periodInForce else { return [] }
        var rows: [PriceRow] = []
        func add(_ rates: [Rate], _ terms: [String]) {
            for rate in rates {
                let meter = [rate.meter.rawValue, rate.size ?? "", rate.quality ?? ""]
                let subject = Subject(
                    offer: offer.providerModelID, meter: joined(meter), terms: terms.joined(separator: ", "))
                rows.append(PriceRow(subject: subject, price: rate.price(in: period.currency)))
            }
        }
        add(period.rates, [])
        for tier in period.tiers { add(tier.rates, [tier.words]) }
        for schedule in period.schedules { add(schedule.rates, [schedule.words]) }
        for variant in period.variants {
            add(variant.rates, [variant.words])
            for tier in variant.tiers { add(tier.rates, [variant.words, tier.words]) }
        }
        return rows
    }

    /// Rentals without an end; where a thing has none such, the one that began last.
    private static func rentals(of provider: Provider) -> [PriceRow] {
        let offers = provider.acceleratorOffers.map { ($0, subject(of: $0)) }
        let open = Set(offers.lazy.filter { $0.0.effective.until == nil }.map(\.1))
        var latest: [Subject: CalendarDate] = [:]
        for (offer, subject) in offers where !open.contains(subject) {
            latest[subject] = max(latest[subject] ?? offer.effective.from, offer.effective.from)
        }
        return offers.compactMap { offer, subject in
            let isInForce = offer.effective.until == nil || latest[subject] == offer.effective.from
            guard isInForce else { return nil }
            let price = PriceMove.Price(
                amount: offer.pricePerAcceleratorHour, currency: offer.currency, unitCount: 1)
            return PriceRow(subject: subject, price: price)
        }
    }

    private static func subject(of offer: AcceleratorOffer) -> Subject {
        Subject(
            offer: joined([offer.accelerator.text, offer.sku ?? ""]), meter: "accelerator_hour",
            terms: joined([offer.commitment.rawValue, offer.region ?? ""]))
    }

    private static func joined(_ words: [String]) -> String {
        words.filter { !$0.isEmpty }.joined(separator: " ")
    }
}

extension Offer {
    /// The prices to reckon with: of the period without an end, or else of the last that was not cancelled.
    var periodInForce: PricePeriod? {
        openPeriod ?? prices.last { !$0.isCancelled }
    }
}

extension Rate {
    fileprivate func price(in currency: String) -> PriceMove.Price {
        let million = pricePerMillion
        return PriceMove.Price(
            amount: million ?? price, currency: currency, unitCount: million == nil ? per : 1_000_000)
    }
}

extension PriceTier {
    fileprivate var words: String {
        let unit = measure == .inputTokens ? "input tokens" : "tokens"
        return (boundary == .inclusive ? "from " : "above ") + "\(fromTokens) \(unit)"
            + (applies == .excess ? " (what exceeds)" : "")
    }
}

extension PriceSchedule {
    fileprivate var words: String {
        let clock = [fromMinute, untilMinute].map { minute in
            [minute / 60, minute % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
        }
        let days = days.map(\.rawValue).joined(separator: " ")
        return clock.joined(separator: "-") + " UTC" + (days.isEmpty ? "" : " \(days)")
    }
}

extension PriceVariant {
    fileprivate var words: String {
        let words = [mode?.rawValue, tier?.rawValue, region].compactMap { $0 }
        return words.isEmpty ? "variant" : words.joined(separator: " ")
    }
}
