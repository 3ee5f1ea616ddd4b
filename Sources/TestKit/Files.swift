import Glibc
import Text

/// Plain file access for tests: whole files in and out, listings in byte order.
package enum Files {
    /// The bytes of a file; nil when it cannot be read.
    package static func bytes(at path: String) -> [UInt8]? {
        guard let file = fopen(path, "rb") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            if count == 0 { return bytes }
            bytes += chunk[..<count]
        }
    }

    /// The text of a file in UTF-8; nil when it cannot be read.
    package static func text(at path: String) -> String? {
        bytes(at: path).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Writes a file, with the folders it stands in; true when that worked.
    @discardableResult
    package static func write(_ bytes: [UInt8], to path: String) -> Bool {
        makeFolder(
            path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/"))
        guard let file = fopen(path, "wb") else { return false }
        defer { fclose(file) }
        return fwrite(bytes, 1, bytes.count, file) == bytes.count
    }

    /// Writes a text as UTF-8.
    @discardableResult
    package static func write(_ text: String, to path: String) -> Bool {
        write(Array(text.utf8), to: path)
    }

    /// Copies one file, with the folders the copy stands in.
    package static func copy(_ path: String, to target: String) {
        if let bytes = bytes(at: path) { write(bytes, to: target) }
    }

    /// Makes a folder and those above it.
    package static func makeFolder(_ path: String) {
        var current = ""
        for part in path.split(separator: "/", omittingEmptySubsequences: false) {
            current += current.isEmpty && !path.hasPrefix("/") ? String(part) : "/" + part
            mkdir(current, 0o755)
        }
    }

    /// The names in a folder in byte order, without `.` and `..`; empty when it cannot be read.
    package static func names(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted { $0.precedesInByteOrder($1) }
    }

    /// True when the path is a folder.
    package static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// All regular files below a folder, as paths below it, in byte order.
    package static func tree(below folder: String) -> [String] {
        names(in: folder).flatMap { name in
            isFolder(folder + "/" + name) ? tree(below: folder + "/" + name).map { name + "/" + $0 } : [name]
        }
    }

    /// Removes a file or a folder with all below it.
    package static func remove(_ path: String) {
        if isFolder(path) {
            for name in names(in: path) { remove(path + "/" + name) }
            rmdir(path)
        } else {
            unlink(path)
        }
    }

    /// Calls `body` with a new empty folder, and removes it afterwards.
    package static func withTemporaryFolder<Result>(_ body: (String) throws -> Result) rethrows -> Result {
        var template = Array("/tmp/model-atlas-XXXXXX".utf8CString)
        let path = template.withUnsafeMutableBufferPointer { buffer -> String in
            guard let base = buffer.baseAddress, mkdtemp(base) != nil else { return "/tmp/model-atlas" }
            return String(cString: base)
        }
        defer { remove(path) }
        return try body(path)
    }
}
