import Glibc
package import Postgres

/// pgbouncer in transaction mode, where each transaction may get another of few sessions, before an empty database.
package enum ScratchPooler {
    /// Calls `body` with the settings of connections by the pooler and of others past it; the database is dropped
    /// afterwards.
    package static func withDatabase<R>(
        sessionCount: Int, _ body: (ConnectionSettings, _ direct: ConnectionSettings) throws -> R
    ) throws -> R {
        try withURL(sessionCount: sessionCount) { url, direct in
            var settings = ConnectionSettings(url: url)
            settings.scope = .transaction
            settings.searchPath = ["public"]
            return try body(settings, ConnectionSettings(url: direct))
        }
    }

    /// The same with the URLs.
    package static func withURL<R>(
        sessionCount: Int, _ body: (_ url: String, _ direct: String) throws -> R
    ) throws -> R {
        try Files.withTemporaryFolder { folder in
            chmod(folder, 0o777)
            let name = "pooled_\(getpid())_\(UInt32.random(in: 0...UInt32.max))"
            return try ScratchDatabase.withDatabase(name) { direct in
                let host = direct.split(separator: "host=")[1].prefix { $0 != "&" }
                let pooler = try start(in: folder, before: host, sessionCount)
                let url = direct.replacing("host=\(host)", with: "host=\(folder)&port=6432")
                return try withExtendedLifetime(pooler) { try body(url, direct) }
            }
        }
    }

    /// Starts it on a socket in a folder, and waits until it answers.
    private static func start(
        in folder: String, before host: Substring, _ sessionCount: Int
    ) throws -> RunningProcess {
        Files.write(
            """
            [databases]
            * = host=\(host) user=postgres
            [pgbouncer]
            listen_addr =
            unix_socket_dir = \(folder)
            listen_port = 6432
            auth_type = any
            pool_mode = transaction
            server_reset_query =
            default_pool_size = \(sessionCount)

            """, to: folder + "/pgbouncer.ini")
        let pooler = try RunningProcess(
            ChildProcess(ServerUser.prefix + ["/usr/sbin/pgbouncer", folder + "/pgbouncer.ini"]),
            outputPath: folder + "/pgbouncer.log")
        var waited = 0
        while !LocalSocket.isAnswering(folder + "/.s.PGSQL.6432"), pooler.isRunning, waited < 2_000 {
            waited += 1
            usleep(5_000)
        }
        return pooler
    }
}
