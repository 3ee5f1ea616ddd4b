import Diagnostics
import Entities
import Ranking
import TestKit
import Testing
import Text

/// The formula ranking/1; docs/ranking.md has the same numbers.
struct ProviderRankingTests {
    private func published(_ formula: RankingFormula = RankingFormula()) throws -> ProviderRanking {
        let providers: [(String, Int, Int, Int, String)] = [
            ("a", 1, 180, 1_400, "0.4775"), ("b", 3, 245, 1_820, "0.6"), ("c", 5, 290, 2_100, "0.4625"),
        ]
        return ProviderRanking(
            try providers.map { name, failures, first, total, price in
                let samples = RankingFixtures.samples(
                    name, health: 1_000, failures: failures, firstToken: first, total: total)
                return (RankingFixtures.measurement(samples, name), try RankingFixtures.price(price))
            }, formula: formula)
    }

    /// The inputs of golden C5; the numbers were reckoned apart from this code.
    @Test func `The published example`() throws {
        let ranking = try published()
        #expect(ranking.entries.map(\.provider.text) == ["a", "b", "c"])
        #expect(ranking.entries.map(\.tenths) == [836, 777, 765])
        #expect(ranking.entries.map(\.rank) == [1, 2, 3])
        let expected = [
            [39_168_627, 26_170_912, 10_000_000, 8_229_866], [37_600_000, 24_162_509, 8_352_691, 7_537_503],
            [36_031_373, 23_064_030, 10_230_237, 7_160_501],
        ]
        for (entry, contributions) in zip(ranking.entries, expected) {
            for (actual, expected) in zip(entry.contributions, contributions) {
                #expect(abs(actual - expected) <= 1)
            }
            #expect(entry.contributions.reduce(0, +) == entry.millionths)
            #expect(entry.margin > 0)
        }
        #expect(ranking.referencePrice?.description == "0.4775")
        #expect(abs(ranking.fleetUptime - 0.997) < 1e-12)
    }

    @Test func `By the ratio to the best, the best of each has all points`() throws {
        var formula = RankingFormula()
        formula.scale = .ratio
        let ranking = try published(formula)
        #expect(ranking.entries.first?.parts[0] == 1)
        #expect(ranking.entries.first { $0.provider == "c" }?.parts[2] == 1)
    }

    @Test(arguments: [
        (0.9999, 1.0, RankingFormula.Uptime.nines), (0.999, 2.0 / 3, .nines), (0.99, 1.0 / 3, .nines),
        (0.9, 0, .nines),
        (0.975, 0.5, .linear),
        (0.95, 0, .linear), (1, 1, .linear), (1, 1, .nines), (0.5, 0, .linear),
    ])
    func `Uptime counts in proportion, or by its nines`(
        uptime: Double, part: Double, way: RankingFormula.Uptime
    ) throws {
        var formula = RankingFormula()
        formula.uptime = way
        var measured = Measurement(provider: "a")
        measured.healthCount = 20_000
        measured.healthHalves = Int((uptime * 40_000).rounded())
        measured.healthAgeSeconds = 0
        let ranking = ProviderRanking([(measured, .unknown)], formula: formula)
        #expect(abs((ranking.entries.first?.parts[0] ?? -1) - part) < 1e-9)
    }

    /// Seed defect 8 of the registry's system: a refused key counted as up, and a provider's uptime as a model's.
    @Test func `A refused key says nothing, and is told; too many requests are half a success`() throws {
        var samples = RankingFixtures.samples("a", health: 40, failures: 0, firstToken: 100, total: 500)
        for index in 0..<8 { samples[index].status = index < 4 ? 401 : 429 }
        let measured = RankingFixtures.measurement(samples, "a")
        #expect(measured.healthCount == 36)
        #expect(measured.healthHalves == 64 + 4)
        #expect(measured.unauthorizedCount == 4)
        let table = ProviderRanking([(measured, .free)]).table(isExplained: false)
        #expect(table.rows.first?.last == .text("auth"))
    }

    @Test func `Of several probes in a slot the last counts, and what is older than a week does not`() {
        let id: Provider.ID = "a"
        func probe(_ seconds: Int, _ status: Int) -> TelemetrySample {
            TelemetrySample(provider: id, kind: .health, seconds: seconds, status: status, isSound: true)
        }
        let end = RankingFixtures.end
        let measured = RankingFixtures.measurement(
            [probe(end, 200), probe(end - 290, 200), probe(end - 280, 500), probe(end - 7 * 86_400, 200)], "a"
        )
        #expect(measured.healthCount == 2)
        #expect(measured.healthHalves == 2)
    }

    @Test func `The median of an even number is the lower one`() {
        var samples = RankingFixtures.samples(
            "a", health: 30, failures: 0, latency: 8, firstToken: 100, total: 227)
        for index in 34..<38 { samples[index].firstTokenMicroseconds = 200_000 }
        let measured = RankingFixtures.measurement(samples, "a")
        #expect(measured.firstTokenMicroseconds == 100_000)
        #expect(measured.latencyCount == 8)
    }

    @Test func `Too little is provisional and stands behind, nothing at all is unranked`() throws {
        let good = RankingFixtures.samples("good", health: 100, failures: 4, firstToken: 900, total: 5_000)
        let new = RankingFixtures.samples("new", health: 23, failures: 0, firstToken: 50, total: 100)
        let old = RankingFixtures.samples("old", health: 100, failures: 0, firstToken: 50, total: 100).map {
            sample in
            var sample = sample
            sample.seconds -= 3_601
            return sample
        }
        let price = try RankingFixtures.price("1")
        let ranking = ProviderRanking([
            (RankingFixtures.measurement([], "none"), price),
            (RankingFixtures.measurement(old, "old"), price),
            (RankingFixtures.measurement(new, "new"), price),
            (RankingFixtures.measurement(good, "good"), price),
        ])
        #expect(ranking.entries.map(\.provider.text) == ["good", "new", "old", "none"])
        #expect(ranking.entries.map(\.rank) == [1, 2, 3, nil])
        #expect(ranking.entries[1].assumed == [.uptime])
        #expect(ranking.entries[2].assumed == [.uptime, .firstToken, .rest])
        #expect(ranking.entries[1].parts[0] == ranking.entries[0].parts[0])
    }

    @Test func `A price that is not known gives no points, none has all`() throws {
        let samples = RankingFixtures.samples("a", health: 100, failures: 0, firstToken: 200, total: 900)
        let measured = RankingFixtures.measurement(samples, "a")
        let parts = try [Price.unknown, .free, RankingFixtures.price("4"), RankingFixtures.price("1")].map {
            price in
            ProviderRanking([(measured, price), (measured, try RankingFixtures.price("1"))]).entries
                .first { $0.price == price }?.parts[2]
        }
        #expect(parts == [0, 1, 0, 0.5])
    }
}
