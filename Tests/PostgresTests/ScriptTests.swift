import Postgres
import TestKit
import Testing

/// Statements and COPYs in one text.
@Suite struct ScriptTests {
    private static func rows(_ numbers: [Int]) throws -> EncodedRows {
        var rows = EncodedRows(columnCount: 1)
        for number in numbers {
            var fields = EncodedFields()
            try fields.append(.integer(number))
            rows.append(fields)
        }
        return rows
    }

    @Test func `its steps happen in their order, and each copy tells its rows`() throws {
        try ScratchDatabase.withSchema { settings in
            var connection = try Connection.open(settings)
            var script = Script()
            script.run("CREATE TABLE t (a bigint)")
            script.copy(try Self.rows([1, 2, 3]), into: "t", columns: ["a"])
            script.run("UPDATE t SET a = a * 10")
            script.copy(try Self.rows([]), into: "t", columns: ["a"])
            script.copy(try Self.rows([4, 5]), into: "t", columns: ["a"])
            script.run("ALTER TABLE t ADD PRIMARY KEY (a)")
            #expect(try connection.run(script) == [3, 0, 2])
            #expect(try number(&connection, "SELECT sum(a)::bigint FROM t") == 69)
            #expect(try connection.run(Script()) == [])
        }
    }

    /// What fails: a statement before the rows, the rows of the second copy, and a statement after all rows.
    @Test(arguments: ["SELECT 1 / 0", "", "CREATE UNIQUE INDEX ON t ((a % 2))"])
    func `one that fails anywhere leaves nothing, and the connection as it was`(bad: String) throws {
        try ScratchDatabase.withSchema { settings in
            var connection = try Connection.open(settings)
            try connection.execute("CREATE TABLE t (a bigint PRIMARY KEY)")
            var script = Script()
            if bad.hasPrefix("SELECT") { script.run(bad) }
            script.copy(try Self.rows(Array(1...20_000)), into: "t", columns: ["a"])
            script.copy(try Self.rows(bad.isEmpty ? [7] : [0]), into: "t", columns: ["a"])
            if bad.hasPrefix("CREATE") { script.run(bad) }
            let error = failure { _ = try connection.run(script) }
            #expect(
                error?.code == .server && error?.sqlState == (bad.hasPrefix("SELECT") ? "22012" : "23505"))
            let status = connection.transactionStatus
            #expect(status == .idle)
            #expect(try number(&connection, "SELECT count(*) FROM t") == 0)
        }
    }

    @Test func `a statement that is a copy by itself is refused, not waited for`() throws {
        try ScratchDatabase.withSchema { settings in
            var connection = try Connection.open(settings)
            try connection.execute("CREATE TABLE t (a bigint)")
            var script = Script()
            script.run("COPY t FROM STDIN")
            let error = failure { _ = try connection.run(script) }
            #expect(error?.code == .misuse)
            let isBroken = connection.isBroken
            #expect(isBroken)
        }
    }
}
