/// The project's own files, for the tests that hold the code and the documents to the house rules.
package enum Repository {
    /// The folder of the package, found from where this file was compiled.
    package static let root: String = {
        let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        return parts.dropLast(3).joined(separator: "/")
    }()

    /// The text of a file at a path below the root; empty when it cannot be read.
    package static func text(of path: String) -> String {
        Files.text(at: "\(root)/\(path)") ?? ""
    }

    /// Regular files below a folder of the project, as paths below the root, in byte order.
    package static func files(below folder: String) -> [String] {
        Files.tree(below: "\(root)/\(folder)").map { "\(folder)/\($0)" }
    }

    /// Everything a person wrote: all files but what git keeps, what builds make and what runs leave behind.
    package static func allFiles() -> [String] {
        let names = Files.names(in: root).filter { name in
            name != ".git" && !name.hasPrefix(".build") && name != ".registry"
        }
        return names.flatMap { Files.isFolder("\(root)/\($0)") ? files(below: $0) : [$0] }
    }
}
