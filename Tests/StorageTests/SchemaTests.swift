import Postgres
import Storage
import TestKit
import Testing

@Suite struct SchemaTests {
    /// The migrations and the layouts say the same twice; here the server is asked.
    @Test func `the tables have the columns and keys that the programs know`() throws {
        try ScratchDatabase.withSchema { settings in
            var connection = try Connection.open(settings)
            try RegistryMigrations.runner.migrate(&connection)
            for table in Table.allCases.map(\.schema) {
                let rows = try connection.query(
                    """
                    SELECT column_name::text, udt_name::text FROM information_schema.columns
                    WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position
                    """, [.text(table.name)])
                var columns: [String] = []
                for row in 0..<rows.count {
                    columns.append("\(try rows.text(row, 0)) \(try rows.text(row, 1))")
                }
                let known = zip(table.columns, table.types).map { "\($0) \(Self.serverName(of: $1))" }
                #expect(columns.prefix(known.count) == known[...], "\(table.name)")
                let keys = try connection.query(
                    """
                    SELECT array_agg(att.attname::text ORDER BY array_position(ind.indkey::int[], att.attnum::int))
                    FROM pg_index AS ind
                    JOIN pg_attribute AS att ON att.attrelid = ind.indrelid AND att.attnum = ANY (ind.indkey)
                    WHERE ind.indisprimary AND ind.indrelid = to_regclass($1)
                    """, [.text(table.name)])
                #expect(try keys.texts(0, 0) == Array(table.keyColumns), "\(table.name)")
            }
        }
    }

    private static func serverName(of type: ValueType) -> String {
        switch type {
        case .bool: "bool"
        case .integer: "int8"
        case .text: "text"
        case .bytes: "bytea"
        case .numeric: "numeric"
        case .date: "date"
        case .timestamp: "timestamptz"
        case .texts: "_text"
        case .json: "jsonb"
        }
    }
}
