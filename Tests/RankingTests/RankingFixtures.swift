import Entities
import Ranking
import TestKit
import Testing
import Text

/// Probes and measurements made up.
enum RankingFixtures {
    static let end = 1_788_220_800

    /// A week's probes of which so many health probes fail, with the same times throughout.
    static func samples(
        _ provider: String, health: Int, failures: Int, latency: Int = 100, firstToken: Int, total: Int
    ) -> [TelemetrySample] {
        let id = Provider.ID(provider)
        let checks = (0..<health).map { index in
            TelemetrySample(
                provider: id, kind: .health, seconds: end - index * 300, status: index < failures ? 500 : 200,
                isSound: true)
        }
        let timed = (0..<latency).map { index in
            TelemetrySample(
                provider: id, kind: .latency, seconds: end - index * 900, status: 200, isSound: true,
                firstTokenMicroseconds: firstToken * 1_000, totalMicroseconds: total * 1_000,
                outputTokens: 128)
        }
        return checks + timed
    }

    static func measurement(_ samples: [TelemetrySample], _ provider: String) -> Measurement {
        Measurement(provider: Provider.ID(provider), samples: samples, until: end)
    }

    static func price(_ text: String) throws -> Price {
        .known(try #require(Number(text).flatMap(Money.init)))
    }

    /// A well measured provider at random.
    static func random(_ provider: String, _ generator: inout SeededGenerator) throws -> (Measurement, Price)
    {
        var measured = Measurement(provider: Provider.ID(provider))
        measured.healthCount = Int.random(in: 24...2_016, using: &generator)
        measured.healthHalves =
            measured.healthCount * 2 - Int.random(in: 0...measured.healthCount / 8, using: &generator)
        measured.healthAgeSeconds = 60
        measured.latencyAgeSeconds = 60
        measured.latencyCount = Int.random(in: 8...672, using: &generator)
        measured.firstTokenMicroseconds = Int.random(in: 50_000...12_000_000, using: &generator)
        measured.millisecondsPerToken = Double.random(in: 2...300, using: &generator)
        measured.totalMicroseconds = Int.random(in: 200_000...40_000_000, using: &generator)
        return (
            measured, .known(Money(trillionths: Int128.random(in: 1...20_000_000_000_000, using: &generator)))
        )
    }
}
