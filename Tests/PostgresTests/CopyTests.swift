import Postgres
import TestKit
import Testing

@Suite struct CopyTests {
    @Test func `ten thousand rows arrive as they were sent`() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("copy: seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        let rows = (0..<10_000).map { _ in RandomRow(&generator) }
        try ScratchDatabase.withSchema { settings in
            var connection = try Connection.open(settings)
            try connection.execute("CREATE TABLE t (number bigint PRIMARY KEY, \(RandomRow.columns))")
            let count = try connection.copy(into: "t", columns: ["number"] + RandomRow.names) {
                (writer) throws(PostgresError) in
                for (index, row) in rows.enumerated() { try writer.write([.integer(index)] + row.values) }
            }
            #expect(count == rows.count)
            let names = RandomRow.names.joined(separator: ", ")
            let stored = try connection.query("SELECT \(names) FROM t ORDER BY number")
            var isEqual = stored.count == rows.count
            for (index, row) in rows.enumerated() where isEqual {
                isEqual = try RandomRow(stored, index) == row
            }
            #expect(isEqual, "seed \(seed)")
        }
    }

    @Test func `nulls and names with quotes are copied too`() throws {
        try ScratchDatabase.withSchema { settings in
            var connection = try Connection.open(settings)
            try connection.execute("CREATE TABLE \"a \"\" b\" (\"c \"\"\" bigint, d text)")
            let count = try connection.copy(into: "a \" b", columns: ["c \"", "d"]) {
                (writer) throws(PostgresError) in try writer.write([.null, .null])
            }
            let nulls = try number(
                &connection, "SELECT count(*) FROM \"a \"\" b\" WHERE \"c \"\"\" IS NULL AND d IS NULL")
            #expect(count == 1)
            #expect(nulls == 1)
        }
    }

    /// Rows before the fault: fewer than a buffer holds, and several buffers full.
    @Test(arguments: [0, 1, 20_000])
    func `a copy that is given up leaves nothing`(count: Int) throws {
        try ScratchDatabase.withSchema { settings in
            var connection = try Connection.open(settings)
            try connection.execute("CREATE TABLE t (a bigint PRIMARY KEY, b text)")
            let thrown = failure {
                try connection.copy(into: "t", columns: ["a", "b"]) { (writer) throws(PostgresError) in
                    for key in 0..<count { try writer.write([.integer(key), .text("x")]) }
                    try throwExample()
                }
            }
            #expect(thrown?.code == .settings)
            let refused = failure {
                try connection.copy(into: "t", columns: ["a", "b"]) { (writer) throws(PostgresError) in
                    for key in 0..<count { try writer.write([.integer(key), .text("x")]) }
                    try writer.write([.integer(-1), .text("hunter2")])
                    try writer.write([.integer(-1), .text("hunter2")])
                }
            }
            #expect(refused?.sqlState == "23505")
            #expect(refused?.description.contains("hunter2") == false)
            let status = connection.transactionStatus
            let stored = try number(&connection, "SELECT count(*) FROM t")
            #expect(status == .idle)
            #expect(stored == 0)
        }
    }

    @Test func `a row of the wrong width or type is refused`() throws {
        try ScratchDatabase.withSchema { settings in
            var connection = try Connection.open(settings)
            try connection.execute("CREATE TABLE t (a bigint, b integer)")
            let width = failure {
                try connection.copy(into: "t", columns: ["a", "b"]) { (writer) throws(PostgresError) in
                    try writer.write([.integer(1)])
                }
            }
            let type = failure {
                try connection.copy(into: "t", columns: ["a", "b"]) { (writer) throws(PostgresError) in
                    try writer.write([.integer(1), .integer(1)])
                }
            }
            let absent = failure {
                try connection.copy(into: "u", columns: ["a"]) { (_) throws(PostgresError) in }
            }
            #expect(width?.code == .value)
            #expect(type?.sqlState == "22P03")
            #expect(absent?.sqlState == "42P01")
            let stored = try number(&connection, "SELECT count(*) FROM t")
            #expect(stored == 0)
        }
    }
}
