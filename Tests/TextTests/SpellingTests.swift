import TestKit
import Testing
import Text

@Suite struct SpellingTests {
    @Test(
        arguments: [
            ("contxt", ["context", "content"], "context"), ("Context", ["context"], "context"),
            ("max_ouput", ["max_input", "max_output"], "max_output"), ("ab", ["ba", "xy"], "ba"),
            ("abc", ["xyz"], nil), ("", ["a"], nil), ("a", ["a"], nil),
            ("cat", ["bat", "Bat", "rat"], "Bat"),
            ("instruct", [], nil),
        ] as [(String, [String], String?)])
    func `the nearest word is offered when it is near enough`(
        word: String, candidates: [String], expected: String?
    ) {
        #expect(Spelling.nearest(to: word, in: candidates) == expected)
        #expect(Spelling.nearest(to: word, in: candidates.reversed()) == expected)
    }

    @Test func `a word of any length is answered`() {
        let long = String(repeating: "x", count: 100_000)
        #expect(Spelling.nearest(to: long, in: [long + "y"]) == nil)
    }

    @Test func `the distance agrees with its definition`() {
        var generator = SeededGenerator(seed: 3)
        func word() -> [UInt8] {
            (0..<Int.random(in: 0...7, using: &generator)).map { _ in
                UInt8.random(in: 97...99, using: &generator)
            }
        }
        for _ in 0..<2_000 {
            let (left, right) = (word(), word())
            let limit = Int.random(in: 0...7, using: &generator)
            let expected = distance(left[...], right[...])
            let answer = Spelling.editDistance(left, right, limit: limit)
            #expect(
                answer == expected || (answer > limit && expected > limit),
                "\(left) \(right) \(limit), seed 3")
        }
    }

    /// Optimal string alignment by its recursive definition.
    private func distance(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Int {
        guard let last = left.last, let other = right.last else { return max(left.count, right.count) }
        let (shortLeft, shortRight) = (left.dropLast(), right.dropLast())
        if last == other { return distance(shortLeft, shortRight) }
        var best =
            min(distance(shortLeft, right), distance(left, shortRight), distance(shortLeft, shortRight)) + 1
        if shortLeft.last == other, shortRight.last == last {
            best = min(best, distance(shortLeft.dropLast(), shortRight.dropLast()) + 1)
        }
        return best
    }
}
