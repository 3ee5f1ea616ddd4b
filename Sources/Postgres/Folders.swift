import Glibc

/// What the local server needs of the file system.
enum Folders {
    /// The names in a folder, without `.` and `..`; empty when it cannot be read.
    static func names(in folder: String) -> [String] {
        guard let stream = unsafe opendir(folder) else { return [] }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    /// A path from the root, with `.` and `..` and links resolved in the part that exists.
    static func absolute(_ path: String) -> String {
        if let resolved = unsafe realpath(path, nil) {
            defer { unsafe free(resolved) }
            return unsafe String(cString: resolved)
        }
        guard let slash = path.lastIndex(of: "/") else { return absolute(".") + "/" + path }
        let parent = path[..<slash]
        let above = parent.isEmpty ? "" : absolute(String(parent))
        return above + "/" + path[path.index(after: slash)...]
    }

    /// The first line of a small file; nil when it cannot be read or is empty.
    static func firstLine(of path: String) -> String? {
        guard let bytes = start(of: path) else { return nil }
        let line = bytes.prefix { $0 != UInt8(ascii: "\n") }
        return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
    }

    /// The first 4 KiB of a file; nil when it cannot be read.
    static func start(of path: String) -> ArraySlice<UInt8>? {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var block = [UInt8](repeating: 0, count: 4_096)
        let count = unsafe read(descriptor, &block, block.count)
        return count < 0 ? nil : block.prefix(count)
    }

    /// Makes a folder and those above it; false when the last is not there afterwards.
    static func make(_ path: String) -> Bool {
        if let status = status(of: path) { return status.st_mode & S_IFMT == S_IFDIR }
        if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
            guard make(String(path[..<slash])) else { return false }
        }
        return unsafe mkdir(path, 0o755) == 0 || errno == EEXIST
    }

    /// What stands at a path itself, a link not followed; nil for nothing.
    static func status(of path: String) -> stat? {
        var status = stat()
        return unsafe lstat(path, &status) == 0 ? status : nil
    }

    /// Whether another user may go through every folder of a path that exists, by owner and other bits alone.
    static func isReachable(_ path: String, by user: uid_t) -> Bool {
        var path = path[...]
        while let slash = path.lastIndex(of: "/") {
            path = path[..<slash]
            guard let status = status(of: path.isEmpty ? "/" : String(path)) else { continue }
            let bit = status.st_uid == user ? S_IXUSR : S_IXOTH
            guard status.st_mode & bit != 0 else { return false }
        }
        return true
    }
}

/// A lock file that one process holds at a time; the system frees it when the process ends, however it ends.
enum FileLock {
    /// Waits for the lock and runs `body` under it; false when the file cannot be made or locked.
    static func hold(_ path: String, _ body: () throws(PostgresError) -> Void) throws(PostgresError) -> Bool {
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else { return false }
        }
        try body()
        return true
    }
}
