import Documents
import Entities
import Text

extension Origin {
    /// The `source` of what was taken from there.
    func record(_ kind: Source.Kind, note: String? = nil) -> Value {
        var record = Record([("kind", .text(kind.rawValue))])
        record["url"] = url.map(Value.text)
        record["checked_on"] = .text(seenOn.description)
        record["note"] = note.map(Value.text)
        return .record(record)
    }
}

extension Money {
    /// The amount as a number of a registry file.
    var value: Value { .number(Number(description) ?? .zero) }
}

extension ListedRate {
    var value: Value {
        var record = Record([("meter", .text(meter.rawValue)), ("price", price.value), ("per", Value(per))])
        record["free_reason"] = freeReason.map { .text($0.rawValue) }
        return .record(record)
    }
}

extension ListedPeriod {
    /// The period as a registry file has it.
    ///
    /// A tier holds for the whole request from the first token beyond its boundary: so the providers bill.
    func value(seen origin: Origin, kind: Source.Kind) -> Value {
        var record = Record([("effective_from", .text((from ?? origin.seenOn).description))])
        record["effective_to"] = until.map { .text($0.description) }
        record["currency"] = "USD"
        record["rates"] = .list(rates.map(\.value))
        if !tiers.isEmpty {
            record["tiers"] = .list(
                tiers.map { tier in
                    [
                        ("from_tokens", Value(tier.fromTokens)),
                        ("boundary", tier.isInclusive ? "inclusive" : "exclusive"),
                        ("applies", "whole_request"), ("rates", Value.list(tier.rates.map(\.value))),
                    ].record
                })
        }
        if !schedules.isEmpty {
            record["schedules"] = .list(
                schedules.map { schedule in
                    [
                        ("utc_from", Value.text(schedule.from)), ("utc_to", .text(schedule.until)),
                        ("rates", .list(schedule.rates.map(\.value))),
                    ].record
                })
        }
        if !variants.isEmpty { record["variants"] = .list(variants.map(\.value)) }
        record["source"] = origin.record(kind)
        return .record(record)
    }
}

extension ListedVariant {
    var value: Value {
        var record = Record()
        record["mode"] = mode.map { .text($0.rawValue) }
        record["tier"] = tier.map { .text($0.rawValue) }
        record["rates"] = .list(rates.map(\.value))
        return .record(record)
    }
}

extension [(String, Value)] {
    var record: Value { .record(Record(self)) }
}
