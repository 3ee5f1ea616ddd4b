import ArgumentParser
package import Text

/// A day as an argument, `YYYY-MM-DD`.
package struct Day: ExpressibleByArgument, Sendable {
    package let date: CalendarDate

    package init?(argument: String) {
        guard let date = CalendarDate(argument), date.day != nil else { return nil }
        self.date = date
    }

    /// The day that was given, else the console's own, UTC.
    package static func today(_ given: Day?, on console: Console) throws -> CalendarDate {
        if let given { return given.date }
        guard let today = CalendarDate(secondsSinceEpoch: console.clock()) else {
            throw Failure("the clock gives no day; use --today")
        }
        return today
    }
}
