import Documents
package import Git
import Text

/// How a file of a registry came to be what it is: the commits that changed it, each with the fields that it changed.
package struct FileHistory: Sendable {
    /// What one commit did to the file.
    package struct Step: Sendable {
        package let commit: Commit
        /// Whether the file was there before, and whether it is after.
        package let wasThere: Bool
        package let isThere: Bool
        /// Empty where the file came, went, or could not be read before or after.
        package let changes: [FieldChange]
    }

    /// The newest first.
    package let steps: [Step]
    /// True when older commits are missing: a shallow clone.
    package let isCut: Bool

    /// The history of a path below a registry's folder up to a commit, at most so many steps of it.
    ///
    /// Renamings end it, as in `git log -- PATH`. Throws when the repository cannot be read. Linear in the commits, and in
    /// the sizes of the versions that are compared.
    package init(ofPath path: String, upTo tree: CommitTree, limit: Int = 200) throws(TreeError) {
        let full = tree.folder.isEmpty ? path : "\(tree.folder)/\(path)"
        do throws(GitError) {
            let repository = try Repository.open(discovering: tree.gitDirectory, faults: tree.faults)
            // One more, for what the last step began with.
            let history = try repository.log(ofPath: full, from: tree.commit.id, limit: limit + 1)
            var versions: [Version] = []
            for commit in history.commits {
                versions.append(try Version(of: full, in: commit, repository))
            }
            steps = versions.indices.prefix(limit).map { index in
                let older = index + 1 < versions.count ? versions[index + 1] : Version.none
                return versions[index].step(from: older, history.commits[index], path: path)
            }
            isCut = history.isCut
        } catch {
            throw TreeError(error)
        }
    }
}

/// A file as one commit has it.
private struct Version {
    let isThere: Bool
    let bytes: [UInt8]?

    static let none = Version(isThere: false, bytes: nil)

    private init(isThere: Bool, bytes: [UInt8]?) {
        self.isThere = isThere
        self.bytes = bytes
    }

    init(of path: String, in commit: Commit, _ repository: borrowing Repository) throws(GitError) {
        guard let entry = try repository.entry(at: path, inTree: commit.tree), entry.kind == .file else {
            self = .none
            return
        }
        var bytes: [UInt8] = []
        let isRead = try repository.readBlob(entry.id, limit: Limits().fileBytes, into: &bytes)
        self.init(isThere: true, bytes: isRead ? bytes : nil)
    }

    func step(from older: Version, _ commit: Commit, path: String) -> FileHistory.Step {
        var changes: [FieldChange] = []
        if let bytes, let before = older.bytes,
            let new = RegistryState.document(of: bytes, path: path),
            let old = RegistryState.document(of: before, path: path)
        {
            changes = FieldChange.changes(from: old, to: new)
        }
        return FileHistory.Step(
            commit: commit, wasThere: older.isThere, isThere: isThere, changes: changes)
    }
}
