import Text

/// An entity that a search found, and how well its name fits.
package struct SearchHit: Sendable, Hashable {
    /// The better first.
    package enum Fit: Int, Sendable, Comparable, CaseIterable {
        case exact, prefix, substring, typo

        package static func < (left: Fit, right: Fit) -> Bool { left.rawValue < right.rawValue }
    }

    package let kind: EntityKind
    package let id: String
    package let name: String
    /// The name that fits: an id, a part of one, an alias.
    package let match: String
    package let fit: Fit
}

extension Catalog {
    /// Models, providers and accelerators whose id, name or alias is a text, begins with it, holds it, or is a few slips of
    /// the pen away, upper and lower case alike; in that order, then the shorter name, then by id. Linear in the names.
    package func search(_ text: String, limit: Int) -> [SearchHit] {
        let wanted = text.lowercased()
        guard !wanted.isEmpty else { return [] }
        var hits: [SearchHit] = []
        for model in models {
            let names = [model.name, model.huggingFace?.repo].compactMap { $0 } + model.aliases.map(\.value)
            hits += Catalog.hit(.model, model.id.text, model.name, names, wanted)
        }
        for provider in providers {
            hits += Catalog.hit(
                .provider, provider.id.text, provider.name, [provider.name] + provider.aliases.map(\.value),
                wanted)
        }
        for accelerator in accelerators {
            hits += Catalog.hit(
                .accelerator, accelerator.id.text, accelerator.name,
                [accelerator.name] + accelerator.aliases.map(\.value), wanted)
        }
        hits.sort { left, right in
            if left.fit != right.fit { return left.fit < right.fit }
            if left.match.utf8.count != right.match.utf8.count {
                return left.match.utf8.count < right.match.utf8.count
            }
            return left.id.precedesInByteOrder(right.id)
        }
        return Array(hits.prefix(limit))
    }

    /// The best fit among the names of one entity; none where nothing fits.
    private static func hit(
        _ kind: EntityKind, _ id: String, _ name: String, _ names: [String], _ wanted: String
    ) -> [SearchHit] {
        // A vendor before the name is seldom typed.
        let short = id.split(separator: "/").last.map(String.init) ?? id
        var best: (fit: SearchHit.Fit, match: String)?
        for candidate in [id, short] + names {
            guard let fit = fit(candidate.lowercased(), wanted) else { continue }
            if let known = best, known.fit <= fit { continue }
            best = (fit, candidate)
        }
        return best.map { [SearchHit(kind: kind, id: id, name: name, match: $0.match, fit: $0.fit)] } ?? []
    }

    private static func fit(_ name: String, _ wanted: String) -> SearchHit.Fit? {
        if name == wanted { return .exact }
        if name.hasPrefix(wanted) { return .prefix }
        if name.utf8.count > wanted.utf8.count, name.contains(wanted) { return .substring }
        let limit = min(2, wanted.utf8.count / 4)
        let isNear =
            limit > 0 && Spelling.editDistance(Array(name.utf8), Array(wanted.utf8), limit: limit) <= limit
        return isNear ? .typo : nil
    }
}
