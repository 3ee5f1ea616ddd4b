import Postgres
import TestKit
import Testing

@Suite struct ErrorTests {
    @Test func `a refused row names its table and constraint, and none of its values`() throws {
        try ScratchDatabase.withSchema { settings in
            var connection = try Connection.open(settings)
            try connection.execute(
                "CREATE TABLE t (a text PRIMARY KEY, b text NOT NULL CONSTRAINT short CHECK (length(b) < 9))")
            try connection.execute("INSERT INTO t VALUES ('hidden', 'x')")
            let cases = [
                ("INSERT INTO t VALUES ($1, 'x')", "23505"),
                ("INSERT INTO t VALUES ('2', $1 || 'too long')", "23514"),
                ("INSERT INTO t VALUES ($1 || '2', NULL)", "23502"),
            ]
            for (sql, sqlState) in cases {
                let error = try #require(failure { try connection.query(sql, [.text("hidden")]) })
                #expect(error.code == .server)
                #expect(error.sqlState == sqlState)
                #expect(error.table == "t")
                #expect(error.constraint != nil || error.column == "b")
                #expect(error.severity == "ERROR")
                #expect(!error.isTransient)
                #expect(!String(reflecting: error).contains("hidden"))
            }
        }
    }

    @Test(arguments: [
        ("SELECT $1::integer", "22P02"), ("SELECT $1::date", "22007"), ("SELECT $1::numeric", "22P02"),
        ("SELECT $1::jsonb", "22P02"), ("SELECT $1::text[]", "22P02"), ("SELECT $1::boolean", "22P02"),
        ("SELECT to_number($1, '\"x')", "22P02"),
        ("SELECT ('12345678901' || substr($1, 8))::integer", "22003"),
        ("SELECT $1 ~ '['", "2201B"), ("SELECT decode($1, 'hex')", "22023"),
    ])
    func `an argument never shows in an error`(sql: String, sqlState: String) throws {
        var connection = try Connection.open(ScratchDatabase.serverSettings())
        let error = failure { try connection.query(sql, [.text("hunter2")]) }
        #expect(error?.sqlState == sqlState)
        #expect(
            error.map { String(reflecting: $0).contains("hunter2") || "\($0)".contains("hunter2") } == false)
    }

    @Test func `an error of the schema keeps the server's words`() throws {
        var connection = try Connection.open(ScratchDatabase.serverSettings())
        let error = failure { try connection.execute("SELECT modle FROM pg_no_such_table") }
        #expect(error?.sqlState == "42P01")
        #expect(error?.description == "server: relation \"pg_no_such_table\" does not exist (SQLSTATE 42P01)")
    }

    @Test(arguments: [
        ("40001", true), ("40P01", true), ("55P03", true), ("57P01", true), ("57P02", true), ("57P03", true),
        ("57P05", true),
        ("53300", true), ("08006", true), ("08P01", true), ("57P04", false), ("40002", false),
        ("57014", false),
        ("53100", false), ("23505", false), ("22001", false), ("42601", false), ("25006", false),
    ])
    func `only what may pass by itself is transient`(sqlState: String, isTransient: Bool) throws {
        var connection = try Connection.open(ScratchDatabase.serverSettings())
        let error = failure {
            try connection.execute("DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '\(sqlState)'; END $$")
        }
        #expect(error?.sqlState == sqlState)
        #expect(error?.isTransient == isTransient)
    }

    @Test func `a text that the server takes for broken is refused by it, and the session lives`() throws {
        var connection = try Connection.open(ScratchDatabase.serverSettings())
        #expect(failure { try connection.query("SELECT $1", [.text("a\0b")]) }?.sqlState == "22021")
        let one = try number(&connection, "SELECT 1")
        #expect(one == 1)
    }

    @Test func `COPY by the plain way is refused`() throws {
        var connection = try Connection.open(ScratchDatabase.serverSettings())
        #expect(failure { try connection.execute("COPY (SELECT 1) TO STDOUT") }?.code == .misuse)
        let isBroken = connection.isBroken
        #expect(isBroken)
    }
}
