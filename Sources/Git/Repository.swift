import CGit2

/// A git repository, open for reading; it is closed when its owner lets go of it.
///
/// Belongs to one thread: libgit2's handles may not be shared, so each worker opens its own. Content comes from the
/// object database only; the work tree is never read.
package struct Repository: ~Copyable {
    /// The folder that holds the repository's own files, absolute, without a slash at the end.
    package let gitDirectory: String
    /// The folder of the work tree, absolute, without a slash at the end; nil in a bare repository.
    package let workTree: String?
    /// True of a clone whose oldest commits name parents that were not fetched.
    package let isShallow: Bool

    let git: LibGit2
    let handle: Handle
    let objects: Handle

    /// True of a repository without a work tree.
    package var isBare: Bool { workTree == nil }

    /// Opens the repository that a path lies in: there, or in the nearest folder above that has one.
    ///
    /// Fails where there is none, and where it belongs to another user and is not declared safe, as git does.
    package static func open(
        discovering path: String, faults: GitFaults? = nil
    ) throws(GitError) -> Repository {
        let git = LibGit2(faults: faults)
        let subject = "\"\(path)\""
        let handle = unsafe try git.make(.open, subject, free: git_repository_free) {
            unsafe git_repository_open_ext(&$0, path, 0, nil)
        }
        let isShallow = try git.call(.open, subject) { unsafe git_repository_is_shallow(handle.pointer) }
        let objects = unsafe try git.make(.open, subject, free: git_odb_free) {
            unsafe git_repository_odb(&$0, handle.pointer)
        }
        return unsafe Repository(
            gitDirectory: folder(git_repository_path(handle.pointer)) ?? "",
            workTree: folder(git_repository_workdir(handle.pointer)),
            isShallow: isShallow == 1, git: git, handle: handle, objects: objects)
    }

    private static func folder(_ path: UnsafePointer<CChar>?) -> String? {
        guard let path = unsafe path else { return nil }
        let text = unsafe String(cString: path)
        return text.utf8.count > 1 && text.hasSuffix("/") ? String(text.dropLast()) : text
    }
}
