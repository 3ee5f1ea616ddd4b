import Git
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

    private let root: OpenFolder

    init(root: String) {
        self.root = OpenFolder(root)
    }

    /// What can be learned of a file without reading it.
    struct FileState: Sendable {
        let kind: FolderEntry.Kind
        let isExecutable: Bool
        let stamp: FileStamp

        fileprivate init(_ status: stat) {
            kind =
                switch status.st_mode & S_IFMT {
                case S_IFREG: .file
                case S_IFDIR: .folder
                case S_IFLNK: .link
                default: .other
                }
            isExecutable = status.st_mode & S_IXUSR != 0
            stamp = FileStamp(
                seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec,
                recordSeconds: status.st_ctim.tv_sec, byteCount: Int64(status.st_size),
                fileNumber: UInt64(status.st_ino))
        }
    }

    /// What a folder holds, in no particular order.
    func entries(of folder: String) throws(Failure) -> [FolderEntry] {
        let stream = try stream(of: folder)
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

    /// What a folder holds and how each of it looks, in no particular order; nil where nothing can be learned.
    func states(in folder: String) throws(Failure) -> [(entry: FolderEntry, state: FileState?)] {
        let stream = try stream(of: folder)
        defer { closedir(stream) }
        var found: [(entry: FolderEntry, state: FileState?)] = []
        while let pointer = readdir(stream) {
            guard let name = name(of: pointer) else { continue }
            var status = stat()
            let isKnown = fstatat(dirfd(stream), name, &status, AT_SYMLINK_NOFOLLOW) == 0
            let state = isKnown ? FileState(status) : nil
            let kind = state?.kind ?? kind(ofType: Int32(pointer.pointee.d_type)) ?? .other
            found.append((FolderEntry(name: name, kind: kind), state))
        }
        return found
    }

    /// Opens a folder for reading; whoever asks for it closes it.
    private func stream(of folder: String) throws(Failure) -> OpaquePointer {
        let descriptor = openat(root.descriptor, path(folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure(errno: root.openingError ?? errno) }
        guard let stream = fdopendir(descriptor) else {
            let reason = errno
            close(descriptor)
            throw Failure(errno: reason)
        }
        return stream
    }

    /// How what stands at a path looks; nil when nothing can be learned of it.
    func state(of path: String) -> FileState? {
        var status = stat()
        let isKnown = fstatat(root.descriptor, self.path(path), &status, AT_SYMLINK_NOFOLLOW) == 0
        return isKnown ? FileState(status) : nil
    }

    /// Reads a regular file whole into `bytes`, replacing what they held, if it has at most `limit` bytes.
    ///
    /// Never waits: a pipe or device under the name is refused unopened or unread. Returns false when too large.
    func read(_ file: String, limit: Int, into bytes: inout [UInt8]) throws(Failure) -> Bool {
        bytes.removeAll(keepingCapacity: true)
        let descriptor = openat(
            root.descriptor, path(file), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure(errno: root.openingError ?? errno) }
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
        state(of: path)?.kind ?? .other
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
        below.isEmpty ? "." : below
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

/// A folder held open: what is below it is then found without walking the path above it again for every file.
private final class OpenFolder: Sendable {
    let descriptor: Int32
    /// Why the folder could not be opened; nil when it could.
    let openingError: Int32?

    init(_ path: String) {
        descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        openingError = descriptor < 0 ? errno : nil
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }
}
