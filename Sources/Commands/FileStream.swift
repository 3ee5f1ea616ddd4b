import Glibc

/// A file that is read in chunks, however large it is.
package struct FileStream: ~Copyable {
    private let descriptor: Int32
    private let name: String
    /// Nil of a pipe.
    package let byteCount: Int?

    /// Opens a file; `-` is the input of the program. Throws when it cannot be opened.
    package init(_ file: String, on console: Console) throws {
        name = file
        descriptor = file == "-" ? dup(STDIN_FILENO) : open(console.path(file), O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw Failure("\"\(file)\" cannot be read: \(String(cString: strerror(errno)))")
        }
        var status = stat()
        let isRegular = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        byteCount = isRegular ? Int(status.st_size) : nil
    }

    deinit { close(descriptor) }

    /// All of the file. Throws when it cannot be read, or has more bytes than the limit.
    package func bytes(limit: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        try read { chunk in
            bytes += chunk
            if bytes.count > limit { throw Failure("\"\(name)\" is larger than \(limit) bytes") }
        }
        return bytes
    }

    /// Gives the bytes to `take`, chunk by chunk. Throws when the file cannot be read to its end.
    package func read(_ take: (ArraySlice<UInt8>) throws -> Void) throws {
        var chunk = [UInt8](repeating: 0, count: 1 << 17)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw Failure("\"\(name)\" cannot be read: \(String(cString: strerror(errno)))")
            }
            if count == 0 { return }
            try take(chunk[..<count])
        }
    }
}
