import Postgres
import TestKit
import Testing

@testable import Storage

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
                // A column that is left out since no row says anything there must become null.
                let defaults = try number(
                    &connection,
                    """
                    SELECT count(*) FROM information_schema.columns
                    WHERE table_schema = current_schema() AND table_name = $1 AND column_name = ANY ($2)
                        AND (column_default IS NOT NULL OR is_generated <> 'NEVER')
                    """, [.text(table.name), .texts(table.columns)])
                #expect(defaults == 0, "\(table.name)")
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

    @Test func `a first load makes again all keys and indexes that it took away`() throws {
        let rows = try CatalogRows(SyntheticCatalog(offerCount: 2_050).catalog)
        try withDatabase { settings in
            var connection = try Connection.open(settings)
            let before = try Self.attachments(&connection)
            _ = try Ingest(.example(1), into: settings, .quiet).run(rows)
            #expect(before.count > 50)
            #expect(try Self.attachments(&connection) == before)
            let orphan = """
                INSERT INTO price_rates (model_id, period_id, number, meter, price, per)
                VALUES ('nobody', 'none', 0, 'input_text', 1, 1)
                """
            do throws(PostgresError) {
                try connection.execute(orphan)
                Issue.record("a rate without a period was taken")
            } catch {
                #expect(error.sqlState == "23503")
            }
        }
    }

    /// Every constraint and index of the schema, as the server describes them.
    static func attachments(_ connection: inout Connection) throws -> [String] {
        let rows = try connection.query(
            """
            SELECT conrelid::regclass || ' ' || conname || ' '
                || replace(pg_get_constraintdef(oid), ' NOT VALID', '')
            FROM pg_constraint WHERE connamespace = current_schema()::regnamespace
            UNION ALL
            SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema()
            """)
        var texts: [String] = []
        for row in 0..<rows.count { texts.append(try rows.text(row, 0)) }
        return texts.sorted()
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
