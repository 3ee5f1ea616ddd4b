import Entities
import Ranking
import TestKit
import Testing
import Text

/// What must hold of any ranking.
struct RankingPropertyTests {
    private static let seeds: [UInt64] = [1, 20, 300, 4_000, 50_000]

    private func providers(_ count: Int, _ generator: inout SeededGenerator) throws -> [(Measurement, Price)]
    {
        try (0..<count).map { try RankingFixtures.random("p\($0)", &generator) }
    }

    private func scores(_ ranking: ProviderRanking) -> [Provider.ID: Int] {
        Dictionary(ranking.entries.map { ($0.provider, $0.millionths) }) { first, _ in first }
    }

    @Test(arguments: seeds)
    func `The order of the input changes nothing`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let measured = try providers(12, &generator)
        let ranking = ProviderRanking(measured)
        let shuffled = ProviderRanking(measured.shuffled(using: &generator))
        #expect(ranking.entries.map(\.provider) == shuffled.entries.map(\.provider), "seed \(seed)")
        #expect(ranking.entries.map(\.rank) == shuffled.entries.map(\.rank), "seed \(seed)")
        #expect(scores(ranking) == scores(shuffled), "seed \(seed)")
    }

    @Test(arguments: seeds)
    func `Another provider changes no score but through the median price and the mean uptime`(seed: UInt64)
        throws
    {
        var generator = SeededGenerator(seed: seed)
        let measured = try providers(9, &generator)
        let before = ProviderRanking(measured)
        var (other, _) = try RankingFixtures.random("other", &generator)
        // It has the mean uptime, and no price that could move the median.
        other.healthCount = measured.reduce(0) { $0 + $1.0.healthCount }
        other.healthHalves = measured.reduce(0) { $0 + $1.0.healthHalves }
        let after = ProviderRanking(measured + [(other, .unknown)])
        var scores = scores(after)
        scores["other"] = nil
        #expect(scores == self.scores(before), "seed \(seed)")
    }

    @Test(arguments: seeds)
    func `Improving one factor never lowers a score`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for round in 0..<40 {
            var measured = try providers(6, &generator)
            let name = measured[0].0.provider
            let before = scores(ProviderRanking(measured))[name] ?? 0
            switch round % 4 {
            case 0:
                measured[0].0.healthHalves = min(
                    measured[0].0.healthCount * 2, measured[0].0.healthHalves + 20)
            case 1: measured[0].0.firstTokenMicroseconds = (measured[0].0.firstTokenMicroseconds ?? 2) / 2
            case 2:
                measured[0].1 = .known(Money(trillionths: (measured[0].1.amount?.trillionths ?? 2) / 3 + 1))
            default: measured[0].0.millisecondsPerToken = (measured[0].0.millisecondsPerToken ?? 2) / 2
            }
            let after = scores(ProviderRanking(measured))[name] ?? 0
            #expect(after >= before, "seed \(seed), round \(round)")
        }
    }

    @Test(arguments: seeds)
    func `Equal providers share a rank, and the next is counted on`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let (measured, price) = try RankingFixtures.random("a", &generator)
        func twin(_ name: String) -> Measurement {
            var twin = Measurement(provider: Provider.ID(name))
            twin.healthCount = measured.healthCount
            twin.healthHalves = measured.healthHalves
            twin.healthAgeSeconds = measured.healthAgeSeconds
            twin.latencyAgeSeconds = measured.latencyAgeSeconds
            twin.latencyCount = measured.latencyCount
            twin.firstTokenMicroseconds = measured.firstTokenMicroseconds
            twin.millisecondsPerToken = measured.millisecondsPerToken
            return twin
        }
        let all = ProviderRanking([(twin("c"), price), (twin("a"), price), (twin("b"), price)])
        #expect(all.entries.map(\.rank) == [1, 1, 1], "seed \(seed)")
        #expect(all.entries.map(\.provider.text) == ["a", "b", "c"], "seed \(seed)")
        var worse = twin("d")
        worse.healthHalves = 0
        let four = ProviderRanking([(worse, .unknown), (twin("a"), price), (twin("b"), price)])
        #expect(four.entries.map(\.rank) == [1, 1, 3], "seed \(seed)")
    }

    @Test(arguments: seeds)
    func `The points sum to the score, between 0 and 100`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for entry in ProviderRanking(try providers(30, &generator)).entries {
            #expect(entry.contributions.reduce(0, +) == entry.millionths, "seed \(seed)")
            #expect((0...100_000_000).contains(entry.millionths), "seed \(seed)")
        }
    }

    @Test func `A published list changes places only when one is clearly ahead twice`() {
        func ranking(_ first: Int, _ second: Int) -> ProviderRanking {
            ProviderRanking(
                zip(["a", "b"], [first, second]).map { name, milliseconds in
                    let samples = RankingFixtures.samples(
                        name, health: 100, failures: 0, firstToken: milliseconds, total: milliseconds + 635)
                    return (RankingFixtures.measurement(samples, name), .free)
                })
        }
        let order = { (rankings: [ProviderRanking]) in PublishedOrder(replaying: rankings).providers }
        #expect(order([ranking(200, 400)]) == ["a", "b"])
        #expect(order([ranking(200, 400), ranking(400, 200)]) == ["a", "b"])
        #expect(order([ranking(200, 400), ranking(400, 200), ranking(400, 200)]) == ["b", "a"])
        #expect(order([ranking(200, 400), ranking(201, 200), ranking(201, 200)]) == ["a", "b"])
    }
}
