/// Whether a commit comes before another.
package enum Ancestry: Sendable, Hashable {
    /// It is an ancestor, or the commit itself.
    case ancestor
    case notAncestor
    /// Commits are missing through which it could be one: a shallow clone.
    case cannotBeProved
}

/// The newest commit that two have in common.
package enum MergeBase: Sendable, Hashable {
    case commit(ObjectID)
    /// Their histories never meet.
    case none
    /// Commits are missing in which they could meet.
    case cannotBeProved
}

extension Repository {
    /// Whether `older` is an ancestor of `newer`. An ancestor whose own object is missing is one all the same.
    ///
    /// Reads the commits that only one of the two has, however long their common history is.
    package func isAncestor(_ older: ObjectID, of newer: ObjectID) throws(GitError) -> Ancestry {
        var history = CommonHistory()
        try history.paint(older, newer, stoppingAt: older, in: self)
        if history.isCommon(older) { return .ancestor }
        return history.mayLeadFromSecondToFirst ? .cannotBeProved : .notAncestor
    }

    /// The best common ancestor of two commits; of several equally good ones the newest.
    package func mergeBase(_ first: ObjectID, _ second: ObjectID) throws(GitError) -> MergeBase {
        var history = CommonHistory()
        try history.paint(first, second, in: self)
        guard !history.mayHaveBetterBases else { return .cannotBeProved }
        let bases = history.bases
        for base in bases {
            // Clocks that were wrong can leave an ancestor of a better base in the list.
            var isBest = true
            for other in bases where other != base && isBest {
                isBest = try isAncestor(base, of: other) == .notAncestor
            }
            if isBest { return .commit(base) }
        }
        return bases.isEmpty ? .none : .cannotBeProved
    }
}

/// Paints the ancestors of two commits, each in its colour, newest first, until all that are left to visit come before
/// a common one: git's own way to find common ancestors, exact whatever the clocks said. libgit2 has it too, but does
/// not tell a commit that is missing from other failures.
struct CommonHistory {
    private struct Paint: OptionSet {
        let rawValue: UInt8
        static let first = Paint(rawValue: 1)
        static let second = Paint(rawValue: 2)
        static let both: Paint = [.first, .second]
        /// Comes before a common commit, so it is not the best one.
        static let stale = Paint(rawValue: 4)
    }

    private struct Visit {
        var paint: Paint
        /// Nil where the commit is missing.
        let node: HistoryNode?
    }

    private var visits: [ObjectID: Visit] = [:]
    private var queue = CommitQueue()

    /// Walks from both commits until their common ancestors are known, or only whether one commit is among them.
    mutating func paint(
        _ first: ObjectID, _ second: ObjectID, stoppingAt goal: ObjectID? = nil,
        in repository: borrowing Repository
    ) throws(GitError) {
        try add(first, .first, in: repository)
        try add(second, .second, in: repository)
        while queue.ids.contains(where: { !paint(of: $0).contains(.stale) }), let node = queue.popNewest() {
            if let goal, isCommon(goal) { return }
            var paint = paint(of: node.id)
            if paint.isSuperset(of: .both) { paint.insert(.stale) }
            for parent in node.parents { try add(parent, paint, in: repository) }
        }
    }

    /// True of a commit that both are known to have, itself missing or not.
    func isCommon(_ id: ObjectID) -> Bool { paint(of: id).isSuperset(of: .both) }

    /// True when behind a missing commit of the second there could be the first. What the first has itself comes
    /// before it and cannot lead to it.
    var mayLeadFromSecondToFirst: Bool {
        visits.values.contains { $0.node == nil && $0.paint == .second }
    }

    /// True when behind a missing commit there could be a common one that is not an ancestor of those found.
    var mayHaveBetterBases: Bool {
        visits.values.contains { $0.node == nil && !$0.paint.contains(.stale) }
    }

    /// Common commits that come before no other one found, the newest first.
    var bases: [ObjectID] {
        let nodes = visits.values.filter { $0.paint == .both }.compactMap(\.node)
        return nodes.sorted { $0.isOlder(than: $1) }.reversed().map(\.id)
    }

    private func paint(of id: ObjectID) -> Paint { visits[id]?.paint ?? [] }

    private mutating func add(
        _ id: ObjectID, _ paint: Paint, in repository: borrowing Repository
    ) throws(GitError) {
        let known = visits[id]
        guard known?.paint.isSuperset(of: paint) != true else { return }
        let node = known == nil ? try repository.historyNode(id) : known?.node
        visits[id] = Visit(paint: paint.union(known?.paint ?? []), node: node)
        // Visited again if it was before: its ancestors need the new colour too.
        if let node { queue.insert(node) }
    }
}
