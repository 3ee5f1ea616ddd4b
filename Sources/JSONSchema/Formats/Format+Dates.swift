/// Dates, times and durations: RFC 3339, section 5.6 and appendix A.
extension Format {
    static func isDate(_ text: Span<UInt8>) -> Bool {
        var offset = 0
        return takeDate(text, at: &offset) && offset == text.count
    }

    static func isTime(_ text: Span<UInt8>) -> Bool {
        var offset = 0
        return takeTime(text, at: &offset) && offset == text.count
    }

    static func isDateTime(_ text: Span<UInt8>) -> Bool {
        var offset = 0
        guard takeDate(text, at: &offset) else { return false }
        guard text.take(UInt8(ascii: "T"), at: &offset) || text.take(UInt8(ascii: "t"), at: &offset) else {
            return false
        }
        return takeTime(text, at: &offset) && offset == text.count
    }

    /// A day of the Gregorian calendar, carried back before its introduction.
    private static func takeDate(_ text: Span<UInt8>, at offset: inout Int) -> Bool {
        guard let century = text.takeTwoDigits(at: &offset),
            let yearOfCentury = text.takeTwoDigits(at: &offset),
            text.take(UInt8(ascii: "-"), at: &offset), let month = text.takeTwoDigits(at: &offset),
            text.take(UInt8(ascii: "-"), at: &offset), let day = text.takeTwoDigits(at: &offset)
        else { return false }
        let isLeapYear = yearOfCentury == 0 ? century % 4 == 0 : yearOfCentury % 4 == 0
        let dayCount: Int
        switch month {
        case 1, 3, 5, 7, 8, 10, 12: dayCount = 31
        case 4, 6, 9, 11: dayCount = 30
        case 2: dayCount = isLeapYear ? 29 : 28
        default: return false
        }
        return day >= 1 && day <= dayCount
    }

    /// A time of day with its offset; second 60 only where it is 23:59 in UTC.
    private static func takeTime(_ text: Span<UInt8>, at offset: inout Int) -> Bool {
        guard let hour = text.takeTwoDigits(at: &offset), text.take(UInt8(ascii: ":"), at: &offset),
            let minute = text.takeTwoDigits(at: &offset), text.take(UInt8(ascii: ":"), at: &offset),
            let second = text.takeTwoDigits(at: &offset), hour < 24, minute < 60, second <= 60
        else { return false }
        if text.take(UInt8(ascii: "."), at: &offset), text.takeAll(.digits, at: &offset) == 0 { return false }
        guard let minutesEast = takeZone(text, at: &offset) else { return false }
        let minutesPerDay = 24 * 60
        let minuteInUTC = (hour * 60 + minute - minutesEast + minutesPerDay) % minutesPerDay
        return second < 60 || minuteInUTC == minutesPerDay - 1
    }

    /// `Z` or `±hh:mm`, in minutes east of UTC.
    private static func takeZone(_ text: Span<UInt8>, at offset: inout Int) -> Int? {
        if text.take(UInt8(ascii: "Z"), at: &offset) || text.take(UInt8(ascii: "z"), at: &offset) { return 0 }
        let isWest = text.take(UInt8(ascii: "-"), at: &offset)
        guard isWest || text.take(UInt8(ascii: "+"), at: &offset), let hour = text.takeTwoDigits(at: &offset),
            text.take(UInt8(ascii: ":"), at: &offset), let minute = text.takeTwoDigits(at: &offset),
            hour < 24,
            minute < 60
        else { return nil }
        return isWest ? -(hour * 60 + minute) : hour * 60 + minute
    }

    /// `P3Y6M4DT12H30M5S` or `P2W`: units may be left out at either end but not in the middle.
    static func isDuration(_ text: Span<UInt8>) -> Bool {
        var offset = 0
        guard text.take(UInt8(ascii: "P"), at: &offset) else { return false }
        if let weeks = takeUnits("W", of: text, at: &offset), weeks > 0 { return offset == text.count }
        offset = 1
        guard let dateUnits = takeUnits("YMD", of: text, at: &offset) else { return false }
        guard text.take(UInt8(ascii: "T"), at: &offset) else { return dateUnits > 0 && offset == text.count }
        guard let timeUnits = takeUnits("HMS", of: text, at: &offset) else { return false }
        return timeUnits > 0 && offset == text.count
    }

    /// Numbers followed by neighbouring units, in order; the count of them, or nil when one has no such unit.
    private static func takeUnits(_ units: StaticString, of text: Span<UInt8>, at offset: inout Int) -> Int? {
        var count = 0
        var previous: Int?
        while text.takeAll(.digits, at: &offset) > 0 {
            guard let unit = text.byte(at: offset),
                let index = units.withUTF8Buffer({ $0.firstIndex(of: unit) }),
                previous == nil || index == previous.map({ $0 + 1 })
            else { return nil }
            previous = index
            count += 1
            offset += 1
        }
        return count
    }
}
