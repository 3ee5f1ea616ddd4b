import Glibc

/// The user as whom a server runs that root starts, since PostgreSQL refuses root.
struct ServerAccount: Sendable {
    let user: uid_t
    let group: gid_t

    /// Nil when this process is no root and the server runs as its own user.
    static func needed() throws(PostgresError) -> ServerAccount? {
        guard geteuid() == 0 else { return nil }
        for name in ["postgres", "nobody"] {
            if let entry = unsafe getpwnam(name) {
                return unsafe ServerAccount(user: entry.pointee.pw_uid, group: entry.pointee.pw_gid)
            }
        }
        throw PostgresError(
            .localServer, "choose a user", "PostgreSQL does not run as root, and no other user is there",
            hint: "add a user \"postgres\", or run this as another user")
    }

    /// The words before a command that have it run as this user.
    func prefix() throws(PostgresError) -> [String] {
        for folder in ["/usr/bin", "/bin", "/usr/sbin", "/sbin"] {
            let program = folder + "/setpriv"
            if unsafe access(program, X_OK) == 0 {
                return [program, "--reuid=\(user)", "--regid=\(group)", "--clear-groups", "--"]
            }
        }
        throw PostgresError(
            .localServer, "choose a user", "the program setpriv is not there to leave root",
            hint: "install util-linux, or run this as another user")
    }
}
