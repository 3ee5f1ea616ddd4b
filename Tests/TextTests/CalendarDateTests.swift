import Testing
import Text

@Suite struct CalendarDateTests {
    @Test(arguments: [
        "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31", "2026-11", "1970-01-01", "2025-04-30",
    ])
    func `a date that exists is read and written the same`(text: String) {
        #expect(CalendarDate(text)?.description == text)
    }

    @Test(arguments: [
        "", "2025", "2025-02-29", "1900-02-29", "2100-02-29", "2025-04-31", "2025-13", "2025-00-10",
        "2025-01-00",
        "2025-01-32", "0000-01-01", "2025/01/01", "2025-1-01", "25-01-01", "2025-01-011", "２０２５-01",
        "+025-01-01",
        "2025-01-1x", "2025-01-01T00:00:00Z",
    ])
    func `anything else is not a date`(text: String) {
        #expect(CalendarDate(text) == nil)
    }

    @Test(arguments: [
        ("1970-01-01", 0), ("1969-12-31", -1), ("2000-03-01", 11_017), ("2024-02-29", 19_782),
        ("0001-01-01", -719_162), ("9999-12-31", 2_932_896), ("1970-02", 31),
    ])
    func `days are counted from 1970`(text: String, days: Int) throws {
        #expect(try #require(CalendarDate(text)).daysSinceEpoch == days)
    }

    @Test func `every day of four centuries follows the one before`() throws {
        var expected = try #require(CalendarDate("1899-12-31")).daysSinceEpoch
        for year in 1900..<2300 {
            for month in 1...12 {
                for day in 1...CalendarDate.days(inMonth: month, year: year) {
                    expected += 1
                    let date = try #require(CalendarDate(year: year, month: month, day: day))
                    guard date.daysSinceEpoch == expected else {
                        Issue.record("\(date) is day \(date.daysSinceEpoch), not \(expected)")
                        return
                    }
                }
            }
        }
        #expect(CalendarDate("2299-12-31")?.daysSinceEpoch == expected)
    }

    /// The earlier and the later date, and whether that is so whatever an unknown day is.
    @Test(arguments: [
        ("2024-05-31", "2024-06-01", true), ("2024-06", "2024-06-01", false),
        ("2024-06", "2024-06-30", false),
        ("2024-05", "2024-06-01", true), ("2023-12", "2024-01", true),
    ])
    func `dates are ordered, and certainly later only where known`(early: String, late: String, certain: Bool)
        throws
    {
        let (early, late) = (try #require(CalendarDate(early)), try #require(CalendarDate(late)))
        #expect(early < late && !(late < early))
        #expect(late.isCertainlyAfter(early) == certain)
        #expect(!early.isCertainlyAfter(late) && !early.isCertainlyAfter(early))
    }
}
