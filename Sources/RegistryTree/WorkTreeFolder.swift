import Git
import Glibc
import Synchronization

/// A folder of the disk whose files and folders are known by the ids that git would give them, for comparison with a
/// commit.
///
/// A file that looks as it did when git last looked has the id that git's index says; others are read and hashed.
package final class WorkTreeFolder: Sendable {
    let disk: DiskFolder
    private let staged: [String: StagedFile]
    /// When the index was written: a file changed in that second or later may have changed unseen.
    private let indexSeconds: UInt32
    /// The folders that were looked at, each once.
    private let folders = Mutex<[String: Folder]>([:])

    private struct Folder: Sendable {
        var entries: [FolderEntry] = []
        /// The tree that git would make of it; nil for an empty folder and where something in it has no id.
        var object: ObjectID?
    }

    /// Files that are hashed at most; a larger one counts as changed.
    private static let maximumByteCount = 64 << 20
    /// Folders inside folders that are looked into; deeper ones are not compared as a whole.
    private static let maximumDepth = 40

    /// The work tree's registry at `root`, beside a commit of the same repository.
    init(root: String, besides commit: CommitTree) throws(TreeError) {
        disk = DiskFolder(root: root)
        do throws(GitError) {
            let repository = try Repository.open(discovering: commit.gitDirectory, faults: commit.faults)
            staged = try repository.stagedFiles(below: commit.folder)
        } catch {
            throw TreeError(error)
        }
        indexSeconds = DiskFolder(root: commit.gitDirectory).state(of: "index")?.stamp.seconds ?? 0
    }

    /// What a folder holds, in byte order, with ids.
    func entries(of folder: String) throws(ReadFailure) -> [FolderEntry] {
        do throws(DiskFolder.Failure) {
            return try look(at: folder, depth: 1).entries
        } catch {
            throw .entry(reason: error.reason)
        }
    }

    /// What stands at a path; nil when nothing does, or nothing can be learned of it.
    func entry(at path: String) -> FolderEntry? {
        guard let state = disk.state(of: path), state.kind != .other else { return nil }
        let object =
            switch state.kind {
            case .folder: try? look(at: path, depth: 1).object
            case .file: object(of: path, state)
            default: ObjectID?.none
            }
        return FolderEntry(name: path, kind: state.kind, object: object)
    }

    /// Looks at a folder and everything below it, unless that was done.
    private func look(at path: String, depth: Int) throws(DiskFolder.Failure) -> Folder {
        if let known = folders.withLock({ $0[path] }) { return known }
        var folder = Folder()
        var tree: [TreeItem] = []
        var isWhole = true
        for found in try disk.states(in: path).sorted(by: { $0.entry.precedes($1.entry) }) {
            var (entry, state) = found
            let below = path + "/" + entry.name
            switch entry.kind {
            case .file: entry.object = state.flatMap { object(of: below, $0) }
            case .folder where depth < WorkTreeFolder.maximumDepth:
                let inner = try? look(at: below, depth: depth + 1)
                entry.object = inner?.object
                // git does not know of empty folders.
                if let inner, inner.entries.isEmpty {
                    folder.entries.append(entry)
                    continue
                }
            default: break
            }
            folder.entries.append(entry)
            if let object = entry.object {
                let kind: TreeEntry.Kind =
                    entry.kind == .folder ? .folder : state?.isExecutable == true ? .executable : .file
                tree.append(TreeItem(name: entry.name, kind: kind, id: object))
            } else {
                isWhole = false
            }
        }
        if isWhole, !tree.isEmpty { folder.object = try? ObjectID(ofTree: tree) }
        folders.withLock { $0[path] = folder }
        return folder
    }

    private func object(of path: String, _ state: DiskFolder.FileState) -> ObjectID? {
        if let known = staged[path], known.stamp == state.stamp, state.stamp.seconds < indexSeconds {
            return known.id
        }
        var bytes: [UInt8] = []
        guard (try? disk.read(path, limit: WorkTreeFolder.maximumByteCount, into: &bytes)) == true else {
            return nil
        }
        return try? ObjectID(ofBlob: bytes.span)
    }
}
