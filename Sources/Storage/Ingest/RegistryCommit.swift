package import Postgres

/// The commit whose registry is brought into the database.
package struct RegistryCommit: Sendable, Hashable {
    /// What tells repositories apart: the id of the first commit; nil when it is not known.
    package let repository: String?
    package let id: String
    /// The id of the registry's folder in it.
    package let tree: String
    package let committedAt: Timestamp

    package init(repository: String?, id: String, tree: String, committedAt: Timestamp) {
        self.repository = repository
        self.id = id
        self.tree = tree
        self.committedAt = committedAt
    }

    /// As much of the id as a person reads.
    package var shortID: String { String(id.prefix(12)) }
}

/// How a commit stands to the one that the database holds.
package enum Lineage: Sendable, Hashable {
    /// It comes after it, or is the same.
    case descendant
    /// It comes before it.
    case ancestor
    /// Neither.
    case diverged
    /// Commits are missing through which it could be told: a shallow clone.
    case cannotBeProved
    /// The other one is not in this repository, which is whole.
    case unknown
}
