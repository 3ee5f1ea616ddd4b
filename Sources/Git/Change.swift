import Text

/// One difference between two trees.
package enum Change: Sendable, Hashable {
    case added(TreeEntry)
    case removed(TreeEntry)
    /// Other content or another kind at the same path.
    case modified(from: TreeEntry, to: TreeEntry)
    /// The same or nearly the same content elsewhere; similarity in percent, 100 for equal content.
    case renamed(from: TreeEntry, to: TreeEntry, similarity: Int)

    /// Where it is seen: the new path, or the old one of what was removed.
    package var path: String {
        switch self {
        case .added(let entry), .removed(let entry), .modified(_, let entry), .renamed(_, let entry, _):
            entry.path
        }
    }
}

extension Repository {
    /// What is to be done to one tree to get another, in byte order of `path`; folders appear through what is in them.
    ///
    /// A folder that is not entered, for its depth or its name, is itself the entry. Renames are found among files
    /// that were removed and added, by `RenameLimits`. Equal subtrees are not read, so the cost grows with the
    /// difference.
    package func diff(
        from old: ObjectID, to new: ObjectID, limits: TreeLimits = TreeLimits(),
        renames: RenameLimits = RenameLimits()
    ) throws(GitError) -> [Change] {
        var comparison = TreeComparison(limits)
        try comparison.compare(old, new, below: "", depth: 1, in: self)
        let moves = try RenameSearch(comparison.removed, comparison.added, renames).moves(in: self)
        var changes = comparison.modified
        for move in moves {
            changes.append(
                .renamed(
                    from: comparison.removed[move.old], to: comparison.added[move.new],
                    similarity: move.similarity))
        }
        let (old, new) = (Set(moves.map(\.old)), Set(moves.map(\.new)))
        changes += comparison.removed.indices.filter { !old.contains($0) }.map {
            .removed(comparison.removed[$0])
        }
        changes += comparison.added.indices.filter { !new.contains($0) }.map { .added(comparison.added[$0]) }
        return changes.sorted { $0.path.precedesInByteOrder($1.path) }
    }
}

/// Two trees walked side by side.
struct TreeComparison {
    private(set) var added: [TreeEntry] = []
    private(set) var removed: [TreeEntry] = []
    private(set) var modified: [Change] = []
    private var budget: TreeBudget

    init(_ limits: TreeLimits) { budget = TreeBudget(limits) }

    /// Compares two folders at the same path; nil stands for one that is not there.
    mutating func compare(
        _ old: ObjectID?, _ new: ObjectID?, below prefix: String, depth: Int,
        in repository: borrowing Repository
    ) throws(GitError) {
        guard old != new else { return }
        var left: ArraySlice<TreeEntry> = []
        var right: ArraySlice<TreeEntry> = []
        if let old { left = try repository.readTree(old, below: prefix, &budget)[...] }
        if let new { right = try repository.readTree(new, below: prefix, &budget)[...] }
        while true {
            var (first, second) = (left.first, right.first)
            if let a = first, let b = second {
                if a.path.precedesInByteOrder(b.path) { second = nil }
                if b.path.precedesInByteOrder(a.path) { first = nil }
            }
            if first == nil, second == nil { return }
            if first != nil { left.removeFirst() }
            if second != nil { right.removeFirst() }
            try note(first, second, depth: depth, in: repository)
        }
    }

    /// Notes what became of one path.
    private mutating func note(
        _ old: TreeEntry?, _ new: TreeEntry?, depth: Int, in repository: borrowing Repository
    ) throws(GitError) {
        let oldFolder = old.flatMap { budget.mayEnter($0, depth: depth) ? $0.id : nil }
        let newFolder = new.flatMap { budget.mayEnter($0, depth: depth) ? $0.id : nil }
        if let path = old?.path ?? new?.path, oldFolder != nil || newFolder != nil {
            try compare(oldFolder, newFolder, below: path + "/", depth: depth + 1, in: repository)
        }
        switch (oldFolder == nil ? old : nil, newFolder == nil ? new : nil) {
        case (let old?, let new?):
            if old.id != new.id || old.kind != new.kind { modified.append(.modified(from: old, to: new)) }
        case (let old?, nil): removed.append(old)
        case (nil, let new?): added.append(new)
        case (nil, nil): break
        }
    }
}
