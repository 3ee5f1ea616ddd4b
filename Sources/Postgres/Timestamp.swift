package import Text

/// A moment, to the microsecond: what `timestamptz` holds.
package struct Timestamp: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Microseconds since 1970-01-01T00:00:00Z.
    package let microsecondsSinceEpoch: Int

    package init(microsecondsSinceEpoch: Int) {
        self.microsecondsSinceEpoch = microsecondsSinceEpoch
    }

    package static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.microsecondsSinceEpoch < right.microsecondsSinceEpoch
    }

    /// RFC 3339 in UTC, `2026-11-21T03:47:01.5Z`; for years outside 1 to 9999, microseconds since the epoch.
    package var description: String {
        let dayLength = 86_400_000_000
        let day = microsecondsSinceEpoch.flooredQuotient(by: dayLength)
        guard let date = CalendarDate(daysSinceEpoch: day) else { return "\(microsecondsSinceEpoch) µs" }
        let moment = microsecondsSinceEpoch - day * dayLength
        let seconds = moment / 1_000_000
        func padded(_ number: Int, _ width: Int = 2) -> String {
            String(repeating: "0", count: width - String(number).count) + String(number)
        }
        var fraction = padded(moment % 1_000_000, 6)
        while fraction.hasSuffix("0") { fraction.removeLast() }
        let clock = [seconds / 3_600, seconds / 60 % 60, seconds % 60].map { padded($0) }
        return "\(date)T\(clock.joined(separator: ":"))\(fraction.isEmpty ? "" : "." + fraction)Z"
    }
}

extension CalendarDate {
    /// The day so many days after 1970-01-01; nil outside the years 1 to 9999.
    ///
    /// The civil-from-days algorithm of Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
    package init?(daysSinceEpoch days: Int) {
        guard abs(days) < 4_000_000 else { return nil }
        let shifted = days + 719_468
        let era = shifted.flooredQuotient(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        self.init(
            year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
            day: dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }
}

extension Int {
    /// The quotient rounded down, for a positive divisor.
    func flooredQuotient(by divisor: Int) -> Int {
        (self >= 0 ? self : self - divisor + 1) / divisor
    }
}
