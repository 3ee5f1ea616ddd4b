package import Documents

/// What a source says of the registry's subjects, and what of it was not taken.
package struct Harvest: Sendable {
    /// Files as the source alone would have them, in any order; of several snapshots a path may come several times.
    package var proposals: [Proposal] = []
    package var refusals: [Refusal] = []
    package var nameProposals: [NameProposal] = []
    /// Reasons why none of it may be taken over.
    package var alarms: [Alarm] = []

    package init() {}
}

/// A file of the registry as a source would have it.
package struct Proposal: Sendable {
    /// Below the registry's root.
    package let path: String
    package var record: Record

    package init(path: String, record: Record) {
        self.path = path
        self.record = record
    }
}

/// Something that a source says and that was left out, and why.
package struct Refusal: Error, Sendable, Hashable {
    /// Why, in a word that can be counted.
    package enum Reason: String, Sendable, CaseIterable, Comparable {
        /// No model of the registry has that name.
        case unknownModel = "unknown-model"
        case unknownProvider = "unknown-provider"
        case unknownAccelerator = "unknown-accelerator"
        /// No price at all; the offer is taken without one.
        case noPrice = "no-price"
        /// A price of nothing with no reason why.
        case unexplainedZero = "unexplained-zero"
        /// A key that the source's own format does not have.
        case unknownKey = "unknown-key"
        case implausiblePrice = "implausible-price"
        case implausibleLimit = "implausible-limit"
        case implausibleDate = "implausible-date"
        case repeated
        /// The form of the record or of a value in it is not the one that is known.
        case unreadable
        case notComparable = "not-comparable"

        package static func < (left: Reason, right: Reason) -> Bool { left.rawValue < right.rawValue }
    }

    package let reason: Reason
    /// The record in the source's own words.
    package let subject: String
    package let detail: String

    package init(_ reason: Reason, _ subject: String, _ detail: String) {
        self.reason = reason
        self.subject = subject
        self.detail = detail
    }
}

/// A name that may be another name of a model: for a person to accept into the aliases, or not.
package struct NameProposal: Sendable, Hashable {
    /// The source's spelling.
    package let name: String
    /// The id of the model that it resembles most.
    package let model: String
    /// How alike the two are, 0 to 1.
    package let score: Double

    package init(name: String, model: String, score: Double) {
        self.name = name
        self.model = model
        self.score = score
    }
}

/// Something in an import that stops it: more likely a fault of the source, or of ours, than a fact.
package struct Alarm: Sendable, Hashable {
    /// What is watched.
    package enum Kind: String, Sendable, CaseIterable {
        /// A count that moved by more than half, or to less than two thirds.
        case countMoved = "count-moved"
        /// An estimate that is more than 30 % off the authority.
        case estimateOff = "estimate-off"
        /// Fewer counts than before come from stored tensors.
        case provenanceFell = "provenance-fell"
        /// Packed words counted as parameters.
        case packedWords = "packed-words"
        /// The size that a model card states for another model.
        case siblingSize = "sibling-size"
    }

    package let kind: Kind
    /// The model's id.
    package let subject: String
    package let detail: String

    package init(_ kind: Kind, _ subject: String, _ detail: String) {
        self.kind = kind
        self.subject = subject
        self.detail = detail
    }
}
