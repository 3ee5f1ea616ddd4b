import Postgres
import TestKit
import Testing
import Text

/// Many rows in one statement, an array for each column.
@Suite struct BulkStatementTests {
    private static let columns: [ValueType] = [
        .bool, .integer, .numeric, .numeric, .text, .bytes, .date, .timestamp, .texts,
    ]

    private func statement(_ pipeline: inout Pipeline) throws(PostgresError) -> BulkStatement {
        let arguments = Self.columns.enumerated().map { BulkStatement.argument($0.offset + 1, $0.element) }
        let values = zip(RandomRow.names, Self.columns).map { BulkStatement.value($0, $1) }
        let names = RandomRow.names.joined(separator: ", ")
        return try pipeline.prepareBulk(
            "many",
            "INSERT INTO t (\(names)) SELECT \(values.joined(separator: ", ")) "
                + "FROM unnest(\(arguments.joined(separator: ", "))) AS sent (\(names))", Self.columns)
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
                let statement = try statement(&pipeline)
                try pipeline.execute(statement, encoded, 0..<100)
                try pipeline.execute(statement, encoded, 100..<300)
                try pipeline.execute(statement, encoded, 0..<0)
            }
            #expect(counts == [0, 100, 200, 0])
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
                try pipeline.execute(try statement(&pipeline), encoded, [0, 1])
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
}
