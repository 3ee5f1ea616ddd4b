import Glibc
package import Postgres
import Synchronization

/// A PostgreSQL server for the tests of one process, and a schema in it for each test.
///
/// The server is started at the first use, in a folder of its own below `/tmp`, and removed at the end of the
/// process. What a killed run left behind is removed by the next one. Where PostgreSQL is not installed every use
/// throws the sentence that says so.
package enum ScratchDatabase {
    private static let parent = "/tmp"
    private static let prefix = "model-atlas-scratch-"

    private static let server = Swift.Result<LocalServer, PostgresError> {
        () throws(PostgresError) in
        removeLeftovers()
        let server = try localServer(of: getpid())
        // Before the start, so that a start which fails half way is cleaned up too.
        atexit { ScratchDatabase.remove(getpid()) }
        try server.start()
        return server
    }

    private static let schemaCount = Atomic(0)

    /// Calls `body` with the settings of connections to an empty schema, which is dropped afterwards.
    package static func withSchema<R>(
        _ body: (ConnectionSettings) throws -> R
    ) throws -> R {
        let schema = "test_\(schemaCount.add(1, ordering: .relaxed).newValue)"
        var settings = try serverSettings()
        var owner = try Connection.open(settings)
        try owner.execute("CREATE SCHEMA \(schema)")
        defer { _ = try? owner.execute("DROP SCHEMA \(schema) CASCADE") }
        settings.searchPath = [schema]
        return try body(settings)
    }

    /// Settings of connections to the server's own database, for tests that need no tables.
    package static func serverSettings() throws(PostgresError) -> ConnectionSettings {
        var settings = ConnectionSettings(url: try server.get().url)
        settings.applicationName = "model-atlas tests"
        settings.statementTimeoutMilliseconds = 60_000
        return settings
    }

    /// Calls `body` with the settings of connections to a server that nobody else uses, for tests that look at what
    /// a server does as a whole. It is removed afterwards.
    package static func withOwnServer<R>(_ body: (ConnectionSettings) throws -> R) throws -> R {
        let number = schemaCount.add(1, ordering: .relaxed).newValue
        let server = try localServer(of: getpid(), named: "own-\(number)")
        try server.start()
        defer {
            try? server.stop(.immediate)
            Files.remove(server.dataFolder)
        }
        return try body(ConnectionSettings(url: server.url))
    }

    private static func localServer(of process: pid_t, named name: String = "data") throws(PostgresError)
        -> LocalServer
    {
        let path = getenv("PATH").map { String(cString: $0) } ?? ""
        return try LocalServer(
            dataFolder: "\(parent)/\(prefix)\(process)/\(name)",
            // Room for what benchmarks load; none of it is taken before it is used.
            settings: [
                "max_connections=60", "shared_buffers=512MB", "wal_buffers=64MB", "max_wal_size=4GB",
                "min_wal_size=1GB",
            ],
            isScratch: true,
            searchPath: path, report: { _ in })
    }

    private static func remove(_ process: pid_t) {
        try? localServer(of: process).stop(.immediate)
        Files.remove("\(parent)/\(prefix)\(process)")
    }

    private static func removeLeftovers() {
        for name in Files.names(in: parent) where name.hasPrefix(prefix) {
            guard let process = pid_t(name.dropFirst(prefix.count)) else { continue }
            let isGone = kill(process, 0) != 0 && errno == ESRCH
            // A folder with our own number is from a process before us.
            if isGone || process == getpid() { remove(process) }
        }
    }
}
