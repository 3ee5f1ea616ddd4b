import Glibc

/// The programs of one installed PostgreSQL.
package struct ServerPrograms: Sendable {
    /// The folder that holds `initdb`, `pg_ctl` and `postgres`.
    let folder: String

    /// The installed ones: those on the search path first, then the distribution's, newest first.
    static func installed(searchPath: String, distribution folder: String) -> [ServerPrograms] {
        let distribution = Folders.names(in: folder).sorted { left, right in
            (Int(left) ?? 0) > (Int(right) ?? 0)
        }
        let folders =
            searchPath.split(separator: ":").map(String.init)
            + distribution.map { "\(folder)/\($0)/bin" }
        let names = ["initdb", "pg_ctl", "postgres"]
        return folders.filter { folder in
            names.allSatisfy { unsafe access("\(folder)/\($0)", X_OK) == 0 }
        }.map { ServerPrograms(folder: $0) }
    }

    /// The programs for a data folder: of its own major version when it has one, else the first.
    static func fitting(
        version: String?, searchPath: String, distribution: String
    ) throws(PostgresError) -> ServerPrograms {
        let all = installed(searchPath: searchPath, distribution: distribution)
        guard let first = all.first else {
            throw PostgresError(
                .localServer, "find PostgreSQL", "no initdb, pg_ctl and postgres are installed",
                hint: "install PostgreSQL (Debian: apt-get install postgresql), or give a database URL")
        }
        guard let version else { return first }
        if let fitting = all.first(where: { $0.majorVersion == version }) { return fitting }
        throw PostgresError(
            .localServer, "find PostgreSQL",
            "the data folder was made by PostgreSQL \(version), which is not installed",
            hint: "install it, or remove the folder: the next ingest fills a new one")
    }

    /// `15` of `pg_ctl (PostgreSQL) 15.18 (Debian …)`.
    private var majorVersion: String? {
        let words = ChildProcess.run(["\(folder)/pg_ctl", "--version"])?.output.split(separator: " ") ?? []
        return words.count > 2 ? String(words[2].prefix { $0.isNumber }) : nil
    }
}
