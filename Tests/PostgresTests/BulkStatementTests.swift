import Postgres
import TestKit
import Testing
import Text

/// Many rows in one statement, an array for each column.
@Suite struct BulkStatementTests {
    private static let columns: [ValueType] = [
        .bool, .integer, .numeric, .numeric, .text, .bytes, .date, .timestamp, .texts,
    ]

    private var statement: BulkStatement {
        let arguments = Self.columns.enumerated().map { BulkStatement.argument($0.offset + 1, $0.element) }
        let values = zip(RandomRow.names, Self.columns).map { BulkStatement.value($0, $1) }
        let names = RandomRow.names.joined(separator: ", ")
        return BulkStatement(
            "INSERT INTO t (\(names)) SELECT \(values.joined(separator: ", ")) "
                + "FROM unnest(\(arguments.joined(separator: ", "))) AS sent (\(names))",
            Self.columns.enumerated().map { BulkStatement.Column($0.offset, $0.element) })
    }

    private func encode(_ rows: [[Value]]) throws(PostgresError) -> EncodedRows {
        var encoded = EncodedRows(columnCount: Self.columns.count)
        for row in rows {
            var fields = EncodedFields()
            for value in row { try fields.append(value) }
            encoded.append(fields)
        }
        return encoded
    }

    @Test func `random rows come back as they went, in their order`() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("bulk rows: seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        let rows = (0..<300).map { _ in RandomRow(&generator) }
        let encoded = try encode(rows.map(\.values))
        try ScratchDatabase.withSchema { settings in
            var connection = try Connection.open(settings)
            try connection.execute("CREATE TABLE t (\(RandomRow.columns), number bigserial)")
            let counts = try connection.pipeline { (pipeline) throws(PostgresError) in
                try pipeline.execute(BulkArguments(statement, encoded, 0..<100))
                try pipeline.execute(BulkArguments(statement, encoded, 100..<300))
                try pipeline.execute(BulkArguments(statement, encoded, 0..<0))
            }
            #expect(counts == [100, 200, 0])
            let stored = try connection.query(
                "SELECT \(RandomRow.names.joined(separator: ", ")) FROM t ORDER BY number")
            for (number, row) in rows.enumerated() {
                #expect(try RandomRow(stored, number) == row, "seed \(seed), row \(number)")
            }
        }
    }

    @Test func `nulls stay null in every type, and an empty list is none`() throws {
        let nulls = Array(repeating: Value.null, count: Self.columns.count)
        var empty = nulls
        empty[4] = .text("")
        empty[8] = .texts([])
        try ScratchDatabase.withSchema { settings in
            var connection = try Connection.open(settings)
            try connection.execute("CREATE TABLE t (\(RandomRow.columns))")
            let encoded = try encode([nulls, empty])
            try connection.pipeline { (pipeline) throws(PostgresError) in
                try pipeline.execute(BulkArguments(statement, encoded, [0, 1]))
            }
            let stored = try connection.query(
                "SELECT num_nulls(\(RandomRow.names.joined(separator: ", "))), tags::text FROM t ORDER BY 1 DESC"
            )
            let counts = try (0..<2).map { try stored.integer($0, 0) }
            let tags = try stored.text(1, 1)
            #expect(counts == [9, 7])
            #expect(tags == "{}")
        }
    }

    @Test func `only the columns that a statement names are sent`() throws {
        var generator = SeededGenerator(seed: 7)
        let rows = (0..<20).map { _ in RandomRow(&generator) }
        let encoded = try encode(rows.map(\.values))
        try ScratchDatabase.withSchema { settings in
            var connection = try Connection.open(settings)
            try connection.execute(
                "CREATE TABLE t (amount bigint, title text, tags text[], number bigserial)")
            let statement = BulkStatement(
                """
                INSERT INTO t (amount, title, tags)
                SELECT a, b, c::text[] FROM unnest($1::bigint[], $2::text[], $3::text[]) AS sent (a, b, c)
                """,
                [BulkStatement.Column(1, .integer), .init(4, .text), .init(8, .texts)])
            try connection.pipeline { (pipeline) throws(PostgresError) in
                try pipeline.execute(BulkArguments(statement, encoded, 0..<20))
            }
            let stored = try connection.query("SELECT amount, title, tags FROM t ORDER BY number")
            #expect(stored.count == 20)
            for (number, row) in rows.enumerated() {
                #expect(try .integer(stored.integer(number, 0)) == row.values[1])
                #expect(try .text(stored.text(number, 1)) == row.values[4])
                #expect(try .texts(stored.texts(number, 2)) == row.values[8])
            }
        }
    }

    @Test func `columns in which no row says anything are known`() throws {
        var row = Array(repeating: Value.null, count: Self.columns.count)
        row[1] = .integer(7)
        var other = row
        other[4] = .text("")
        let encoded = try encode([row, other])
        #expect(encoded.columnsInUse(by: [0]) == [1])
        #expect(encoded.columnsInUse(by: [0, 1]) == [1, 4])
        #expect(encoded.columnsInUse(by: []).isEmpty)
    }

    @Test func `columns in which a stored row differs are named, nulls among them`() throws {
        var generator = SeededGenerator(seed: 8)
        let row = RandomRow(&generator)
        var other = row.values
        other[1] = .null
        other[4] = .text("another")
        let encoded = try encode([row.values, other])
        try ScratchDatabase.withSchema { settings in
            var connection = try Connection.open(settings)
            try connection.execute("CREATE TABLE t (\(RandomRow.columns))")
            try connection.pipeline { (pipeline) throws(PostgresError) in
                try pipeline.execute(BulkArguments(statement, encoded, [0]))
            }
            let stored = try connection.query("SELECT \(RandomRow.names.joined(separator: ", ")) FROM t")
            var differences: [[Int]] = []
            for wanted in 0..<2 {
                var columns: [Int] = []
                stored.forEachDifference(of: 0, from: encoded, row: wanted) { columns.append($0) }
                differences.append(columns)
            }
            #expect(differences == [[], [1, 4]])
        }
    }
}
