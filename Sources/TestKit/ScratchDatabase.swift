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

    /// What killed runs left is removed once, before the first server of this process: a folder with this process's
    /// own number is a leftover then, and never afterwards.
    private static let isSwept: Void = removeLeftovers()

    private static let server = Swift.Result<LocalServer, PostgresError> {
        () throws(PostgresError) in
        isSwept
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
        let settings = try makeSchema()
        defer { dropSchema(of: settings) }
        return try body(settings)
    }

    /// Settings of connections to an empty schema, for tests that wait in between; `dropSchema` takes it away.
    package static func makeSchema() throws -> ConnectionSettings {
        let schema = "test_\(schemaCount.add(1, ordering: .relaxed).newValue)"
        var settings = try serverSettings()
        var owner = try Connection.open(settings)
        try owner.execute("CREATE SCHEMA \(schema)")
        settings.searchPath = [schema]
        return settings
    }

    /// Drops what `makeSchema` made.
    package static func dropSchema(of settings: ConnectionSettings) {
        guard let schema = settings.searchPath?.first, var owner = try? Connection.open(settings) else {
            return
        }
        _ = try? owner.execute("DROP SCHEMA \(schema) CASCADE")
    }

    /// The same with a relay before the server: the first settings lead through it, the second past it.
    ///
    /// - Parameter isTCP: clients reach the relay by TCP, where a connection can be reset and a server can vanish. That
    ///   it has is noticed as soon as the system can: the settings have the shortest keepalives.
    package static func withRelayedSchema<R>(
        overTCP isTCP: Bool = false,
        _ body: (Relay, ConnectionSettings, _ direct: ConnectionSettings) throws -> R
    ) throws -> R {
        try withSchema { direct in
            try Files.withTemporaryFolder { folder in
                let socket = "/.s.PGSQL.5432"
                let server = try localServer(of: getpid()).dataFolder + socket
                let made = isTCP ? Relay(onTCPTo: server) : Relay(at: folder + socket, to: server)
                guard let relay = made else {
                    throw ChildProcess.Failure(description: "no relay in \(folder)")
                }
                let words =
                    isTCP
                    ? "host=127.0.0.1&port=\(relay.port)&sslmode=disable&gssencmode=disable"
                        + "&keepalives_idle=1&keepalives_interval=1"
                    : "host=\(folder)"
                var settings = ConnectionSettings(url: "postgresql:///postgres?user=postgres&\(words)")
                settings.applicationName = direct.applicationName
                settings.searchPath = direct.searchPath
                settings.statementTimeoutMilliseconds = direct.statementTimeoutMilliseconds
                return try body(relay, settings, direct)
            }
        }
    }

    /// Calls `body` with the URL of an empty database, for programs that bring their own settings; it is dropped
    /// afterwards.
    package static func withDatabase<R>(_ name: String, _ body: (_ url: String) throws -> R) throws -> R {
        var owner = try Connection.open(serverSettings())
        try owner.execute("CREATE DATABASE \(name)")
        defer { _ = try? owner.execute("DROP DATABASE \(name) WITH (FORCE)") }
        return try body(serverURL().replacing(":///postgres?", with: ":///\(name)?"))
    }

    /// The server's URL, for programs that are started beside the tests.
    package static func serverURL() throws(PostgresError) -> String { try server.get().url }

    /// Runs statements in a database that tests know by its URL only.
    package static func execute(_ sql: String, at url: String) throws(PostgresError) {
        var connection = try Connection.open(ConnectionSettings(url: url))
        try connection.execute(sql)
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
        try withStoppableServer { server in try body(ConnectionSettings(url: server.url)) }
    }

    /// The same for tests that stop and start the server, or that do something to its data; also with settings of their
    /// own.
    package static func withStoppableServer<R>(
        settings: [String] = [], _ body: (LocalServer) throws -> R
    ) throws -> R {
        isSwept
        let number = schemaCount.add(1, ordering: .relaxed).newValue
        let server = try localServer(of: getpid(), named: "own-\(number)", settings: settings)
        try server.start()
        defer {
            try? server.stop(.immediate)
            Files.remove(server.dataFolder)
        }
        return try body(server)
    }

    private static func localServer(
        of process: pid_t, named name: String = "data", settings: [String] = []
    ) throws(PostgresError) -> LocalServer {
        let path = getenv("PATH").map { String(cString: $0) } ?? ""
        return try LocalServer(
            dataFolder: "\(parent)/\(prefix)\(process)/\(name)",
            // Room for what benchmarks load; none of it is taken before it is used.
            settings: [
                "max_connections=60", "shared_buffers=512MB", "wal_buffers=64MB", "max_wal_size=4GB",
                "min_wal_size=1GB",
            ] + settings,
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
