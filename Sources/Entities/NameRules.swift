import Diagnostics

extension Catalog {
    /// No alias of one entity spells the id of another of its kind.
    func nameReviews() -> [Review] {
        reviews(of: models, ids: models.map(\.id.text)) { ($0.id.text, $0.path, $0.aliases) }
            + reviews(of: providers, ids: providers.map(\.id.text)) { ($0.id.text, $0.path, $0.aliases) }
            + reviews(of: accelerators, ids: accelerators.map(\.id.text)) {
                ($0.id.text, $0.path, $0.aliases)
            }
    }

    private func reviews<Entity>(
        of entities: [Entity], ids: [String], names: (Entity) -> (id: String, path: String, aliases: [Alias])
    ) -> [Review] {
        var idByName: [String: String] = [:]
        for id in ids { idByName[id.lowercased()] = id }
        return entities.map { entity in
            let (id, path, aliases) = names(entity)
            var review = Review(path: path)
            for (index, alias) in aliases.enumerated() {
                guard let other = idByName[alias.value.lowercased()], other != id else { continue }
                review.report(
                    .aliasShadowsID, at: "/aliases/\(index)/value",
                    "\"\(alias.value)\" is the id of \"\(other)\"",
                    hint: "remove the alias: a name means one thing")
            }
            return review
        }
    }
}
