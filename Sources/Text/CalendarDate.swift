/// A day of the Gregorian calendar, `YYYY-MM-DD`, or with less known: `YYYY-MM`.
package struct CalendarDate: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let year: Int
    package let month: Int
    /// Nil for a date known to the month only.
    package let day: Int?

    /// A date that exists, else nil.
    package init?(year: Int, month: Int, day: Int?) {
        guard (1...9999).contains(year), (1...12).contains(month) else { return nil }
        if let day {
            guard day >= 1, day <= CalendarDate.days(inMonth: month, year: year) else { return nil }
        }
        self.year = year
        self.month = month
        self.day = day
    }

    /// Reads `YYYY-MM-DD` or `YYYY-MM`; nil for anything else, impossible days included.
    package init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10 || bytes.count == 7, bytes[4] == UInt8(ascii: "-"),
            let year = CalendarDate.number(bytes[0..<4]), let month = CalendarDate.number(bytes[5..<7])
        else { return nil }
        if bytes.count == 7 {
            self.init(year: year, month: month, day: nil)
        } else {
            guard bytes[7] == UInt8(ascii: "-"), let day = CalendarDate.number(bytes[8..<10]) else {
                return nil
            }
            self.init(year: year, month: month, day: day)
        }
    }

    /// The day of a moment in seconds since 1970, UTC.
    ///
    /// The civil-from-days algorithm of Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
    package init?(secondsSinceEpoch seconds: Int) {
        let days = seconds / 86_400 + 719_468
        guard seconds >= 0, days < 3_652_059 + 719_468 else { return nil }
        let era = days / 146_097
        let dayOfEra = days % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        self.init(
            year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
            day: dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    /// Days of a month, leap years counted.
    package static func days(inMonth month: Int, year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        default: 31
        }
    }

    /// Days since 1970-01-01; a date without a day counts as the first of its month.
    ///
    /// The civil-from-days algorithm of Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
    package var daysSinceEpoch: Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = shiftedYear / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + (day ?? 1) - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// True where this date is later, whatever the unknown day of either may be.
    package func isCertainlyAfter(_ other: CalendarDate) -> Bool {
        if let day, let otherDay = other.day {
            return (year, month, day) > (other.year, other.month, otherDay)
        }
        return (year, month) > (other.year, other.month)
    }

    package static func < (left: CalendarDate, right: CalendarDate) -> Bool {
        (left.year, left.month, left.day ?? 0) < (right.year, right.month, right.day ?? 0)
    }

    package var description: String {
        func padded(_ number: Int, _ width: Int) -> String {
            String(repeating: "0", count: max(0, width - String(number).count)) + String(number)
        }
        return padded(year, 4) + "-" + padded(month, 2) + (day.map { "-" + padded($0, 2) } ?? "")
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        var value = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            value = value * 10 + Int(digit - UInt8(ascii: "0"))
        }
        return value
    }
}
