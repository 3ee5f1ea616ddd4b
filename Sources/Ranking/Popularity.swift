package import Entities
package import Text

/// How much a model is asked for, as far as its age and its numbers tell.
package enum Popularity {
    /// From 0 to 1: seven tenths for age, three tenths for the number of providers as a share of the most offered model's.
    ///
    /// Age counts 1 up to 6 months and falls to 0 at 24 (OpenModels, GET /models/popular).
    package static func score(ageMonths: Double, providers: Int, most: Int) -> Double {
        let recency = min(1, max(0, (24 - ageMonths) / 18))
        return 0.7 * recency + 0.3 * (most > 0 ? Double(providers) / Double(most) : 0)
    }

    /// From 0 to 100: four tenths for age within 90 days, four for downloads by the thousand, two for likes by the
    /// hundred; 0 for a model that has too few of both.
    package static func trend(ageDays: Int, downloads: Int, likes: Int) -> Double {
        let downloaded = downloads < 1_000 ? 0 : min(100, Double(downloads) / 1_000)
        let liked = likes < 100 ? 0 : min(100, Double(likes) / 100)
        // What is older than three months is no longer listed as new, whatever its numbers.
        guard ageDays <= 91, downloaded > 0 || liked > 0 else { return 0 }
        let recency = max(0, Double(90 - ageDays) / 90 * 100)
        return 0.4 * recency + 0.4 * downloaded + 0.2 * liked
    }

    /// The score of every model on a day, the highest first; of equal ones by id. Models that are not released by then, or
    /// of no known age, have only their providers.
    package static func scores(in catalog: Catalog, on day: CalendarDate) -> [(
        model: Model, providers: Int, score: Double
    )] {
        let counts = catalog.models.map { Set(catalog.mappings(ofModel: $0.id).map(\.provider)).count }
        let most = counts.max() ?? 0
        return zip(catalog.models, counts).map { model, providers in
            let days = model.released.map { day.daysSinceEpoch - $0.daysSinceEpoch }.flatMap {
                $0 >= 0 ? $0 : nil
            }
            let months = days.map { Double($0) / 30.4375 } ?? 24
            return (model, providers, score(ageMonths: months, providers: providers, most: most))
        }.sorted { $0.2 != $1.2 ? $0.2 > $1.2 : $0.0.id < $1.0.id }
    }
}
