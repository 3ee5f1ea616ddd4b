package import ArgumentParser
package import Diagnostics
package import RegistryTree

/// What every command that looks at a registry takes.
package struct CommonOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The registry's folder.", discussion: "Default: the nearest one upward with schemas/."))
    package var root: String?

    @Option(
        help: ArgumentHelp(
            "Read this commit instead of the files on the disk.",
            discussion: "An id, a branch, a tag; the work tree plays no part.", valueName: "revision"))
    package var rev: String?

    @Flag(help: "No colours, even on a terminal.")
    package var noColor = false

    @Flag(help: "Say nothing but findings and results.")
    package var quiet = false

    package init() {}

    /// The registry's folder as the operating system wants it.
    package func rootFolder(on console: Console) throws -> String {
        if let root { return console.path(root) }
        guard let found = RegistryRoot.nearest(to: console.folder.isEmpty ? "." : console.folder) else {
            throw Failure(
                "no registry here: neither this folder nor one above it has a schemas/ folder; use --root")
        }
        return found
    }

    /// Where the registry is read.
    package func source(on console: Console) throws -> RegistrySource {
        guard let rev else { return .folder(try rootFolder(on: console)) }
        return .commit(try commit(rev, on: console))
    }

    /// The registry as a revision has it.
    package func commit(_ revision: String, on console: Console) throws -> CommitTree {
        let folder = root.map { console.path($0) } ?? (console.folder.isEmpty ? "." : console.folder)
        return try CommitTree(of: revision, at: folder, isExact: root != nil, faults: console.faults.git)
    }

    /// The registry of `source` as another revision has it.
    package func commit(_ revision: String, besides source: RegistrySource, on console: Console) throws
        -> CommitTree
    {
        if let tree = source.commit { return try CommitTree(of: revision, besides: tree) }
        return try CommitTree(
            of: revision, at: try rootFolder(on: console), isExact: true, faults: console.faults.git)
    }

    /// Refuses a revision where files are written: a commit cannot be changed.
    package func refuseRevision(for command: String) throws {
        guard rev != nil else { return }
        throw ValidationError("\"\(command)\" works on the files on the disk and takes no --rev")
    }

    /// Whether findings are coloured.
    package func style(on console: Console) -> TextStyle {
        console.isTerminal && !noColor ? .colored : .plain
    }
}
