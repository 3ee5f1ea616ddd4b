/// A generator of repeatable numbers: the same seed gives the same sequence on every machine.
///
/// Source: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", 2014.
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

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
