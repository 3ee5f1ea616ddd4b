import CGit2

/// What a walk through history needs to know of a commit.
struct HistoryNode {
    let id: ObjectID
    let tree: ObjectID
    let parents: [ObjectID]
    let secondsSinceEpoch: Int64

    /// By the committer's clock; of two made in one second, the one with the smaller id counts as older.
    func isOlder(than other: HistoryNode) -> Bool {
        (secondsSinceEpoch, id) < (other.secondsSinceEpoch, other.id)
    }
}

/// Commits still to be visited, the newest first.
struct CommitQueue {
    private var nodes: [HistoryNode] = []

    var isEmpty: Bool { nodes.isEmpty }
    var ids: some Sequence<ObjectID> { nodes.lazy.map(\.id) }

    /// Puts a commit in its place. The queue is only as long as history is wide.
    mutating func insert(_ node: HistoryNode) {
        var (low, high) = (0, nodes.count)
        while low < high {
            let middle = (low + high) / 2
            if nodes[middle].isOlder(than: node) { low = middle + 1 } else { high = middle }
        }
        nodes.insert(node, at: low)
    }

    mutating func popNewest() -> HistoryNode? { nodes.popLast() }
}

extension Repository {
    /// Reads a commit for a walk; nil when it is not there, as beyond the border of a shallow clone.
    func historyNode(_ id: ObjectID) throws(GitError) -> HistoryNode? {
        do throws(GitError) {
            let commit = try commit(id)
            return HistoryNode(
                id: id, tree: commit.tree, parents: commit.parents,
                secondsSinceEpoch: commit.committerTime.secondsSinceEpoch)
        } catch {
            guard error.code == .missingObject else { throw error }
            return nil
        }
    }
}
