/// What the work on one document costs, in steps of about 20 ns: what it takes to enter a schema.
///
/// A file of a registry costs some hundred steps.
enum Cost {
    /// The cost of going through a schema for its faults rather than its verdict.
    static let ofExplaining = 10
    /// The cost of putting one fault into words.
    static let ofFault = 100
    /// The cost of holding a misspelt word against a right one.
    static let ofComparingWords = 20

    /// The cost of looking for a pattern in a text.
    static func ofMatching(_ byteCount: Int, stepsPerByte: Int) -> Int {
        byteCount * stepsPerByte / 8 + 1
    }

    /// The cost of a comparison or a division of a number: quadratic in its digits.
    static func ofDividing(_ digitCount: Int) -> Int {
        digitCount * digitCount / 64
    }
}
