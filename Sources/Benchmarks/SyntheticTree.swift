@preconcurrency import Glibc

/// A synthetic registry that stands in a folder.
struct SyntheticTree {
    let root: String
    let size: SyntheticRegistry.Size

    /// Writes it anew; what stood in the folder before is removed.
    init(_ registry: SyntheticRegistry, at root: String) throws(BenchmarkError) {
        self.root = root
        _ = try measure(["rm", "-rf", root])
        size = try registry.write(to: root)
    }

    /// A schema and the files it describes.
    struct Collection {
        let schema: String
        let folder: String
        let files: [String]
    }

    /// The collections that have files, for tools that take one schema a run.
    func collections() throws(BenchmarkError) -> [Collection] {
        var collections: [Collection] = []
        for (name, _) in SyntheticRegistry.schemas {
            let folder = "\(root)/\(name)s"
            guard access(folder, R_OK) == 0 else { continue }
            let files = try output(of: ["find", folder, "-name", "*.yaml"]).split(separator: "\n").map(
                String.init)
            collections.append(
                Collection(schema: "\(root)/schemas/\(name).schema.json", folder: folder, files: files))
        }
        return collections
    }
}
