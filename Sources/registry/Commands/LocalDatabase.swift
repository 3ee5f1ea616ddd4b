import Glibc
import Postgres

/// The private PostgreSQL of a registry, for whoever has no other.
enum LocalDatabase {
    /// Its server, with its data in `.registry/postgres` below the registry's root. Touches nothing.
    ///
    /// - Parameter report: is told what is done, a sentence each.
    static func server(
        ofRegistryAt root: String, report: @escaping @Sendable (String) -> Void
    ) throws(PostgresError) -> LocalServer {
        let searchPath = getenv("PATH").map { String(cString: $0) } ?? ""
        return try LocalServer(
            dataFolder: root + "/.registry/postgres", searchPath: searchPath, report: report)
    }
}
