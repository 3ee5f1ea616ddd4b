import Postgres
import TestKit
import Testing

/// A server that is there and says nothing: it is stopped, or something on the way has forgotten the connection. Only a
/// clock can tell.
@Suite struct SilentServerTests {
    private static let longText = String(repeating: "x", count: 1_000_000)

    /// A connection by a relay whose server is lost after six tenths of a second without a byte, and a table.
    private func withRelay(
        _ body: (Relay, inout Connection) throws -> Void
    ) throws {
        try ScratchDatabase.withRelayedSchema { relay, settings, direct in
            var observer = try Connection.open(direct)
            try observer.execute("CREATE TABLE t (a text)")
            var settings = settings
            settings.statementTimeoutMilliseconds = 500
            settings.graceMilliseconds = 100
            var connection = try Connection.open(settings)
            try body(relay, &connection)
        }
    }

    private typealias Work = @Sendable (inout Connection) throws(PostgresError) -> Void

    /// What waits, how many bytes reach the server before it falls silent, and which call then waits in vain.
    private static let works: [(byteCount: Int, operation: Postgres.Operation, work: Work)] = [
        (10, .receive, { connection throws(PostgresError) in try connection.query("SELECT 1") }),
        (
            10, .receive,
            { connection throws(PostgresError) in
                try connection.pipeline { (pipeline) throws(PostgresError) in
                    for _ in 0..<20 { try pipeline.execute("SELECT $1::text", [.text(longText)]) }
                }
            }
        ),
        (
            70_000, .copyData,
            { connection throws(PostgresError) in
                try connection.copy(into: "t", columns: ["a"]) { (writer) throws(PostgresError) in
                    for _ in 0..<20 { try writer.write([.text(longText)]) }
                }
            }
        ),
    ]

    @Test(arguments: Weather.Direction.allCases, works.indices)
    func `whatever waits for it ends, and the connection counts as lost`(
        direction: Weather.Direction, number: Int
    ) throws {
        let (byteCount, operation, work) = Self.works[number]
        try withRelay { relay, connection in
            // The other way it is in the head of the first answer.
            relay.change(to: .silence(direction, after: direction == .toServer ? byteCount : 3))
            let error = failure { try work(&connection) }
            #expect(error?.code == .connection && error?.sqlState == "08006", "\(error as Any)")
            #expect(error?.operation == (direction == .toServer ? operation : .receive).rawValue)
            #expect(error?.message == "the server has neither sent nor taken a byte for 600 ms")
            let isBroken = connection.isBroken
            #expect(isBroken)
        }
    }

    @Test func `silence instead of the answer to COMMIT leaves its outcome open`() throws {
        try withRelay { relay, connection in
            let error = failure {
                try connection.withTransaction { (connection) throws(PostgresError) in
                    try connection.execute("INSERT INTO t VALUES ('x')")
                    relay.change(to: .silence(.toClient, after: 0))
                }
            }
            #expect(error?.code == .unknownOutcome)
        }
    }

    @Test func `one that is slow and goes on is waited for`() throws {
        try withRelay { relay, connection in
            var weather = Weather()
            weather.bytesPerSecond = 30_000
            weather.sliceBytes = 1_000
            relay.change(to: weather)
            let rows = try connection.query("SELECT repeat('x', 40000)")
            let length = try rows.text(0, 0).utf8.count
            #expect(length == 40_000)
        }
    }

    @Test(arguments: [(0, ""), (500, "&options=-c%20statement_timeout%3D0")])
    func `a statement may take as long as it wants where nobody limits it, or somebody else does`(
        limit: Int, options: String
    ) throws {
        var settings = try ConnectionSettings(url: ScratchDatabase.serverURL() + options)
        settings.statementTimeoutMilliseconds = limit
        settings.graceMilliseconds = 100
        var connection = try Connection.open(settings)
        try connection.query("SELECT pg_sleep(1)")
    }
}
