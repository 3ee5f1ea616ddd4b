import Ranking
import Testing

struct PopularityTests {
    /// Golden C4, ages in months and providers of the most, 15.
    @Test(arguments: [(3.0, 15, 1.0), (12, 5, 0.5667), (15, 0, 0.35), (24, 15, 0.30), (30, 3, 0.06)])
    func `Popular is what is new and much offered`(months: Double, providers: Int, score: Double) {
        #expect(abs(Popularity.score(ageMonths: months, providers: providers, most: 15) - score) < 5e-5)
    }

    /// Golden A7.
    @Test(arguments: [
        (0, 100_000, 10_000, 100.0), (45, 50_000, 500, 41), (30, 999, 99, 0), (92, 1_000_000, 1_000_000, 0),
        (91, 1_000_000, 1_000_000, 60),
    ])
    func `A trend is age, downloads and likes`(days: Int, downloads: Int, likes: Int, score: Double) {
        #expect(abs(Popularity.trend(ageDays: days, downloads: downloads, likes: likes) - score) < 1e-9)
    }
}
