import Git
import Glibc

/// A folder of the disk whose files are known by the ids that git would give them, for comparison with a commit.
///
/// A file that looks as it did when git last looked has the id that git's index says; others are read and hashed.
package struct WorkTreeFolder: Sendable {
    let disk: DiskFolder
    private let staged: [String: StagedFile]
    /// When the index was written: a file changed in that second or later may have changed unseen.
    private let indexSeconds: UInt32

    /// Files that are hashed at most; a larger one counts as changed.
    private static let maximumByteCount = 64 << 20

    /// The work tree's registry at `root`, beside a commit of the same repository.
    init(root: String, besides commit: CommitTree) throws(TreeError) {
        disk = DiskFolder(root: root)
        do throws(GitError) {
            let repository = try Repository.open(discovering: commit.gitDirectory)
            staged = try repository.stagedFiles(below: commit.folder)
        } catch {
            throw TreeError(error)
        }
        indexSeconds = DiskFolder(root: commit.gitDirectory).stamp(of: "index")?.seconds ?? 0
    }

    /// What a folder holds, in no particular order, with the ids of files.
    func entries(of folder: String) throws(ReadFailure) -> [FolderEntry] {
        do throws(DiskFolder.Failure) {
            var entries = try disk.entries(of: folder)
            for index in entries.indices where entries[index].kind == .file {
                entries[index].object = object(of: folder + "/" + entries[index].name)
            }
            return entries
        } catch {
            throw .entry(reason: error.reason)
        }
    }

    /// What stands at a path; nil when nothing does, or nothing can be learned of it.
    func entry(at path: String) -> FolderEntry? {
        let kind = disk.kind(of: path)
        guard kind != .other else { return nil }
        return FolderEntry(name: path, kind: kind, object: kind == .file ? object(of: path) : nil)
    }

    private func object(of path: String) -> ObjectID? {
        guard let stamp = disk.stamp(of: path) else { return nil }
        if let known = staged[path], known.stamp == stamp, stamp.seconds < indexSeconds { return known.id }
        var bytes: [UInt8] = []
        guard (try? disk.read(path, limit: WorkTreeFolder.maximumByteCount, into: &bytes)) == true else {
            return nil
        }
        return try? ObjectID(ofBlob: bytes.span)
    }
}

extension DiskFolder {
    /// How a file looks without being read; nil when nothing can be learned of it.
    fileprivate func stamp(of path: String) -> FileStamp? {
        var status = stat()
        guard lstat(root + "/" + path, &status) == 0 else { return nil }
        return FileStamp(
            seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec,
            recordSeconds: status.st_ctim.tv_sec, byteCount: Int64(status.st_size),
            fileNumber: UInt64(status.st_ino))
    }
}
