import Git

/// A tree to be listed, either whole or only where it differs from another.
struct ComparedTree: ~Copyable {
    private let tree: TreeReader
    private let other: TreeReader?

    /// The whole of a tree.
    init(_ tree: consuming TreeReader) {
        self.tree = tree
        other = nil
    }

    /// A tree in which is marked what another has too. Both must know the objects of what they hold.
    init(_ tree: consuming TreeReader, besides other: consuming TreeReader) {
        self.tree = tree
        self.other = .some(other)
    }

    /// What stands at a path; nil when nothing does.
    func entry(at path: String) throws(TreeError) -> FolderEntry? {
        guard var entry = try tree.entry(at: path) else { return nil }
        switch other {
        case .some(let other):
            if let twin = try other.entry(at: path) { entry.isShared = entry.equals(twin) }
        case .none: break
        }
        return entry
    }

    /// What a folder holds, in no particular order.
    func entries(of folder: String, _ object: ObjectID?) throws(ReadFailure) -> [FolderEntry] {
        var entries = try tree.entries(of: folder, object)
        let twins = try self.twins(of: folder)
        guard !twins.isEmpty else { return entries }
        for index in entries.indices {
            guard let twin = twins[entries[index].name] else { continue }
            entries[index].isShared = entries[index].equals(twin)
        }
        return entries
    }

    private func twins(of folder: String) throws(ReadFailure) -> [String: FolderEntry] {
        switch other {
        case .some(let other):
            do throws(ReadFailure) {
                let entries = try other.entries(of: folder)
                return Dictionary(entries.map { ($0.name, $0) }) { first, _ in first }
            } catch {
                // A folder that the other tree lacks has no twins.
                guard case .source = error else { return [:] }
                throw error
            }
        case .none: return [:]
        }
    }
}

extension FolderEntry {
    /// True when both are known to hold the same. Names with a fault are spelt for people, and prove nothing.
    fileprivate func equals(_ other: FolderEntry) -> Bool {
        object != nil && object == other.object && kind == other.kind && fault == nil && other.fault == nil
            && name.utf8.elementsEqual(other.name.utf8)
    }
}
