import Documents
import Text

/// Files of a registry, to show parts of them.
package struct SourceFiles: ~Copyable {
    private let tree: TreeReader

    /// Throws when the source cannot be opened.
    package init(of source: RegistrySource) throws(TreeError) {
        tree = try source.open()
    }

    /// The bytes of a file below the root; nil when it cannot be read or is too large to have been checked.
    package func bytes(of path: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        let isRead = try? tree.read(path, limit: Limits.standard.fileBytes, into: &bytes)
        return isRead == true ? bytes : nil
    }

    /// The bytes of a file anywhere, of up to 64 MiB.
    ///
    /// Throws when it cannot be read.
    package static func bytes(at path: String) throws(TreeError) -> [UInt8] {
        var bytes: [UInt8] = []
        let (folder, name) = split(path)
        do throws(DiskFolder.Failure) {
            if try DiskFolder(root: folder).read(name, limit: 64 << 20, into: &bytes) { return bytes }
        } catch {
            throw TreeError("\"\(path)\" cannot be read: \(error.reason)")
        }
        throw TreeError("\"\(path)\" is larger than 64 MiB")
    }

    private static func split(_ path: String) -> (folder: String, name: String) {
        guard let slash = path.lastIndex(of: "/") else { return (".", path) }
        return (
            slash == path.startIndex ? "/" : String(path[..<slash]), String(path[path.index(after: slash)...])
        )
    }
}

/// Where a registry is.
package enum RegistryRoot {
    /// The nearest folder, from `folder` upward, that has a `schemas/` folder; nil when none has.
    package static func nearest(to folder: String) -> String? {
        var candidate = folder
        for _ in 0..<64 {
            let disk = DiskFolder(root: candidate)
            if disk.kind(of: RegistrySchemas.folder) == .folder { return candidate }
            candidate += "/.."
        }
        return nil
    }
}
