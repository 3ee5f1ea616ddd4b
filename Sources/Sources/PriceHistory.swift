import Documents
import Text

/// The price periods of an offer as one source told them on several days.
///
/// A period says that its prices held on its first day, and on the day on which they were last seen. Put in order, these
/// days are all that is known; between two that say the same nothing changed.
enum PriceHistory {
    /// Prices that held on a day.
    private struct Observation {
        let day: String
        /// What is charged, whenever and whoever says so.
        let content: Record
        let period: Record
    }

    /// Both lists as one: what was charged when, ascending. Whichever list comes first, and however often.
    static func merge(_ periods: [Value], with others: [Value]) -> [Value] {
        var days: [String: Observation] = [:]
        for observation in (periods + others).flatMap(observations) {
            guard let known = days[observation.day] else {
                days[observation.day] = observation
                continue
            }
            days[observation.day] = later(known, observation)
        }
        var runs: [[Observation]] = []
        for observation in days.values.sorted(by: { $0.day < $1.day }) {
            if let last = runs.last?.last, last.content == observation.content {
                runs[runs.count - 1].append(observation)
            } else {
                runs.append([observation])
            }
        }
        return runs.indices.map { index in
            period(of: runs[index], before: index + 1 < runs.count ? runs[index + 1].first?.day : nil)
        }
    }

    private static func observations(of period: Value) -> [Observation] {
        guard let record = period.record, let from = record["effective_from"]?.text else { return [] }
        var content = record
        for name in ["effective_from", "effective_to", "source", "note", "corrects"] { content[name] = nil }
        var found = [Observation(day: from, content: content, period: record)]
        let end = record["effective_to"]?.text
        if let seen = record["source"]?["checked_on"]?.text, seen > from, end.map({ seen < $0 }) ?? true {
            found.append(Observation(day: seen, content: content, period: record))
        }
        return found
    }

    /// Of two words about one day the later; of two of one day the one that comes first as text, so that there is one.
    private static func later(_ one: Observation, _ other: Observation) -> Observation {
        let (left, right) = (Standing(one.period["source"]), Standing(other.period["source"]))
        if left != right { return left < right ? other : one }
        return Value.record(one.period).json <= Value.record(other.period).json ? one : other
    }

    /// One period of a run of days that say the same, with the latest source of it.
    private static func period(of run: [Observation], before next: String?) -> Value {
        var latest = run[0]
        for observation in run.dropFirst() { latest = later(latest, observation) }
        var record = latest.period
        record["effective_from"] = .text(run[0].day)
        let last = run[run.count - 1].day
        // An end that the source states itself stands, where nothing was seen after it.
        let stated = run.compactMap { $0.period["effective_to"]?.text }.filter { $0 > last }.max()
        record["effective_to"] = [next, stated].compactMap { $0 }.min().map(Value.text)
        return .record(record)
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
            let own = groups[key] ?? []
            let (standing, other) = (standing(of: own), Standing(offer["source"]))
            // As with offers: one source's word as a whole, and the better one's.
            if own.isEmpty || standing.isSameSource(as: other) {
                groups[key] = PriceHistory.merge(own, with: [offer])
            } else if other > standing, !standing.isPersonal {
                groups[key] = [offer]
            }
        }
        return .list(
            groups.sorted { $0.key < $1.key }.flatMap { group in
                group.value.sorted {
                    ($0["effective_from"]?.text ?? "") < ($1["effective_from"]?.text ?? "")
                }
            })
    }

    private static func standing(of offers: [Value]) -> Standing {
        offers.map { Standing($0["source"]) }.max() ?? Standing(nil)
    }

    private static func key(of offer: Value) -> String {
        let texts = ["accelerator", "sku", "commitment", "region", "currency"].map { offer[$0]?.text ?? "" }
        return texts.joined(separator: "\n") + "\n" + (offer["count_options"]?.json ?? "")
    }
}
