@preconcurrency import Glibc

/// Writes text files below one folder and makes the folders they need.
struct FolderWriter {
    let root: String
    private var madeFolders: Set<String> = []

    /// The folder itself is made when it is not there; what is in it stays.
    init(root: String) throws(BenchmarkError) {
        self.root = root
        try makeFolder(root)
    }

    /// Writes a file at a path below the root; an old file of that name is replaced.
    mutating func write(_ text: String, to path: String) throws(BenchmarkError) {
        if let slash = path.lastIndex(of: "/") {
            try makeFolder("\(root)/\(path[..<slash])")
        }
        guard let file = fopen("\(root)/\(path)", "w") else {
            throw BenchmarkError("cannot write \(root)/\(path)")
        }
        var text = text
        let written = text.withUTF8 { fwrite($0.baseAddress, 1, $0.count, file) }
        guard fclose(file) == 0, written == text.utf8.count else {
            throw BenchmarkError("cannot write all of \(root)/\(path)")
        }
    }

    private mutating func makeFolder(_ folder: String) throws(BenchmarkError) {
        guard madeFolders.insert(folder).inserted else { return }
        if let slash = folder.lastIndex(of: "/"), slash != folder.startIndex {
            try makeFolder(String(folder[..<slash]))
        }
        guard mkdir(folder, 0o755) == 0 || errno == EEXIST else {
            throw BenchmarkError("cannot make the folder \(folder)")
        }
    }
}
