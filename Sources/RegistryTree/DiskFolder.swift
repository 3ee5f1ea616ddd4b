import Glibc

/// Reads folders and files below one root folder of the disk, following no links.
struct DiskFolder: Sendable {
    /// Why one file or folder could not be read, in words.
    struct Failure: Error {
        let reason: String

        init(errno code: Int32) {
            reason = String(cString: strerror(code))
        }
    }

    let root: String

    /// What a folder holds, in no particular order.
    func entries(of folder: String) throws(Failure) -> [FolderEntry] {
        guard let stream = opendir(path(folder)) else { throw Failure(errno: errno) }
        defer { closedir(stream) }
        var entries: [FolderEntry] = []
        while let pointer = readdir(stream) {
            guard let name = name(of: pointer) else { continue }
            let kind =
                kind(ofType: Int32(pointer.pointee.d_type))
                ?? kind(of: folder.isEmpty ? name : folder + "/" + name)
            entries.append(FolderEntry(name: name, kind: kind))
        }
        return entries
    }

    /// Reads a regular file whole into `bytes`, replacing what they held, if it has at most `limit` bytes.
    ///
    /// Never waits: a pipe or device under the name is refused unopened or unread. Returns false when too large.
    func read(_ file: String, limit: Int, into bytes: inout [UInt8]) throws(Failure) -> Bool {
        bytes.removeAll(keepingCapacity: true)
        let descriptor = open(path(file), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure(errno: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Failure(errno: errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw Failure(errno: EINVAL) }
        guard status.st_size <= limit else { return false }
        let size = Int(status.st_size)
        bytes.append(contentsOf: repeatElement(0, count: size))
        var filled = 0
        while filled < size {
            let count = bytes.withUnsafeMutableBytes { buffer in
                Glibc.read(descriptor, buffer.baseAddress?.advanced(by: filled), size - filled)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Failure(errno: errno) }
            if count == 0 { break }
            filled += count
        }
        // A file that shrank while it was read ends where it now ends.
        bytes.removeLast(size - filled)
        return true
    }

    /// What stands at a path; `.other` when nothing can be learned.
    func kind(of path: String) -> FolderEntry.Kind {
        var status = stat()
        guard lstat(self.path(path), &status) == 0 else { return .other }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return .file
        case S_IFDIR: return .folder
        case S_IFLNK: return .link
        default: return .other
        }
    }

    /// A directory entry's name, mended where it is not UTF-8; nil for `.` and `..`.
    private func name(of entry: UnsafeMutablePointer<dirent>) -> String? {
        withUnsafeBytes(of: &entry.pointee.d_name) { buffer in
            let bytes = buffer.prefix { $0 != 0 }
            if bytes.elementsEqual(".".utf8) || bytes.elementsEqual("..".utf8) { return nil }
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    /// The path of something below the root as the operating system wants it.
    private func path(_ below: String) -> String {
        below.isEmpty ? root : root + "/" + below
    }

    private func kind(ofType type: Int32) -> FolderEntry.Kind? {
        switch type {
        case Int32(DT_REG): .file
        case Int32(DT_DIR): .folder
        case Int32(DT_LNK): .link
        case Int32(DT_UNKNOWN): nil
        default: .other
        }
    }
}
