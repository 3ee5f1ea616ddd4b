import TestKit
import Testing

@testable import Redis

@Suite struct GlobPatternTests {
    @Test(arguments: [
        ("models:*", "models:", true), ("models:*", "model:", false), ("*:*", "a:b", true),
        ("a?c", "abc", true),
        ("a?c", "ac", false), ("[a-c]x", "bx", true), ("[^a-c]x", "bx", false), ("\\*", "*", true),
        ("\\*", "a", false), ("", "", true), ("*", "", true), ("a*b*c", "aXbXbc", true), ("[a", "a", true),
        ("a**b", "ab", true),
    ])
    func `patterns match as in the manual`(pattern: String, key: String, fits: Bool) {
        #expect(GlobPattern(pattern).matches(Array(key.utf8)) == fits)
    }

    /// The server itself says what a pattern means.
    @Test func `random patterns match what the server's own matching does`() throws {
        try Files.withTemporaryFolder { folder in
            let redis = try ScratchRedis(in: folder)
            var connection = try RedisConnection.open(RedisSettings(url: redis.url))
            for seed in 1...300 as ClosedRange<UInt64> {
                var generator = SeededGenerator(seed: seed)
                let all = (0..<20).map { _ in word("abc-:]^", &generator) }
                try connection.call(RedisCommand("FLUSHALL"))
                for key in all { try connection.call(RedisCommand("SET", key, "")) }
                let pattern = word("abc-:?*[]^\\", &generator)
                guard case .array(let replies) = try connection.call(RedisCommand("KEYS", pattern)) else {
                    continue
                }
                let server = Set(replies.compactMap(\.text))
                let own = Set(all.map { Array($0.utf8) }.filter(GlobPattern(pattern).matches))
                #expect(own == server, "seed \(seed), pattern \(pattern)")
            }
        }
    }

    private func word(_ letters: String, _ generator: inout SeededGenerator) -> String {
        let letters = Array(letters)
        return String(
            (0..<Int.random(in: 1...6, using: &generator)).map { _ in
                letters[Int.random(in: letters.indices, using: &generator)]
            })
    }
}
