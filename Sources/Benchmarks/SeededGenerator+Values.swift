import TestKit

extension SeededGenerator {
    /// One of the values; the first when there is only one.
    mutating func pick<Value>(_ first: Value, _ others: Value...) -> Value {
        let index = Int.random(in: 0...others.count, using: &self)
        return index == 0 ? first : others[index - 1]
    }

    /// An ISO date of the years given; months stay below October and days below 29, so every one exists.
    mutating func date(in years: ClosedRange<Int>) -> String {
        let year = Int.random(in: years, using: &self)
        let month = Int.random(in: 1...9, using: &self)
        let day = Int.random(in: 1...28, using: &self)
        return "\(year)-0\(month)-\(day < 10 ? "0" : "")\(day)"
    }
}
