package import Entities

/// What is watched over parameter counts: each check gives the reason why an import must not go on, or nil.
package enum CountWatch {
    /// A count that moved by more than half, or to less than two thirds.
    package static func moved(_ subject: String, from old: Int, to new: Int) -> Alarm? {
        guard old > 0 else { return nil }
        let ratio = Double(new) / Double(old)
        guard ratio > 1.5 || ratio < 0.66 else { return nil }
        return Alarm(.countMoved, subject, "\(new) parameters, \(ratio.inPercent) of the \(old) before")
    }

    /// An estimate that is more than 30 % off a number that is known better.
    package static func estimateOff(_ subject: String, estimate: Int, authority: Int) -> Alarm? {
        guard authority > 0,
            Double(estimate).distance(to: Double(authority)).magnitude > 0.3 * Double(authority)
        else { return nil }
        return Alarm(.estimateOff, subject, "\(estimate) parameters estimated, \(authority) known")
    }

    /// A size in words that is that of another model: more than double, or less than half.
    package static func siblingSize(_ subject: String, stated: Int, authority: Int) -> Alarm? {
        guard authority > 0, stated > 2 * authority || 2 * stated < authority else { return nil }
        return Alarm(
            .siblingSize, subject, "\(stated) parameters stated, \(authority) known: another model's size?")
    }

    /// Stored values of a checkpoint with four bits a weight that are too few to be its parameters.
    package static func packedWords(_ subject: String, stored: Int, known: Int, isFourBit: Bool) -> Alarm? {
        guard known > 0, isFourBit, Double(stored) < 0.8 * Double(known) else { return nil }
        return Alarm(
            .packedWords, subject,
            "\(stored) stored values of \(known) parameters: words that hold several weights each")
    }

    /// A set of counts of which fewer than before come from stored tensors.
    ///
    /// Five points in a hundred are let pass: a set changes with the models in it.
    package static func provenanceFell(from old: ProvenanceShares, to new: ProvenanceShares) -> Alarm? {
        guard let before = old.storedShare, let after = new.storedShare, before - after > 0.05 else {
            return nil
        }
        return Alarm(
            .provenanceFell, "parameters",
            "\(after.inPercent) of the counts come from stored tensors, \(before.inPercent) before")
    }
}

/// How many counts of a set are known in which way.
package struct ProvenanceShares: Sendable, Hashable {
    package private(set) var counts: [StatedCount.Provenance: Int]

    package init(_ provenances: some Sequence<StatedCount.Provenance>) {
        counts = provenances.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }

    package init(counts: [StatedCount.Provenance: Int]) { self.counts = counts }

    /// The part of the set that comes from stored tensors, 0 to 1; nil of an empty set.
    package var storedShare: Double? {
        let total = counts.values.reduce(0, +)
        return total > 0 ? Double(counts[.safetensors] ?? 0) / Double(total) : nil
    }
}

extension Double {
    fileprivate var inPercent: String { "\(Int((self * 100).rounded())) %" }
}
