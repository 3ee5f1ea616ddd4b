package import Git
import Glibc
import Text

/// Where the files of a registry are read: a folder of the disk, or the tree of one commit.
package enum RegistrySource: Sendable {
    /// The folder that holds `schemas/`.
    case folder(String)
    case commit(CommitTree)
    /// A folder of the disk whose files have ids, to be compared with a commit.
    case workTree(WorkTreeFolder)
    /// A folder of the disk with files over it that are not written yet.
    case overlay(OverlayFolder)

    /// The commit that is read; nil on the disk.
    package var commit: CommitTree? {
        guard case .commit(let tree) = self else { return nil }
        return tree
    }

    /// Opens it for one thread.
    func open() throws(TreeError) -> TreeReader {
        switch self {
        case .folder(let root): .disk(DiskFolder(root: root))
        case .commit(let tree): .commit(try CommitFolder(tree))
        case .workTree(let folder): .workTree(folder)
        case .overlay(let folder): .overlay(folder)
        }
    }

    /// The same source, fit to be compared with a commit of its repository: what it holds has ids.
    func comparable(with commit: CommitTree) throws(TreeError) -> RegistrySource {
        guard case .folder(let root) = self else { return self }
        return .workTree(try WorkTreeFolder(root: root, besides: commit))
    }
}

/// A registry as one commit has it; the work tree plays no part.
package struct CommitTree: Sendable {
    package let commit: Commit
    /// The tree of the registry's folder: the commit's own where the registry is the whole repository.
    package let tree: ObjectID
    /// The registry's folder below the top of the repository, without slashes at its ends; empty for the top itself.
    package let folder: String
    /// The folder that holds the repository's own files.
    package let gitDirectory: String
    /// What to break in the reading of the repository, in tests.
    package let faults: GitFaults?

    /// Finds the registry that a revision has at a folder: in it or, unless `isExact`, in the nearest folder above.
    ///
    /// The folder lies in a work tree or in a bare repository, whose top it stands for; what of its path is not there
    /// is looked for in the commit alone. Throws when there is no such repository, revision or registry.
    package init(
        of revision: String, at folder: String, isExact: Bool, faults: GitFaults? = nil
    ) throws(TreeError) {
        self.faults = faults
        let place = try Place(folder)
        do throws(GitError) {
            let repository = try Repository.open(discovering: place.existing, faults: faults)
            commit = try repository.commit(try repository.resolve(revision))
            gitDirectory = repository.gitDirectory
            var names = place.names(below: repository.workTree)
            while true {
                let path = names.joined(separator: "/")
                if let tree = try CommitTree.registry(at: path, of: commit, in: repository) {
                    self.tree = tree
                    self.folder = path
                    return
                }
                guard !isExact, !names.isEmpty else { break }
                names.removeLast()
            }
        } catch {
            throw TreeError(error)
        }
        let shown = isExact ? "\"\(TerminalText.visible(folder))\"" : "neither this folder nor one above it"
        throw TreeError(
            "no registry in \"\(TerminalText.visible(revision))\": \(shown) has "
                + (isExact ? "no schemas/ folder there" : "a schemas/ folder there; use --root"))
    }

    /// Finds the same folder of the same repository as another revision has it.
    ///
    /// Throws when there is no such revision, or no registry in it there.
    package init(of revision: String, besides other: CommitTree) throws(TreeError) {
        faults = other.faults
        do throws(GitError) {
            let repository = try Repository.open(discovering: other.gitDirectory, faults: faults)
            commit = try repository.commit(try repository.resolve(revision))
            (folder, gitDirectory) = (other.folder, other.gitDirectory)
            if let tree = try CommitTree.registry(at: folder, of: commit, in: repository) {
                self.tree = tree
                return
            }
        } catch {
            throw TreeError(error)
        }
        let shown = folder.isEmpty ? "its top folder" : "\"\(TerminalText.visible(folder))\""
        throw TreeError(
            "no registry in \"\(TerminalText.visible(revision))\": \(shown) has no schemas/ folder there")
    }

    /// Another tree of the same repository in this one's place.
    func with(_ tree: ObjectID) -> CommitTree {
        CommitTree(
            commit: commit, tree: tree, folder: folder, gitDirectory: gitDirectory, faults: faults)
    }

    private init(
        commit: Commit, tree: ObjectID, folder: String, gitDirectory: String, faults: GitFaults?
    ) {
        self.commit = commit
        self.tree = tree
        self.folder = folder
        self.gitDirectory = gitDirectory
        self.faults = faults
    }

    /// The tree of a folder that has schemas; nil where there is none.
    private static func registry(
        at path: String, of commit: Commit, in repository: borrowing Repository
    ) throws(GitError) -> ObjectID? {
        var tree = commit.tree
        if !path.isEmpty {
            guard let entry = try repository.entry(at: path, inTree: tree), entry.kind == .folder else {
                return nil
            }
            tree = entry.id
        }
        let schemas = try repository.entry(at: RegistrySchemas.folder, inTree: tree)
        return schemas?.kind == .folder ? tree : nil
    }
}

/// A path, in the part of it that is on the disk and the part that may be in a commit only.
private struct Place {
    /// Absolute, without links.
    let existing: String
    private let missing: [String]

    /// Throws when the path is not one that could be followed.
    init(_ path: String) throws(TreeError) {
        var existing = path.isEmpty ? "." : path
        var missing: [String] = []
        while true {
            if let resolved = Place.resolved(existing) {
                self.existing = resolved
                self.missing = missing.reversed()
                return
            }
            let names = existing.split(separator: "/")
            guard let last = names.last, last != ".." else { break }
            missing.append(String(last))
            let isAbsolute = existing.hasPrefix("/")
            existing = (isAbsolute ? "/" : "") + names.dropLast().joined(separator: "/")
            if existing.isEmpty { existing = "." }
        }
        throw TreeError("\"\(TerminalText.visible(path))\" is not a folder")
    }

    /// The names below the top of a repository; the whole of a bare one is its top.
    func names(below workTree: String?) -> [String] {
        guard let workTree, let top = Place.resolved(workTree), (existing + "/").hasPrefix(top + "/") else {
            return missing
        }
        return existing.dropFirst(top.count).split(separator: "/").map(String.init) + missing
    }

    private static func resolved(_ path: String) -> String? {
        guard let text = realpath(path, nil) else { return nil }
        defer { free(text) }
        return String(cString: text)
    }
}
