/// The commits that changed one path.
package struct PathHistory: Sendable, Hashable {
    /// The newest first.
    package var commits: [Commit]
    /// True when commits are missing that may have changed it too: a shallow clone.
    package var isCut: Bool

    package init(commits: [Commit] = [], isCut: Bool = false) {
        self.commits = commits
        self.isCut = isCut
    }
}

extension Repository {
    /// The commits up to `commit` that changed what stands at a path, at most `limit` of them.
    ///
    /// Simple history, as `git log -- PATH` shows it: where a merge took the path from one parent as it was, only
    /// that parent is followed. A renamed file begins with its renaming. Linear in the commits up to the last one
    /// that is returned.
    package func log(
        ofPath path: String, from commit: ObjectID, limit: Int
    ) throws(GitError) -> PathHistory {
        var history = PathHistory()
        var walk = PathWalk(path)
        if let start = try historyNode(commit) { walk.enter(start) } else { history.isCut = true }
        while history.commits.count < limit, let node = walk.queue.popNewest() {
            var parents: [HistoryNode] = []
            for parent in node.parents {
                if let parent = try historyNode(parent) { parents.append(parent) }
            }
            let own = try walk.content(of: node, in: self)
            var same: HistoryNode?
            for parent in parents where same == nil {
                if try walk.content(of: parent, in: self) == own { same = parent }
            }
            if let same {
                walk.enter(same)
                continue
            }
            if parents.count < node.parents.count {
                history.isCut = true
            } else if own != nil || !parents.isEmpty {
                history.commits.append(try self.commit(node.id))
            }
            for parent in parents { walk.enter(parent) }
        }
        return history
    }
}

/// Where a walk along one path is.
private struct PathWalk {
    /// What stands at the path: two commits have the same when both parts are the same.
    struct Content: Hashable {
        let id: ObjectID
        let kind: TreeEntry.Kind
    }

    var queue = CommitQueue()
    private let path: String
    private var entered: Set<ObjectID> = []
    /// By tree, since most commits look at a tree that their neighbour looked at.
    private var contents: [ObjectID: Content?] = [:]

    init(_ path: String) { self.path = path }

    mutating func enter(_ node: HistoryNode) {
        if entered.insert(node.id).inserted { queue.insert(node) }
    }

    mutating func content(
        of node: HistoryNode, in repository: borrowing Repository
    ) throws(GitError) -> Content? {
        if let known = contents[node.tree] { return known }
        let entry = try repository.entry(at: path, inTree: node.tree)
        let content = entry.map { Content(id: $0.id, kind: $0.kind) }
        contents[node.tree] = .some(content)
        return content
    }
}
