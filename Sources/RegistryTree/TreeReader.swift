import Diagnostics
import Documents
import Git
import Text

/// Reads folders and files of a registry, wherever it stands; each worker owns one.
enum TreeReader: ~Copyable {
    case disk(DiskFolder)
    case commit(CommitFolder)
    /// The disk, its files known by their ids.
    case workTree(WorkTreeFolder)
    case overlay(OverlayFolder)

    /// What a folder holds, in no particular order; `object` is what an earlier listing said of it.
    func entries(of folder: String, _ object: ObjectID? = nil) throws(ReadFailure) -> [FolderEntry] {
        switch self {
        case .disk(let disk):
            do throws(DiskFolder.Failure) {
                return try disk.entries(of: folder)
            } catch {
                throw .entry(reason: error.reason)
            }
        case .commit(let commit): return try commit.entries(of: folder, object)
        case .workTree(let workTree): return try workTree.entries(of: folder)
        case .overlay(let overlay): return try overlay.entries(of: folder)
        }
    }

    /// What stands at a path; nil when nothing does, or nothing can be learned of it.
    ///
    /// Throws when a commit's objects are missing.
    func entry(at path: String) throws(TreeError) -> FolderEntry? {
        do throws(ReadFailure) {
            switch self {
            case .disk(let disk):
                let kind = disk.kind(of: path)
                return kind == .other ? nil : FolderEntry(name: path, kind: kind)
            case .commit(let commit): return try commit.entry(at: path)
            case .workTree(let workTree): return workTree.entry(at: path)
            case .overlay(let overlay): return overlay.entry(at: path)
            }
        } catch {
            guard case .source(let failure) = error else { return nil }
            throw failure
        }
    }

    /// Replaces `bytes` by a regular file's content, if it has at most `limit` bytes; false when it is too large.
    func read(_ file: String, _ object: ObjectID? = nil, limit: Int, into bytes: inout [UInt8])
        throws(ReadFailure) -> Bool
    {
        switch self {
        case .disk(let disk):
            do throws(DiskFolder.Failure) {
                return try disk.read(file, limit: limit, into: &bytes)
            } catch {
                throw .entry(reason: error.reason)
            }
        case .commit(let commit): return try commit.read(file, object, limit: limit, into: &bytes)
        case .workTree(let workTree):
            do throws(DiskFolder.Failure) {
                return try workTree.disk.read(file, limit: limit, into: &bytes)
            } catch {
                throw .entry(reason: error.reason)
            }
        case .overlay(let overlay): return try overlay.read(file, limit: limit, into: &bytes)
        }
    }

    /// Reads a file of the registry into `bytes`; false, with a finding, when it is too large or cannot be read.
    ///
    /// Throws when a commit's objects are missing.
    func read(
        _ file: String, _ object: ObjectID? = nil, limits: Limits, into bytes: inout [UInt8],
        findings: inout [Diagnostic]
    ) throws(TreeError) -> Bool {
        let place = Location(path: file, span: .start)
        do throws(ReadFailure) {
            if try read(file, object, limit: limits.fileBytes, into: &bytes) { return true }
            let message = "the file is larger than \(limits.fileBytes) bytes"
            findings.append(Diagnostic(.fileTooLarge, at: place, message))
        } catch {
            switch error {
            case .entry(let reason):
                let message = "the file cannot be read: \(reason)"
                findings.append(Diagnostic(.fileUnreadable, at: place, message))
            case .source(let failure): throw failure
            }
        }
        return false
    }
}
