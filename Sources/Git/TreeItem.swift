/// One entry of a folder that is not a tree of git's yet.
package struct TreeItem: Sendable, Hashable {
    package let name: String
    package let kind: TreeEntry.Kind
    package let id: ObjectID

    package init(name: String, kind: TreeEntry.Kind, id: ObjectID) {
        self.name = name
        self.kind = kind
        self.id = id
    }

    /// The kind as git writes it.
    var mode: [UInt8] {
        let mode =
            switch kind {
            case .file: "100644"
            case .executable: "100755"
            case .folder: "40000"
            case .symbolicLink: "120000"
            case .submodule: "160000"
            }
        return Array(mode.utf8)
    }
}
