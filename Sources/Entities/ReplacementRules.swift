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
        var reviews = review(
            models.map { Replaceable(id: $0.id.text, path: $0.path, pointer: "", status: $0.status) })
        reviews += review(
            providers.map { Replaceable(id: $0.id.text, path: $0.path, pointer: "", status: $0.status) })
        reviews += review(
            accelerators.map { Replaceable(id: $0.id.text, path: $0.path, pointer: "", status: $0.status) })
        for provider in providers { reviews += review(offers(at: provider.id), areOffers: true) }
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

    private func review(_ things: [Replaceable], areOffers: Bool = false) -> [Review] {
        guard things.contains(where: { $0.status.replacedBy != nil }) else { return [] }
        let byID = Dictionary(things.map { ($0.id, $0) }) { first, _ in first }
        return things.compactMap { thing in
            guard let replacement = thing.status.replacedBy else { return nil }
            var review = Review(path: thing.path)
            let pointer = thing.pointer + "/status/replaced_by"
            if let other = byID[replacement] {
                review.check(thing, replacedBy: other, among: byID, at: pointer)
            } else if areOffers {
                review.report(
                    .referenceUnknown, at: pointer, "no offer of this provider is called \"\(replacement)\"",
                    hint: Spelling.nearest(to: replacement, in: byID.keys.filter { $0 != thing.id }).map {
                        "did you mean \"\($0)\"?"
                    })
            }
            return review
        }
    }
}

extension Review {
    fileprivate mutating func check(
        _ thing: Replaceable, replacedBy other: Replaceable, among byID: [String: Replaceable],
        at pointer: String
    ) {
        var circle = [thing.id]
        var next = other
        while !circle.contains(next.id) {
            circle.append(next.id)
            guard let after = next.status.replacedBy.flatMap({ byID[$0] }) else {
                if other.status.stage == .retired {
                    report(
                        .replacementRetired, at: pointer, "\"\(other.id)\" is itself retired",
                        hint: next.id == other.id ? nil : "it was replaced in turn: \"\(next.id)\"")
                }
                return
            }
            next = after
        }
        // Everything in the circle sees it; the first in byte order tells.
        guard next.id == thing.id, circle.allSatisfy({ !$0.utf8.lexicographicallyPrecedes(thing.id.utf8) })
        else {
            return
        }
        report(
            .replacementCycle, at: pointer,
            circle.count == 1
                ? "\"\(thing.id)\" replaces itself"
                : "the replacements go round in a circle: "
                    + (circle + [thing.id]).map { "\"\($0)\"" }.joined(separator: ", "),
            hint: "name the one that is still offered")
    }
}
