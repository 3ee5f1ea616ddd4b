import CGit2

/// One commit: what it holds, where it comes from and when it was made.
package struct Commit: Sendable, Hashable {
    package let id: ObjectID
    package let tree: ObjectID
    /// None for a first commit, several for a merge; in a shallow clone they may not be there.
    package let parents: [ObjectID]
    package let authorTime: CommitTime
    package let committerTime: CommitTime
    /// The first paragraph of the message in one line; it is foreign text and not yet fit to be shown.
    package let summary: String
}

/// A moment as a commit states it, which may be any number.
package struct CommitTime: Sendable, Hashable {
    package let secondsSinceEpoch: Int64
    /// How far the clock of whoever wrote it was ahead of Greenwich.
    package let offsetMinutes: Int

    init(_ time: git_time) {
        secondsSinceEpoch = time.time
        offsetMinutes = Int(time.offset)
    }
}

extension Repository {
    /// The commit that a revision names: a full or short id, a branch, a tag, `HEAD~2` and git's other spellings.
    package func resolve(_ revision: String) throws(GitError) -> ObjectID {
        let subject = "\"\(revision)\""
        guard !revision.utf8.contains(0) else {
            throw GitError(libgit2: GIT_EINVALIDSPEC.rawValue, .resolve, subject, said: "")
        }
        let named = unsafe try git.make(.resolve, subject, free: git_object_free) {
            unsafe git_revparse_single(&$0, handle.pointer, revision)
        }
        let commit = unsafe try git.make(.resolve, subject, free: git_object_free) {
            // A tree or blob cannot be peeled, which libgit2 calls an invalid name.
            let status = unsafe git_object_peel(&$0, named.pointer, GIT_OBJECT_COMMIT)
            return status == GIT_EINVALIDSPEC.rawValue ? GIT_EPEEL.rawValue : status
        }
        return unsafe ObjectID(git_object_id(commit.pointer).pointee)
    }

    /// Reads a commit.
    package func commit(_ id: ObjectID) throws(GitError) -> Commit {
        let commit = try load(id, .commit)
        let summary = unsafe git_commit_summary(commit.pointer).map { unsafe String(cString: $0) }
        return unsafe Commit(
            id: id, tree: ObjectID(git_commit_tree_id(commit.pointer).pointee),
            parents: Repository.parents(of: commit),
            authorTime: CommitTime(git_commit_author(commit.pointer).pointee.when),
            committerTime: CommitTime(git_commit_committer(commit.pointer).pointee.when),
            summary: summary ?? "")
    }

    private static func parents(of commit: borrowing Handle) -> [ObjectID] {
        let count = unsafe git_commit_parentcount(commit.pointer)
        return (0..<count).compactMap { index in
            unsafe git_commit_parent_id(commit.pointer, index).map { unsafe ObjectID($0.pointee) }
        }
    }
}
