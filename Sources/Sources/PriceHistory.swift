import Documents
import Text

/// The price periods of an offer as one source told them on several days.
enum PriceHistory {
    /// Both lists as one: what was charged when, ascending, without gaps or overlaps that the parts had not.
    ///
    /// What is still open is known from the day it was first seen; a later day with other prices ends it, and an
    /// earlier day with the same prices moves its beginning back.
    static func merge(_ periods: [Value], with others: [Value]) -> [Value] {
        var merged = periods
        for other in others { insert(other, into: &merged) }
        return merged
    }

    private static func insert(_ period: Value, into periods: inout [Value]) {
        guard var record = period.record, let from = record["effective_from"]?.text else { return }
        let content = content(of: period)
        let covering = periods.indices.first { holds(periods[$0], on: from) }
        if let covering, self.content(of: periods[covering]) == content {
            periods[covering] = newer(periods[covering], period)
            return
        }
        // A closed period is a statement of its own, not the latest word.
        if record["effective_to"] == nil {
            let next = periods.indices.first { start(of: periods[$0]) > from }
            if let next, self.content(of: periods[next]) == content, isOpen(before: next, at: from, periods) {
                close(&periods, before: next, at: from)
                periods[next] = newer(moved(periods[next], to: from), period)
                return
            }
            if let next { record["effective_to"] = .text(start(of: periods[next])) }
        }
        if let covering, start(of: periods[covering]) < from {
            periods[covering] = ended(periods[covering], at: from)
        }
        let place = periods.indices.first { start(of: periods[$0]) > from } ?? periods.count
        guard !periods.contains(where: { start(of: $0) == from }) else { return }
        periods.insert(.record(record), at: place)
    }

    /// Whether nothing that was said of the days from `day` to the beginning of a period stands against it.
    private static func isOpen(before next: Int, at day: String, _ periods: [Value]) -> Bool {
        guard next > 0, let end = end(of: periods[next - 1]) else { return next == 0 }
        return end == start(of: periods[next]) || end <= day
    }

    private static func close(_ periods: inout [Value], before next: Int, at day: String) {
        guard next > 0, end(of: periods[next - 1]).map({ $0 > day }) ?? true else { return }
        periods[next - 1] = ended(periods[next - 1], at: day)
    }

    private static func start(of period: Value) -> String { period["effective_from"]?.text ?? "" }

    private static func end(of period: Value) -> String? { period["effective_to"]?.text }

    private static func holds(_ period: Value, on day: String) -> Bool {
        start(of: period) <= day && (end(of: period).map { day < $0 } ?? true)
    }

    private static func ended(_ period: Value, at day: String) -> Value { with(period, "effective_to", day) }

    private static func moved(_ period: Value, to day: String) -> Value {
        with(period, "effective_from", day)
    }

    private static func with(_ period: Value, _ name: String, _ day: String) -> Value {
        guard var record = period.record else { return period }
        record[name] = .text(day)
        return .record(record)
    }

    /// The first, with the later of the two sources.
    private static func newer(_ period: Value, _ other: Value) -> Value {
        guard var record = period.record, Standing(other["source"]) > Standing(period["source"]) else {
            return period
        }
        record["source"] = other["source"]
        return .record(record)
    }

    /// What is charged, whenever and whoever says so.
    private static func content(of period: Value) -> Record {
        var record = period.record ?? Record()
        for name in ["effective_from", "effective_to", "source", "note", "corrects"] { record[name] = nil }
        return record
    }
}

/// The rental prices of a provider.
enum RentalHistory {
    /// Both lists as one, by accelerator, terms and day; the same price seen again is not repeated, another one ends
    /// what was open.
    static func merge(_ old: Value?, _ new: Value?) -> Value? {
        guard let added = new?.list, !added.isEmpty else { return old }
        var groups: [String: [Value]] = [:]
        for offer in old?.list ?? [] { groups[key(of: offer), default: []].append(offer) }
        for offer in added {
            let key = key(of: offer)
            groups[key] = PriceHistory.merge(groups[key] ?? [], with: [offer])
        }
        return .list(
            groups.sorted { $0.key < $1.key }.flatMap { group in
                group.value.sorted {
                    ($0["effective_from"]?.text ?? "") < ($1["effective_from"]?.text ?? "")
                }
            })
    }

    private static func key(of offer: Value) -> String {
        let texts = ["accelerator", "sku", "commitment", "region", "currency"].map { offer[$0]?.text ?? "" }
        return texts.joined(separator: "\n") + "\n" + (offer["count_options"]?.json ?? "")
    }
}
