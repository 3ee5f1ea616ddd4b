import Git

/// A folder of the disk with files laid over it that are not written yet.
package struct OverlayFolder: Sendable {
    let disk: DiskFolder
    private let files: [String: [UInt8]]
    /// The names that the files bring into each folder.
    private let names: [String: [String: FolderEntry.Kind]]

    init(root: String, files: [String: [UInt8]]) {
        disk = DiskFolder(root: root)
        self.files = files
        var names: [String: [String: FolderEntry.Kind]] = [:]
        for path in files.keys {
            var folder = ""
            let parts = path.split(separator: "/").map(String.init)
            for (index, part) in parts.enumerated() {
                names[folder, default: [:]][part] = index == parts.count - 1 ? .file : .folder
                folder += (folder.isEmpty ? "" : "/") + part
            }
        }
        self.names = names
    }

    func entries(of folder: String) throws(ReadFailure) -> [FolderEntry] {
        var entries: [FolderEntry] = []
        let added = names[folder] ?? [:]
        do throws(DiskFolder.Failure) {
            entries = try disk.entries(of: folder)
        } catch {
            guard !added.isEmpty else { throw .entry(reason: error.reason) }
        }
        let present = Set(entries.map(\.name))
        return entries
            + added.filter { !present.contains($0.key) }.map { FolderEntry(name: $0.key, kind: $0.value) }
    }

    func entry(at path: String) -> FolderEntry? {
        if files[path] != nil { return FolderEntry(name: path, kind: .file) }
        if names[path] != nil { return FolderEntry(name: path, kind: .folder) }
        let kind = disk.kind(of: path)
        return kind == .other ? nil : FolderEntry(name: path, kind: kind)
    }

    func read(_ file: String, limit: Int, into bytes: inout [UInt8]) throws(ReadFailure) -> Bool {
        if let proposed = files[file] {
            bytes = proposed
            return proposed.count <= limit
        }
        do throws(DiskFolder.Failure) {
            return try disk.read(file, limit: limit, into: &bytes)
        } catch {
            throw .entry(reason: error.reason)
        }
    }
}
