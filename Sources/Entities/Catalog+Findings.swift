package import Diagnostics
import Text

extension Catalog {
    /// What the rules between files find: the records are those that the catalog was made of.
    ///
    /// In no particular order. Close to linear in the entities.
    package func findings(_ records: [EntityRecord]) -> [Diagnostic] {
        var reviews = mappings.map(review)
        reviews += nameReviews() + replacementReviews() + unitSlipReviews()
        reviews.removeAll { $0.remarks.isEmpty }
        guard !reviews.isEmpty else { return [] }

        let places = Catalog.places(of: Set(reviews.flatMap(\.paths)), in: records)
        return reviews.flatMap { review in
            review.diagnostics { path, pointer in
                places[path]?.location(of: pointer) ?? Location(path: path, span: .start)
            }
        }
    }

    /// What is known of the places in some files: of each, the first record whose ids spell its path.
    private static func places(of paths: Set<String>, in records: [EntityRecord]) -> [String: Places] {
        var places: [String: Places] = [:]
        for record in records {
            let path = record.entity.path
            if paths.contains(path), places[path] == nil { places[path] = record.places }
        }
        return places
    }
}
