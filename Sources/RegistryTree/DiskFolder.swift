import Diagnostics
import Documents
import Glibc
import Text

/// Reads folders and files below one root folder of the disk, following no links.
struct DiskFolder: Sendable {
    /// What stands under a name.
    enum EntryKind: Sendable {
        case file, folder, link, other
    }

    struct Entry: Sendable {
        let name: String
        let kind: EntryKind

        /// The order of paths: by bytes, where a folder's name has a slash behind it.
        func precedes(_ other: Entry) -> Bool {
            let (left, right) = (name.utf8.span, other.name.utf8.span)
            let shared = min(left.count, right.count)
            var offset = 0
            while offset < shared, left[offset] == right[offset] { offset += 1 }
            let next = offset < left.count ? left[offset] : ending
            let otherNext = offset < right.count ? right[offset] : other.ending
            return next < otherNext
        }

        /// What follows the name in a path.
        private var ending: UInt8 { kind == .folder ? UInt8(ascii: "/") : 0 }
    }

    /// Why one file or folder could not be read, in words.
    struct Failure: Error {
        let reason: String

        init(errno code: Int32) {
            reason = String(cString: strerror(code))
        }
    }

    let root: String

    /// What a folder holds, in no particular order.
    func entries(of folder: String) throws(Failure) -> [Entry] {
        guard let stream = opendir(path(folder)) else { throw Failure(errno: errno) }
        defer { closedir(stream) }
        var entries: [Entry] = []
        while let pointer = readdir(stream) {
            guard let name = name(of: pointer) else { continue }
            let kind =
                kind(ofType: Int32(pointer.pointee.d_type))
                ?? kind(of: folder.isEmpty ? name : folder + "/" + name)
            entries.append(Entry(name: name, kind: kind))
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

    /// Reads a file of the registry into `bytes`; false, with a finding, when it is too large or cannot be read.
    func read(
        _ file: String, limits: Limits, into bytes: inout [UInt8], findings: inout [Diagnostic]
    ) -> Bool {
        let place = Location(path: file, span: .start)
        do throws(Failure) {
            if try read(file, limit: limits.fileBytes, into: &bytes) { return true }
            let message = "the file is larger than \(limits.fileBytes) bytes"
            findings.append(Diagnostic(.fileTooLarge, at: place, message))
        } catch {
            let message = "the file cannot be read: \(error.reason)"
            findings.append(Diagnostic(.fileUnreadable, at: place, message))
        }
        return false
    }

    /// What stands at a path; `.other` when nothing can be learned.
    func kind(of path: String) -> EntryKind {
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

    private func kind(ofType type: Int32) -> EntryKind? {
        switch type {
        case Int32(DT_REG): .file
        case Int32(DT_DIR): .folder
        case Int32(DT_LNK): .link
        case Int32(DT_UNKNOWN): nil
        default: .other
        }
    }
}
