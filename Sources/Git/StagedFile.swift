import CGit2

/// What git's index knows of a file of the work tree: its content's id, and how the file looked when that was found.
package struct StagedFile: Sendable, Hashable {
    package let id: ObjectID
    package let stamp: FileStamp
}

/// What tells a file from an earlier or later state of itself without reading it, as git's index keeps it.
package struct FileStamp: Sendable, Hashable {
    /// When the content was changed.
    package let seconds: UInt32
    package let nanoseconds: UInt32
    /// When the file's own record was changed, which cannot be set back.
    package let recordSeconds: UInt32
    package let byteCount: UInt32
    package let fileNumber: UInt32

    /// Takes the figures of the file system, of which the lowest 32 bits are kept.
    package init(seconds: Int, nanoseconds: Int, recordSeconds: Int, byteCount: Int64, fileNumber: UInt64) {
        self.seconds = UInt32(truncatingIfNeeded: seconds)
        self.nanoseconds = UInt32(truncatingIfNeeded: nanoseconds)
        self.recordSeconds = UInt32(truncatingIfNeeded: recordSeconds)
        self.byteCount = UInt32(truncatingIfNeeded: byteCount)
        self.fileNumber = UInt32(truncatingIfNeeded: fileNumber)
    }
}

extension Repository {
    /// The files of git's index below a folder, by their paths from there; a path in conflict is left out.
    ///
    /// The empty path is the top of the work tree. Linear in the whole index.
    package func stagedFiles(below folder: String) throws(GitError) -> [String: StagedFile] {
        let index = unsafe try git.make(.readIndex, "\"\(gitDirectory)\"", free: git_index_free) {
            unsafe git_repository_index(&$0, handle.pointer)
        }
        let prefix = folder.isEmpty ? "" : folder + "/"
        let count = unsafe git_index_entrycount(index.pointer)
        var files: [String: StagedFile] = [:]
        files.reserveCapacity(count)
        for position in 0..<count {
            guard let pointer = unsafe git_index_get_byindex(index.pointer, position),
                let name = unsafe pointer.pointee.path, unsafe git_index_entry_stage(pointer) == 0
            else { continue }
            let path = unsafe String(cString: name)
            guard path.utf8.starts(with: prefix.utf8) else { continue }
            unsafe files[String(path.dropFirst(prefix.count))] = StagedFile(pointer.pointee)
        }
        return files
    }
}

extension StagedFile {
    fileprivate init(_ entry: git_index_entry) {
        unsafe id = ObjectID(entry.id)
        unsafe stamp = FileStamp(
            seconds: Int(entry.mtime.seconds), nanoseconds: Int(entry.mtime.nanoseconds),
            recordSeconds: Int(entry.ctime.seconds), byteCount: Int64(entry.file_size),
            fileNumber: UInt64(entry.ino))
    }
}
