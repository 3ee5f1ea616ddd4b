import CGit2
import Text

/// How much of a tree is read, so that a hostile one ends: a few small objects can name themselves again and again
/// and unfold to more paths than there are atoms.
package struct TreeLimits: Sendable {
    /// Names read in all, folders included.
    package var entryCount: Int
    /// Levels of folders that are entered; deeper ones are listed and left alone.
    package var depth: Int
    /// Bytes of all paths together.
    package var pathByteCount: Int

    package init(entryCount: Int = 500_000, depth: Int = 32, pathByteCount: Int = 64 << 20) {
        self.entryCount = entryCount
        self.depth = depth
        self.pathByteCount = pathByteCount
    }
}

extension Repository {
    /// The entries of one folder, in byte order of their names; nothing is entered.
    package func children(of tree: ObjectID, limits: TreeLimits = TreeLimits()) throws(GitError)
        -> [TreeEntry]
    {
        var budget = TreeBudget(limits)
        return try readTree(tree, below: "", &budget)
    }

    /// Everything below a folder of a tree, folders included, in byte order of the paths, which begin at the tree
    /// and not at the folder. The empty path is the tree itself.
    ///
    /// Nil when there is no such folder. Fails past the limits. Linear in the entries.
    package func entries(
        ofTree tree: ObjectID, under folder: String = "", limits: TreeLimits = TreeLimits()
    ) throws(GitError) -> [TreeEntry]? {
        var (id, prefix) = (tree, "")
        if !folder.isEmpty {
            guard let entry = try entry(at: folder, inTree: tree), entry.kind == .folder else { return nil }
            (id, prefix) = (entry.id, entry.path + "/")
        }
        var entries: [TreeEntry] = []
        var budget = TreeBudget(limits)
        try collect(id, below: prefix, depth: 1, &entries, &budget)
        entries.sort { $0.path.precedesInByteOrder($1.path) }
        return entries
    }

    /// What stands at one path of a tree; nil where nothing does. A link is not followed.
    package func entry(at path: String, inTree tree: ObjectID) throws(GitError) -> TreeEntry? {
        let names = path.split(separator: "/")
        guard !names.isEmpty, !path.utf8.contains(0) else { return nil }
        var (id, kind) = (tree, TreeEntry.Kind.folder)
        for name in names {
            guard kind == .folder else { return nil }
            let folder = try load(id, .tree)
            guard let entry = unsafe git_tree_entry_byname(folder.pointer, String(name)) else { return nil }
            unsafe (id, kind) = (
                ObjectID(git_tree_entry_id(entry).pointee), TreeEntry.Kind(git_tree_entry_filemode(entry))
            )
        }
        return TreeEntry(path: names.joined(separator: "/"), kind: kind, id: id, fault: nil)
    }

    private func collect(
        _ tree: ObjectID, below prefix: String, depth: Int, _ entries: inout [TreeEntry],
        _ budget: inout TreeBudget
    ) throws(GitError) {
        for entry in try readTree(tree, below: prefix, &budget) {
            entries.append(entry)
            if budget.mayEnter(entry, depth: depth) {
                try collect(entry.id, below: entry.path + "/", depth: depth + 1, &entries, &budget)
            }
        }
    }

    /// The entries of one tree, in byte order of their paths.
    func readTree(
        _ tree: ObjectID, below prefix: String, _ budget: inout TreeBudget
    ) throws(GitError) -> [TreeEntry] {
        let folder = try load(tree, .tree)
        let count = unsafe git_tree_entrycount(folder.pointer)
        try budget.spend(entries: count, in: tree)
        var entries: [TreeEntry] = []
        entries.reserveCapacity(count)
        for index in 0..<count {
            guard let entry = unsafe git_tree_entry_byindex(folder.pointer, index),
                let bytes = unsafe git_tree_entry_name(entry)
            else { continue }
            let name = unsafe EntryName(bytes)
            let path = prefix + name.text
            try budget.spend(pathBytes: path.utf8.count, in: tree)
            unsafe entries.append(
                TreeEntry(
                    path: path, kind: TreeEntry.Kind(git_tree_entry_filemode(entry)),
                    id: ObjectID(git_tree_entry_id(entry).pointee), fault: name.fault))
        }
        // git sorts a folder as if its name ended in a slash, and a hostile tree is sorted as it likes.
        entries.sort { $0.path.precedesInByteOrder($1.path) }
        for index in entries.indices.dropFirst()
        where entries[index].path.utf8.elementsEqual(entries[index - 1].path.utf8) {
            entries[index] = entries[index].with(.duplicate)
        }
        return entries
    }
}

/// What is left of the limits while trees are read.
struct TreeBudget {
    private let limits: TreeLimits
    private var entryCount = 0
    private var pathByteCount = 0

    init(_ limits: TreeLimits) { self.limits = limits }

    /// True of a folder that is looked into, seen from `depth` levels below the start.
    func mayEnter(_ entry: TreeEntry, depth: Int) -> Bool {
        entry.kind == .folder && entry.fault == nil && depth < limits.depth
    }

    /// Counts a tree that is read. It counts for one itself, so that empty folders come to an end too.
    mutating func spend(entries count: Int, in tree: ObjectID) throws(GitError) {
        entryCount += count + 1
        guard entryCount <= limits.entryCount else {
            throw GitError(
                .tooLarge, .readTree, tree.description,
                "there are more than \(limits.entryCount) files and folders")
        }
    }

    mutating func spend(pathBytes count: Int, in tree: ObjectID) throws(GitError) {
        pathByteCount += count
        guard pathByteCount <= limits.pathByteCount else {
            throw GitError(
                .tooLarge, .readTree, tree.description,
                "the paths have more than \(limits.pathByteCount) bytes together")
        }
    }
}
