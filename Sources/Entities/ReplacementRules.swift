import Diagnostics
import Text

/// One thing that something else may replace.
private struct Replaceable {
    var id: String
    var path: String
    var pointer: String
    var status: Status
}

extension Catalog {
    /// What replaces something is another thing that is not retired, and the replacements go round in no circle.
    func replacementReviews() -> [Review] {
        var reviews = reviews(
            of: models.map { Replaceable(id: $0.id.text, path: $0.path, pointer: "", status: $0.status) })
        reviews += self.reviews(
            of: providers.map { Replaceable(id: $0.id.text, path: $0.path, pointer: "", status: $0.status) })
        reviews += self.reviews(
            of: accelerators.map {
                Replaceable(id: $0.id.text, path: $0.path, pointer: "", status: $0.status)
            })
        for provider in providers {
            let offers = offers(at: provider.id)
            reviews += self.reviews(of: offers) + unknownOffers(among: offers)
        }
        return reviews
    }

    private func offers(at provider: Provider.ID) -> [Replaceable] {
        mappings(atProvider: provider).flatMap { mapping in
            mapping.offers.enumerated().map { index, offer in
                Replaceable(
                    id: offer.providerModelID, path: mapping.path, pointer: "/offers/\(index)",
                    status: offer.status)
            }
        }
    }

    private func reviews(of things: [Replaceable]) -> [Review] {
        guard things.contains(where: { $0.status.replacedBy != nil }) else { return [] }
        let places = Dictionary(things.indices.map { (things[$0].id, $0) }) { first, _ in first }
        let chain = Chain(things.map { $0.status.replacedBy.flatMap { places[$0] } })
        let circles = chain.circles
        var reviews = circles.map { circle in
            var review = Review(path: things[circle[0]].path)
            review.reportCircle(of: circle.map { things[$0] })
            return review
        }
        let circling = Set(circles.joined())
        for (place, thing) in things.enumerated() where !circling.contains(place) {
            guard let other = chain.next[place], things[other].status.stage == .retired else { continue }
            let heir = chain.steps(from: other).first { things[$0].status.stage != .retired }
            var review = Review(path: thing.path)
            review.report(
                .replacementRetired, at: thing.pointer + "/status/replaced_by",
                "\"\(things[other].id)\" is itself retired",
                hint: heir.map { "it was replaced in turn: \"\(things[$0].id)\"" })
            reviews.append(review)
        }
        return reviews
    }

    /// Offers name each other by what requests call them, which no reference between files covers.
    private func unknownOffers(among offers: [Replaceable]) -> [Review] {
        let names = Set(offers.map(\.id))
        return offers.compactMap { offer in
            guard let replacement = offer.status.replacedBy, !names.contains(replacement) else { return nil }
            var review = Review(path: offer.path)
            let nearest = Spelling.nearest(to: replacement, in: names.filter { $0 != offer.id })
            review.report(
                .referenceUnknown, at: offer.pointer + "/status/replaced_by",
                "no offer of this provider is called \"\(replacement)\"",
                hint: nearest.map { "did you mean \"\($0)\"?" })
            return review
        }
    }
}

extension Review {
    fileprivate mutating func reportCircle(of things: [Replaceable]) {
        let names = (things + things.prefix(1)).map { "\"\($0.id)\"" }.joined(separator: ", ")
        report(
            .replacementCycle, at: things[0].pointer + "/status/replaced_by",
            things.count == 1
                ? "\"\(things[0].id)\" replaces itself" : "the replacements go round in a circle: \(names)",
            hint: "name the one that is still offered")
    }
}

/// Places each of which leads to at most one other.
private struct Chain {
    let next: [Int?]

    init(_ next: [Int?]) {
        self.next = next
    }

    /// The circles in it, each from its first place on. Linear.
    var circles: [[Int]] {
        var circles: [[Int]] = []
        // The walk that came by first, for each place.
        var walks = [Int](repeating: -1, count: next.count)
        for start in next.indices {
            var place: Int? = start
            while let current = place, walks[current] < 0 {
                walks[current] = start
                place = next[current]
            }
            guard let entry = place, walks[entry] == start else { continue }
            var circle = [entry]
            while let after = next[circle[circle.count - 1]], after != entry { circle.append(after) }
            let first = circle.indices.min { circle[$0] < circle[$1] } ?? 0
            circles.append(Array(circle[first...] + circle[..<first]))
        }
        return circles
    }

    /// Where one gets from a place, a few steps far.
    func steps(from place: Int) -> [Int] {
        var steps: [Int] = []
        var current = next[place]
        while let step = current, steps.count < 16 {
            steps.append(step)
            current = next[step]
        }
        return steps
    }
}
