import Postgres
import TestKit
import Testing

@Suite struct TransactionTests {
    /// An error of a room above.
    private enum Refusal: PostgresFailure, Equatable {
        case drift
        case database(PostgresError)

        init(_ error: PostgresError) { self = .database(error) }
    }

    private func withTable(_ body: (ConnectionSettings, inout Connection) throws -> Void) throws {
        try ScratchDatabase.withSchema { settings in
            var connection = try Connection.open(settings)
            try connection.execute("CREATE TABLE t (a bigint PRIMARY KEY)")
            try body(settings, &connection)
        }
    }

    @Test func `what a transaction did is there after it`() throws {
        try withTable { settings, connection in
            let count = try connection.withTransaction { (connection) throws(PostgresError) in
                try connection.query("INSERT INTO t VALUES ($1), ($2)", [.integer(1), .integer(2)])
                    .affectedCount
            }
            #expect(count == 2)
            var other = try Connection.open(settings)
            let stored = try number(&other, "SELECT count(*) FROM t")
            #expect(stored == 2)
        }
    }

    @Test func `a thrown error rolls back and comes out as it is`() throws {
        try withTable { _, connection in
            do throws(Refusal) {
                try connection.withTransaction { (connection) throws(Refusal) in
                    do throws(PostgresError) {
                        try connection.execute("INSERT INTO t VALUES (1)")
                    } catch {
                        throw Refusal(error)
                    }
                    throw .drift
                }
                Issue.record("nothing was thrown")
            } catch {
                #expect(error == .drift)
            }
            let status = connection.transactionStatus
            let stored = try number(&connection, "SELECT count(*) FROM t")
            #expect(status == .idle)
            #expect(stored == 0)
        }
    }

    @Test func `a statement's failure rolls back what was before it`() throws {
        try withTable { _, connection in
            let error = failure {
                try connection.withTransaction { (connection) throws(PostgresError) in
                    try connection.execute("INSERT INTO t VALUES (1)")
                    try connection.execute("INSERT INTO t VALUES (1)")
                }
            }
            #expect(error?.sqlState == "23505")
            let stored = try number(&connection, "SELECT count(*) FROM t")
            #expect(stored == 0)
        }
    }

    @Test func `a failure that was swallowed does not pass for a commit`() throws {
        try withTable { _, connection in
            let error = failure {
                try connection.withTransaction { (connection) throws(PostgresError) in
                    try connection.execute("INSERT INTO t VALUES (1)")
                    _ = try? connection.execute("SELECT 1 / 0")
                }
            }
            #expect(error?.sqlState == "25000")
            let stored = try number(&connection, "SELECT count(*) FROM t")
            #expect(stored == 0)
        }
    }

    @Test func `a body that ends the transaction itself is told`() throws {
        try withTable { _, connection in
            let error = failure {
                try connection.withTransaction { (connection) throws(PostgresError) in
                    _ = try connection.execute("COMMIT")
                }
            }
            #expect(error?.code == .misuse)
        }
    }

    @Test func `isolation and access are as asked`() throws {
        try withTable { settings, connection in
            let error = failure {
                try connection.withTransaction(readOnly: true) { (connection) throws(PostgresError) in
                    _ = try connection.execute("INSERT INTO t VALUES (1)")
                }
            }
            #expect(error?.sqlState == "25006")
            var writer = try Connection.open(settings)
            let seen = try connection.withTransaction(isolation: .repeatableRead) {
                (connection) throws(PostgresError) in
                let before = try connection.query("SELECT count(*) FROM t")
                try writer.execute("INSERT INTO t VALUES (1)")
                let after = try connection.query("SELECT count(*) FROM t")
                return [try before.integer(0, 0), try after.integer(0, 0)]
            }
            #expect(seen == [0, 0])
        }
    }

    @Test func `two that write the same row under repeatable read: the second may try again`() throws {
        try withTable { settings, connection in
            try connection.execute("INSERT INTO t VALUES (1)")
            var other = try Connection.open(settings)
            let error = failure {
                try connection.withTransaction(isolation: .repeatableRead) {
                    (connection) throws(PostgresError) in
                    try connection.execute("SELECT a FROM t")
                    try other.execute("UPDATE t SET a = 2")
                    try connection.execute("UPDATE t SET a = 3")
                }
            }
            #expect(error?.sqlState == "40001")
            #expect(error?.isTransient == true)
        }
    }

    /// The call at which the connection is cut: COMMIT's sending, then the first wait for its answer.
    @Test(arguments: [(0, 0), (1, 1)])
    func `a commit whose answer is lost is an unknown outcome`(delay: Int, stored: Int) throws {
        try withTable { settings, observer in
            let counting = FaultPlan()
            try insert(settings, counting, name: "counting")
            try observer.execute("DELETE FROM t")
            let commit = try #require(counting.calls.lastIndex(of: .send)) + 1
            let plan = FaultPlan(.reset, atCall: commit + delay)
            let name = "commit \(delay) \(settings.searchPath ?? [])"
            let error = failure { try insert(settings, plan, name: name) }
            #expect(error?.code == .unknownOutcome)
            #expect(error?.sqlState == "08007")
            #expect(error?.isTransient == false)
            try waitForEnd(of: name, &observer)
            let count = try number(&observer, "SELECT count(*) FROM t")
            #expect(count == stored)
        }
    }

    private func insert(_ settings: ConnectionSettings, _ plan: FaultPlan, name: String) throws {
        var settings = settings
        settings.faults = plan
        settings.applicationName = name
        var connection = try Connection.open(settings)
        try connection.withTransaction { (connection) throws(PostgresError) in
            try connection.execute("INSERT INTO t VALUES (1)")
        }
    }

    @Test func `a session that the server ends before COMMIT leaves nothing`() throws {
        try withTable { settings, observer in
            var settings = settings
            settings.applicationName = "ended \(settings.searchPath ?? [])"
            let error = failure {
                var connection = try Connection.open(settings)
                let process = connection.serverProcess
                try connection.withTransaction { (connection) throws(PostgresError) in
                    try connection.execute("INSERT INTO t VALUES (1)")
                    try observer.query("SELECT pg_terminate_backend($1::integer)", [.integer(process)])
                    // Until it is gone, so that COMMIT does not come before the end.
                    let sql = "SELECT count(*) FROM pg_stat_activity WHERE pid = $1"
                    while try observer.query(sql, [.integer(process)]).integer(0, 0) > 0 {}
                }
            }
            #expect(error?.code == .unknownOutcome)
            let stored = try number(&observer, "SELECT count(*) FROM t")
            #expect(stored == 0)
        }
    }
}
