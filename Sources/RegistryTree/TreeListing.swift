import Diagnostics
import Text

/// A file that belongs to a collection and has the right name and place for it.
struct ListedFile: Sendable {
    let path: String
    /// Its collection's position.
    let collection: Int32
}

/// The files of all collections in byte order of their paths, and what stands there that should not.
struct TreeListing {
    private(set) var files: [ListedFile] = []
    private(set) var findings: [Diagnostic] = []
    private let disk: DiskFolder

    /// Folders inside folders that are looked into.
    private static let maximumDepth = 32

    /// Lists the files; that there are none is a finding, unless a broken schema may be the reason.
    init(of collections: [Collection], on disk: DiskFolder, mayBeEmpty: Bool) {
        self.disk = disk
        // Folder by folder in byte order, so the whole listing needs no sorting of long paths.
        let inOrder = collections.indices.sorted {
            (collections[$0].folder + "/").precedesInByteOrder(collections[$1].folder + "/")
        }
        for index in inOrder {
            let collection = collections[index]
            switch disk.kind(of: collection.folder) {
            case .folder: walk(collection.folder, level: 1, of: collection, Int32(index))
            case .link, .file:
                report(.fileNotRegular, collection.folder, "\"\(collection.folder)\" is not a folder")
            case .other: break
            }
        }
        if files.isEmpty, findings.isEmpty, !mayBeEmpty {
            let folders = collections.map { $0.folder + "/" }.joined(separator: ", ")
            report(
                .fileEmptyCollection, collections.first?.folder ?? "schemas", "the registry has no files",
                hint: collections.isEmpty
                    ? "no schema in schemas/ declares an \"x-collection\"" : "files belong into " + folders)
        }
    }

    private mutating func walk(_ folder: String, level: Int, of collection: Collection, _ index: Int32) {
        var entries: [DiskFolder.Entry]
        do throws(DiskFolder.Failure) {
            entries = try disk.entries(of: folder)
            entries.sort { $0.precedes($1) }
        } catch {
            return report(.fileUnreadable, folder, "the folder cannot be read: \(error.reason)")
        }
        reportCaseClashes(entries, in: folder)
        for entry in entries {
            let path = folder + "/" + entry.name
            guard entry.name.isPortableName else {
                report(
                    .fileName, path, "the name has characters that not every system takes",
                    hint: "letters, digits, dots, hyphens and underscores go everywhere")
                continue
            }
            switch entry.kind {
            case .folder
            where level < TreeListing.maximumDepth && !entry.name.hasSuffix(Collection.fileExtension):
                walk(path, level: level + 1, of: collection, index)
            case .folder: report(.fileNotRegular, path, "a folder stands where a file should be")
            case .link:
                report(.fileNotRegular, path, "a symbolic link stands here", hint: "put the file itself here")
            case .other: report(.fileNotRegular, path, "this is neither a file nor a folder")
            case .file: add(path, entry.name, level: level, of: collection, index)
            }
        }
    }

    private mutating func add(
        _ path: String, _ name: String, level: Int, of collection: Collection, _ index: Int32
    ) {
        guard name.hasSuffix(Collection.fileExtension), name.utf8.count > Collection.fileExtension.utf8.count
        else {
            let isNear = [".yml", ".yaml", ".json"].contains { name.lowercased().hasSuffix($0) }
            return report(
                .fileExtension, path,
                "files in \"\(collection.folder)/\" end in \"\(Collection.fileExtension)\"",
                hint: isNear
                    ? "rename it to \"\(name.prefix { $0 != "." })\(Collection.fileExtension)\""
                    : "move it elsewhere")
        }
        guard level == collection.depth else {
            let pattern = collection.folder + String(repeating: "/*", count: collection.depth)
            return report(
                .fileDepth, path, "the file stands \(level < collection.depth ? "too high" : "too deep")",
                hint: "files of this collection are \"\(pattern)\(Collection.fileExtension)\"")
        }
        files.append(ListedFile(path: path, collection: index))
    }

    /// Two names that differ only by case are one file on half of the world's machines.
    private mutating func reportCaseClashes(_ entries: [DiskFolder.Entry], in folder: String) {
        guard entries.contains(where: { $0.name.utf8.contains { $0 >= 0x80 || (65...90).contains($0) } })
        else { return }
        var seen: [String: String] = [:]
        for name in entries.map(\.name) {
            if let other = seen.updateValue(name, forKey: name.lowercased()) {
                report(
                    .fileCaseClash, folder + "/" + name, "the name differs from \"\(other)\" only by case",
                    hint: "rename or remove one of the two")
            }
        }
    }

    private mutating func report(_ rule: RuleID, _ path: String, _ message: String, hint: String? = nil) {
        findings.append(Diagnostic(rule, at: Location(path: path, span: .start), message, hint: hint))
    }
}
