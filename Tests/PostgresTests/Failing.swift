import Postgres
import Testing

/// The error of the database that `body` throws; nil, and a failed expectation, when it throws none.
func failure(
    sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Void
) -> PostgresError? {
    do {
        try body()
        Issue.record("nothing was thrown", sourceLocation: sourceLocation)
    } catch let error as PostgresError {
        return error
    } catch {
        Issue.record(error, sourceLocation: sourceLocation)
    }
    return nil
}

/// Runs a query that gives one whole number.
func number(_ connection: inout Connection, _ sql: String, _ arguments: [Value] = []) throws -> Int {
    let rows = try connection.query(sql, arguments)
    return try rows.integer(0, 0)
}

/// Returns when the server has ended every session of that application name.
func waitForEnd(of applicationName: String, _ observer: inout Connection) throws {
    let sql = "SELECT count(*) FROM pg_stat_activity WHERE application_name = $1"
    while try number(&observer, sql, [.text(applicationName)]) > 0 {
        try observer.execute("SELECT pg_sleep(0.005)")
    }
}

/// An error of the room itself, for a body to throw: these can be made only by what fails.
func throwExample() throws(PostgresError) -> Never {
    _ = try Connection.open(ConnectionSettings(url: "postgresql://["))
    preconditionFailure("half an address was taken")
}
