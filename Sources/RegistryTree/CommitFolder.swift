import Git
import Text

/// Reads folders and files of a registry from a commit's objects; belongs to one thread, as its repository does.
struct CommitFolder: ~Copyable {
    private let repository: Repository
    private let root: ObjectID

    /// Opens the repository of a tree. Throws where it is gone or refused meanwhile.
    init(_ tree: CommitTree) throws(TreeError) {
        do throws(GitError) {
            repository = try Repository.open(discovering: tree.gitDirectory, faults: tree.faults)
        } catch {
            throw TreeError(error)
        }
        root = tree.tree
    }

    /// What a folder holds, in no particular order; `object` is the folder's tree where that is known.
    ///
    /// Throws when the folder is not there, or its tree is missing from the clone.
    func entries(of folder: String, _ object: ObjectID?) throws(ReadFailure) -> [FolderEntry] {
        var found = object
        if found == nil { found = try entry(at: folder).flatMap { $0.kind == .folder ? $0.object : nil } }
        guard let tree = found else { throw .entry(reason: "there is no such folder in the commit") }
        do throws(GitError) {
            return try repository.children(of: tree).map(FolderEntry.init)
        } catch {
            throw .source(TreeError(error))
        }
    }

    /// What stands at a path; nil when nothing does. Throws when a tree on the way is missing from the clone.
    func entry(at path: String) throws(ReadFailure) -> FolderEntry? {
        do throws(GitError) {
            return try repository.entry(at: path, inTree: root).map(FolderEntry.init)
        } catch {
            throw .source(TreeError(error))
        }
    }

    /// Replaces `bytes` by a file's content, if it has at most `limit` bytes by its header; false when too large.
    ///
    /// `object` is its blob where that is known. Throws when the path is no file, or its blob is missing.
    func read(_ file: String, _ object: ObjectID?, limit: Int, into bytes: inout [UInt8]) throws(ReadFailure)
        -> Bool
    {
        var found = object
        if found == nil { found = try entry(at: file).flatMap { $0.kind == .file ? $0.object : nil } }
        guard let blob = found else { throw .entry(reason: "there is no such file in the commit") }
        do throws(GitError) {
            return try repository.readBlob(blob, limit: limit, into: &bytes)
        } catch {
            throw .source(TreeError("\"\(TerminalText.visible(file))\": \(error)"))
        }
    }
}

extension FolderEntry {
    fileprivate init(_ entry: TreeEntry) {
        let kind: Kind =
            switch entry.kind {
            case .file, .executable: .file
            case .folder: .folder
            case .symbolicLink: .link
            case .submodule: .submodule
            }
        self.init(name: String(entry.name), kind: kind, object: entry.id, fault: entry.fault)
    }
}

extension TreeError {
    /// What git could not do, with the remedy where there is one.
    init(_ error: GitError) {
        self.init(error.description)
    }
}
