import Glibc

/// Writes files of a registry so that a reader sees the old file or the new one, never half of either.
package struct TreeWriter: Sendable {
    private let root: String

    package init(root: String) {
        self.root = root
    }

    /// Writes a file that is not there yet, with the folders it stands in.
    ///
    /// Throws when something stands there already, or it cannot be written.
    package func create(_ path: String, _ bytes: [UInt8], isDurable: Bool = true) throws(TreeError) {
        guard access(root + "/" + path, F_OK) != 0 else {
            throw TreeError("\"\(path)\" is there already; it was left as it is")
        }
        var folder = root
        for part in path.split(separator: "/").dropLast() {
            folder += "/" + part
            guard mkdir(folder, 0o755) == 0 || errno == EEXIST else { throw failure(path) }
        }
        try replace(path, bytes, isDurable: isDurable)
    }

    /// Writes a file whether or not one is there, with the folders it stands in.
    ///
    /// Throws when it cannot be written.
    package func put(_ path: String, _ bytes: [UInt8]) throws(TreeError) {
        if access(root + "/" + path, F_OK) == 0 {
            try replace(path, bytes, isDurable: false)
        } else {
            try create(path, bytes, isDurable: false)
        }
    }

    /// Puts a file in the place of the one that is there, if any, in one step.
    ///
    /// Throws when it cannot be written; the old file then still stands. A file that is not worth waiting for the
    /// disk may be lost, or broken, when the machine fails.
    package func replace(
        _ path: String, _ bytes: [UInt8], draft ending: String = ".new", isDurable: Bool = true
    ) throws(TreeError) {
        let target = root + "/" + path
        let draft = target + ending
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw failure(path) }
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                write(descriptor, buffer.baseAddress?.advanced(by: written), bytes.count - written)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            written += count
        }
        let isComplete = written == bytes.count && (!isDurable || fsync(descriptor) == 0)
        close(descriptor)
        guard isComplete, rename(draft, target) == 0 else {
            let failure = failure(path)
            unlink(draft)
            throw failure
        }
    }

    private func failure(_ path: String) -> TreeError {
        TreeError("\"\(path)\" cannot be written: \(String(cString: strerror(errno)))")
    }
}
