import Diagnostics
import Documents
import Git
import Text

/// A file that belongs to a collection and has the right name and place for it.
struct ListedFile: Sendable {
    let path: String
    /// Its collection's position.
    let collection: Int32
    /// The blob of a commit that holds it; nil on the disk.
    let object: ObjectID?
}

/// The files of all collections in byte order of their paths, and what stands there that should not.
struct TreeListing {
    private(set) var files: [ListedFile] = []
    private(set) var findings: [Diagnostic] = []
    /// The paths of all files, links and the like that were listed.
    private(set) var listedPaths: [String] = []
    /// True when something was left out because the tree that this one is compared with has the same.
    private var hasSharedParts = false
    private var entryCount = 0
    private var pathByteCount = 0
    private let limits: Limits
    private let isWanted: ((_ path: String) -> Bool)?
    private let feed: FileFeed?
    private var fedCount = 0

    /// All of it, to be judged.
    var selection: Selection { Selection(files: files, findings: findings) }

    /// Folders inside folders that are looked into.
    private static let maximumDepth = 32

    /// Lists the files, of a compared tree those that are not shared; that there are none is a finding, unless a
    /// broken schema may be the reason.
    ///
    /// `folders` are the collections that are listed, and `isWanted` says which of their files; nil for all. A `feed` is
    /// given the files as they are found. Throws where a commit's objects are missing, or there is more than the limits
    /// allow.
    init(
        of collections: [Collection], in tree: borrowing ComparedTree, mayBeEmpty: Bool, limits: Limits,
        folders: Set<String>? = nil, isWanted: ((_ path: String) -> Bool)? = nil, feed: FileFeed? = nil
    ) throws(TreeError) {
        self.limits = limits
        self.isWanted = isWanted
        self.feed = feed
        // Folder by folder in byte order, so the whole listing needs no sorting of long paths.
        let inOrder = collections.indices.sorted {
            (collections[$0].folder + "/").precedesInByteOrder(collections[$1].folder + "/")
        }
        for index in inOrder {
            let collection = collections[index]
            guard folders?.contains(collection.folder) != false else { continue }
            guard let entry = try tree.entry(at: collection.folder), !isShared(entry) else { continue }
            if entry.kind == .folder {
                try walk(collection.folder, entry.object, level: 1, of: collection, Int32(index), in: tree)
            } else {
                listedPaths.append(collection.folder)
                report(.fileNotRegular, collection.folder, "\"\(collection.folder)\" is not a folder")
            }
        }
        feedFiles(from: 1)
        if files.isEmpty, findings.isEmpty, !hasSharedParts, !mayBeEmpty {
            let folders = collections.map { $0.folder + "/" }.joined(separator: ", ")
            report(
                .fileEmptyCollection, collections.first?.folder ?? "schemas", "the registry has no files",
                hint: collections.isEmpty
                    ? "no schema in schemas/ declares an \"x-collection\"" : "files belong into " + folders)
        }
    }

    private mutating func walk(
        _ folder: String, _ object: ObjectID?, level: Int, of collection: Collection, _ index: Int32,
        in tree: borrowing ComparedTree
    ) throws(TreeError) {
        for entry in try entries(of: folder, object, in: tree) where !isShared(entry) {
            let path = folder + "/" + entry.name
            if entry.kind != .folder { listedPaths.append(path) }
            if let fault = entry.nameFault {
                report(.fileName, path, fault.message, hint: fault.hint)
                continue
            }
            switch entry.kind {
            case .folder
            where level < TreeListing.maximumDepth && !entry.name.hasSuffix(Collection.fileExtension):
                try walk(path, entry.object, level: level + 1, of: collection, index, in: tree)
            case .folder: report(.fileNotRegular, path, "a folder stands where a file should be")
            case .link:
                report(.fileNotRegular, path, "a symbolic link stands here", hint: "put the file itself here")
            case .submodule:
                report(
                    .fileNotRegular, path, "a submodule stands here", hint: "put its files themselves here")
            case .other: report(.fileNotRegular, path, "this is neither a file nor a folder")
            case .file: add(path, entry, level: level, of: collection, index)
            }
        }
    }

    /// Whether an entry is left out; that there was one is noted.
    private mutating func isShared(_ entry: FolderEntry) -> Bool {
        if entry.isShared { hasSharedParts = true }
        return entry.isShared
    }

    /// What a folder holds, in byte order of the paths; a folder that cannot be read is a finding.
    private mutating func entries(
        of folder: String, _ object: ObjectID?, in tree: borrowing ComparedTree
    ) throws(TreeError) -> [FolderEntry] {
        var entries: [FolderEntry]
        do throws(ReadFailure) {
            entries = try tree.entries(of: folder, object)
        } catch {
            guard case .entry(let reason) = error else { throw error.failure(folder) }
            report(.fileUnreadable, folder, "the folder cannot be read: \(reason)")
            return []
        }
        entryCount += entries.count + 1
        pathByteCount += entries.reduce(0) { $0 + folder.utf8.count + $1.name.utf8.count + 1 }
        guard entryCount <= limits.entries, pathByteCount <= limits.pathBytes else {
            throw TreeError(
                "the registry has more than \(limits.entries) files and folders, or their paths more than "
                    + "\(limits.pathBytes >> 20) MiB")
        }
        entries.sort { $0.precedes($1) }
        reportCaseClashes(entries, in: folder)
        return entries
    }

    private mutating func add(
        _ path: String, _ entry: FolderEntry, level: Int, of collection: Collection, _ index: Int32
    ) {
        let name = entry.name
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
        guard isWanted?(path) != false else { return }
        files.append(ListedFile(path: path, collection: index, object: entry.object))
        feedFiles(from: FileFeed.batchSize)
    }

    /// Gives the feed the files that it does not have, if they are so many.
    private mutating func feedFiles(from count: Int) {
        guard let feed, files.count - fedCount >= count else { return }
        feed.add(files[fedCount...])
        fedCount = files.count
    }

    /// Two names that differ only by case, or by Unicode normalization, are one file on half of the world's machines.
    private mutating func reportCaseClashes(_ entries: [FolderEntry], in folder: String) {
        guard entries.contains(where: { $0.name.utf8.contains { $0 >= 0x80 || (65...90).contains($0) } })
        else { return }
        var seen: [String: String] = [:]
        for name in entries.map(\.name) {
            if let other = seen.updateValue(name, forKey: name.lowercased()) {
                let isByCase = other.lowercased().utf8.elementsEqual(name.lowercased().utf8)
                let difference = isByCase ? "by case" : "in how its accents are encoded"
                report(
                    .fileCaseClash, folder + "/" + name,
                    "the name differs from \"\(other)\" only \(difference)",
                    hint: "rename or remove one of the two")
            }
        }
    }

    private mutating func report(_ rule: RuleID, _ path: String, _ message: String, hint: String? = nil) {
        findings.append(Diagnostic(rule, at: Location(path: path, span: .start), message, hint: hint))
    }
}

extension FolderEntry {
    /// What is wrong with the name, and what to do; nil for a name that every system takes.
    fileprivate var nameFault: (message: String, hint: String)? {
        switch fault {
        case .reserved: ("the name belongs to git or to the system", "choose another name")
        case .duplicate: ("the name stands twice in its folder", "remove one of the two")
        case nil where name.isPortableName: nil
        default:
            (
                "the name has characters that not every system takes",
                "letters, digits, dots, hyphens and underscores go everywhere"
            )
        }
    }
}
