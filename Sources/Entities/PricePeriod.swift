package import Text

/// A stretch of days, the last one left out; open when it has no end.
package struct EffectivePeriod: Sendable, Hashable {
    package var from: CalendarDate
    /// The first day on which it no longer holds; nil while it is in force.
    package var until: CalendarDate?

    init?(_ fields: Fields) {
        guard let from = fields.date("effective_from") else { return nil }
        self.from = from
        until = fields.date("effective_to")
    }

    /// True when some day lies in both.
    package func overlaps(_ other: EffectivePeriod) -> Bool {
        (until.map { other.from < $0 } ?? true) && (other.until.map { from < $0 } ?? true)
    }

    /// True when a day lies in it.
    package func contains(_ day: CalendarDate) -> Bool {
        from <= day && (until.map { day < $0 } ?? true)
    }
}

/// The prices of an offer over a stretch of time.
package struct PricePeriod: Sendable, Hashable, FieldsReadable {
    package var effective: EffectivePeriod
    /// The announced prices never came into force.
    package var isCancelled: Bool
    /// The day on which a wrong record of this period was replaced by this one.
    package var correctedOn: CalendarDate?
    /// ISO 4217, of every amount in the period.
    package var currency: String
    package var rates: [Rate]
    /// Ascending.
    package var tiers: [PriceTier]
    package var schedules: [PriceSchedule]
    package var variants: [PriceVariant]
    package var note: String?
    package var source: Source

    init?(_ fields: Fields) {
        guard let effective = EffectivePeriod(fields), let currency = fields.text("currency"),
            let source: Source = fields.part("source")
        else { return nil }
        self.effective = effective
        isCancelled = fields.flag("cancelled")
        correctedOn = fields.date("corrects")
        self.currency = currency
        rates = fields.parts("rates")
        tiers = fields.parts("tiers")
        schedules = fields.parts("schedules")
        variants = fields.parts("variants")
        note = fields.text("note")
        self.source = source
    }
}

/// Other rates for long requests; they replace the base rates of the same meter, size and quality.
package struct PriceTier: Sendable, Hashable, FieldsReadable {
    /// What decides which tier applies.
    package enum Measure: String, Sendable, CaseIterable {
        case inputTokens = "input_tokens"
        case totalTokens = "total_tokens"
    }

    /// Where exactly a tier begins.
    package enum Boundary: String, Sendable, CaseIterable {
        /// A request of exactly that many tokens belongs to the tier.
        case inclusive
        case exclusive
    }

    /// What the rates of a tier hold for.
    package enum Scope: String, Sendable, CaseIterable {
        case wholeRequest = "whole_request"
        /// Only the tokens beyond the boundary.
        case excess
    }

    package var measure: Measure
    package var fromTokens: Int
    package var boundary: Boundary
    package var applies: Scope
    package var rates: [Rate]

    init?(_ fields: Fields) {
        guard let fromTokens = fields.integer("from_tokens"),
            let boundary: Boundary = fields.word("boundary"),
            let applies: Scope = fields.word("applies")
        else { return nil }
        measure = fields.word("measure") ?? .inputTokens
        self.fromTokens = fromTokens
        self.boundary = boundary
        self.applies = applies
        rates = fields.parts("rates")
    }
}

/// Other rates at certain times of day, UTC.
package struct PriceSchedule: Sendable, Hashable, FieldsReadable {
    /// A day of the week, UTC.
    package enum Day: String, Sendable, CaseIterable {
        case mon, tue, wed, thu, fri, sat, sun
    }

    /// Minutes after midnight.
    package var fromMinute: Int
    /// Minutes after midnight; before `fromMinute` when it runs over midnight.
    package var untilMinute: Int
    /// The days on which it begins; all of them when empty.
    package var days: [Day]
    package var rates: [Rate]

    init?(_ fields: Fields) {
        guard let fromMinute = fields.minuteOfDay("utc_from"), let untilMinute = fields.minuteOfDay("utc_to")
        else { return nil }
        self.fromMinute = fromMinute
        self.untilMinute = untilMinute
        days = fields.words("days")
        rates = fields.parts("rates")
    }
}

extension Fields {
    /// `HH:MM` as minutes after midnight.
    fileprivate func minuteOfDay(_ name: StaticString) -> Int? {
        let parts = text(name)?.split(separator: ":") ?? []
        guard parts.count == 2, let hour = Int(parts[0]), let minute = Int(parts[1]), (0..<24).contains(hour),
            (0..<60).contains(minute)
        else { return nil }
        return hour * 60 + minute
    }
}

/// The same offer under other terms in the same period, its rates written out in full.
package struct PriceVariant: Sendable, Hashable, FieldsReadable {
    /// The offer's own when nil.
    package var mode: Offer.Mode?
    /// The offer's own when nil.
    package var tier: Offer.ServiceTier?
    /// The offer's own when nil.
    package var region: String?
    package var rates: [Rate]
    package var tiers: [PriceTier]

    init?(_ fields: Fields) {
        mode = fields.word("mode")
        tier = fields.word("tier")
        region = fields.text("region")
        rates = fields.parts("rates")
        tiers = fields.parts("tiers")
    }
}
