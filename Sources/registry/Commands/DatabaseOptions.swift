import ArgumentParser
import Commands
import Postgres

/// What every command that speaks to the database takes.
struct DatabaseOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The database: postgresql://user@host:5432/name.",
            discussion:
                "Default: the variable DATABASE_URL, which keeps a password out of the list of processes; "
                + "with neither, a private PostgreSQL below .registry/, started when it does not run.",
            valueName: "url"))
    var databaseURL: String?

    @Flag(
        help: ArgumentHelp(
            "The URL leads to a pooler that hands out sessions by the transaction.",
            discussion:
                "For example pgbouncer in transaction mode: limits are then set within each transaction."))
    var pooled = false

    /// How to reach the database; starts the private one where no other is named.
    func settings(_ common: CommonOptions, on console: Console) throws -> ConnectionSettings {
        var settings = ConnectionSettings(url: try url(common, on: console))
        settings.searchPath = ["public"]
        settings.scope = pooled ? .transaction : .session
        settings.faults = console.faults.database
        return settings
    }

    private func url(_ common: CommonOptions, on console: Console) throws -> String {
        if let url = databaseURL ?? console.variable("DATABASE_URL"), !url.isEmpty { return url }
        let server = try common.localServer(on: console)
        if case .running = server.status { return server.url }
        try server.start()
        return server.url
    }
}
