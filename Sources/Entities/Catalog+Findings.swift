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

        var places: [String: Places] = [:]
        for record in records where places[record.entity.path] == nil {
            places[record.entity.path] = record.places
        }
        return reviews.flatMap { review in
            review.diagnostics { path, pointer in
                places[path]?.location(of: pointer) ?? Location(path: path, span: .start)
            }
        }
    }
}
