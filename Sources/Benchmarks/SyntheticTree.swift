import TestKit

/// A synthetic registry that stands in a folder.
struct SyntheticTree {
    let root: String
    let size: SyntheticRegistry.Size

    /// Writes it anew; what stood in the folder before is removed.
    init(_ registry: SyntheticRegistry, at root: String) throws(BenchmarkError) {
        self.root = root
        Files.remove(root)
        size = try registry.write(to: root)
    }

    /// A schema and the files it describes.
    struct Collection {
        let schema: String
        let folder: String
        let files: [String]
    }

    /// The collections that have files, for tools that take one schema a run.
    func collections() -> [Collection] {
        SyntheticRegistry.schemas.compactMap { name, _ in
            let folder = "\(root)/\(name)s"
            guard Files.isFolder(folder) else { return nil }
            return Collection(
                schema: "\(root)/schemas/\(name).schema.json", folder: folder,
                files: Files.tree(below: folder).map { "\(folder)/\($0)" })
        }
    }
}
