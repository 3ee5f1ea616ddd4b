import Glibc

/// The user as whom servers run that refuse root, when the tests run as root.
package enum ServerUser {
    private static let entry: (user: uid_t, group: gid_t)? = {
        guard geteuid() == 0 else { return nil }
        for name in ["postgres", "nobody"] {
            if let entry = getpwnam(name) { return (entry.pointee.pw_uid, entry.pointee.pw_gid) }
        }
        return nil
    }()

    /// The words before a command that have it run as that user; none where this process is no root.
    package static let prefix: [String] =
        entry.map { ["setpriv", "--reuid=\($0.user)", "--regid=\($0.group)", "--clear-groups", "--"] } ?? []

    /// Makes a folder that is that user's alone.
    package static func makeFolder(_ path: String) {
        mkdir(path, 0o700)
        if let entry { chown(path, entry.user, entry.group) }
    }

    /// The path of a program of PostgreSQL's, which Debian keeps off the PATH.
    package static func postgresProgram(_ name: String) -> String {
        let folders = Files.names(in: "/usr/lib/postgresql").map { "/usr/lib/postgresql/\($0)/bin/\(name)" }
        return folders.last { access($0, X_OK) == 0 } ?? name
    }
}
