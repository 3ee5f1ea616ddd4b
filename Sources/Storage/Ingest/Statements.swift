import Postgres

/// The SQL that is made from a table's columns. Only what PostgreSQL and the distributed engines that speak its
/// protocol have in common.
package enum Statements {
    /// Adds rows that are not there, given some of the table's columns; the others are null.
    static func insert(_ table: TableSchema, _ columns: [BulkStatement.Column]) -> String {
        let names = columns.map { table.columns[$0.number] }
        let values = columns.map { BulkStatement.value("sent.\(table.columns[$0.number])", $0.type) }
        return """
            INSERT INTO \(table.name) (\(names.joined(separator: ", ")))
            SELECT \(values.joined(separator: ", "))
            FROM \(sent(names, columns.map(\.type)))
            """
    }

    /// Adds rows, given all columns, or puts right those that stand under their keys.
    static func upsert(_ table: TableSchema) -> String {
        let columns = table.bulkColumns()
        return """
            \(insert(table, columns))
            ON CONFLICT (\(table.keyColumns.joined(separator: ", ")))
            DO UPDATE SET \(changes(table, columns) { name, _ in "excluded.\(name)" })
            """
    }

    /// Changes rows that are there, given their keys and other columns; those that had ended return.
    static func update(_ table: TableSchema, _ columns: [BulkStatement.Column]) -> String {
        """
        UPDATE \(table.name)
        SET \(changes(table, columns) { BulkStatement.value("sent.\($0)", $1) })
        FROM \(sent(columns.map { table.columns[$0.number] }, columns.map(\.type)))
        WHERE \(isSent(table))
        """
    }

    /// What is assigned to a row that is written: the columns given, without the key, and that it has not ended.
    private static func changes(
        _ table: TableSchema, _ columns: [BulkStatement.Column], _ value: (String, ValueType) -> String
    ) -> String {
        var changes = columns.dropFirst(table.keyCount).map { column in
            let name = table.columns[column.number]
            return "\(name) = \(value(name, column.type))"
        }
        switch table.ending {
        case .retired: changes += ["changed_at = now()", "retired_at = NULL", "retired_generation = NULL"]
        case .superseded: changes += ["superseded_at = NULL", "superseded_generation = NULL"]
        case .deleted, .kept: break
        }
        return changes.joined(separator: ", ")
    }

    /// Ends rows, given their keys as columns and, where the rows stay as history, the generation.
    static func end(_ table: TableSchema) -> String {
        let name = table.name
        let types = table.types.prefix(table.keyCount)
        guard let endColumn = table.endColumn else {
            return "DELETE FROM \(name) USING \(sent(table.keyColumns, types)) WHERE \(isSent(table))"
        }
        let changes: String
        switch table.ending {
        case .retired: changes = "changed_at = now(), retired_at = now()"
        case .superseded: changes = "superseded_at = now()"
        case .deleted, .kept: preconditionFailure("rows with a column for their end stay")
        }
        return """
            UPDATE \(name) SET \(changes), \(endColumn) = sent.generation
            FROM \(sent(table.keyColumns + ["generation"], types + [.integer]))
            WHERE \(isSent(table)) AND \(name).\(endColumn) IS NULL
            """
    }

    /// The condition that a row has the key of one that is sent.
    private static func isSent(_ table: TableSchema) -> String {
        table.keyColumns.map { "\(table.name).\($0) = sent.\($0)" }.joined(separator: " AND ")
    }

    /// Columns that are sent as arrays, as a table.
    private static func sent(
        _ columns: some Collection<String>, _ types: some Collection<ValueType>
    ) -> String {
        let arrays = types.enumerated().map { BulkStatement.argument($0.offset + 1, $0.element) }
        return "unnest(\(arrays.joined(separator: ", "))) AS sent (\(columns.joined(separator: ", ")))"
    }

    /// Hash and end of every row.
    static func hashes(_ table: TableSchema) -> String {
        let columns = [TableSchema.hashColumn] + (table.endColumn.map { [$0] } ?? [])
        return "SELECT \(columns.joined(separator: ", ")) FROM \(table.name)"
    }

    /// Key, hash and end of the rows with one of the hashes given in hexadecimal, and of those that have ended.
    static func keysOfHashes(_ table: TableSchema) -> String {
        let end = table.endColumn.map { " OR \($0) IS NOT NULL" } ?? ""
        return """
            SELECT \(keyList(table).joined(separator: ", ")) FROM \(table.name)
            WHERE \(TableSchema.hashColumn) IN (
                SELECT decode(odd.hash, 'hex') FROM unnest($1::text[]) AS odd (hash))\(end)
            """
    }

    /// Key, hash and end of every row.
    static func keys(_ table: TableSchema) -> String {
        "SELECT \(keyList(table).joined(separator: ", ")) FROM \(table.name)"
    }

    /// The same of the rows that belong to the owners whose keys are given, an array for each key column.
    static func keys(_ table: TableSchema, of owner: TableSchema) -> String {
        wanted(table, by: owner.keyColumns, keyList(table))
    }

    /// Every column of the rows whose keys are given, an array for each key column.
    static func columns(_ table: TableSchema) -> String {
        wanted(table, by: table.keyColumns, table.columns)
    }

    /// Columns of the rows that have one of the keys given in some columns.
    ///
    /// One look into an index for each key: `OFFSET 0` keeps PostgreSQL from reading and hashing the whole table
    /// instead, which its costs for a disk that turns make it prefer.
    private static func wanted(
        _ table: TableSchema, by key: ArraySlice<String>, _ columns: [String]
    ) -> String {
        let arrays = key.indices.map { "$\($0 + 1)::text[]" }.joined(separator: ", ")
        let condition = key.map { "\(table.name).\($0) = wanted.\($0)" }
        return """
            SELECT \(columns.map { "found.\($0)" }.joined(separator: ", "))
            FROM unnest(\(arrays)) AS wanted (\(key.joined(separator: ", ")))
            CROSS JOIN LATERAL (
                SELECT \(columns.joined(separator: ", ")) FROM \(table.name)
                WHERE \(condition.joined(separator: " AND ")) OFFSET 0
            ) AS found
            """
    }

    /// Every column of the rows that hold: neither they nor what they belong to has ended.
    static func contents(_ table: TableSchema) -> String {
        var joins = ""
        var conditions = table.endColumn.map { ["part.\($0) IS NULL"] } ?? []
        var owner = table.owner?.schema
        var below = "part"
        while let schema = owner {
            let columns = schema.keyColumns.map { "\(schema.name).\($0) = \(below).\($0)" }
            joins += "\nJOIN \(schema.name) ON \(columns.joined(separator: " AND "))"
            if let column = schema.endColumn { conditions.append("\(schema.name).\(column) IS NULL") }
            owner = schema.owner?.schema
            below = schema.name
        }
        return
            "SELECT \(table.columns.map { "part.\($0)" }.joined(separator: ", "))\nFROM \(table.name) AS part"
            + joins + (conditions.isEmpty ? "" : "\nWHERE \(conditions.joined(separator: " AND "))")
    }

    private static func keyList(_ table: TableSchema) -> [String] {
        table.keyColumns + [TableSchema.hashColumn] + (table.endColumn.map { [$0] } ?? [])
    }

    static let state = """
        SELECT repository_id, commit_id, tree_id, generation, hash_version
        FROM registry_state WHERE id = 1
        """

    static let lockedState = state + " FOR UPDATE"

    static let setState = """
        UPDATE registry_state
        SET repository_id = $1, commit_id = $2, tree_id = $3, generation = $4, hash_version = $5
        WHERE id = 1 AND generation = $6
        """

    static let addCommit = """
        INSERT INTO registry_commits (
            generation, commit_id, parent_commit_id, tree_id, committed_at, duration_milliseconds,
            added, changed, returned, retired, rows_written, rows_removed)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        """

    static let commitOfGeneration = "SELECT commit_id, tree_id FROM registry_commits WHERE generation = $1"

    static let appliedMigrations = "SELECT version FROM schema_migrations ORDER BY version"

    /// Tells whoever listens that there is something new. A hint only: readers look at the generation.
    static let notify = "NOTIFY registry_generation"

    /// The session that has locked rows or tables of the registry and writes, or would: of those that wait for no lock
    /// themselves, the one whose transaction is the oldest. Rows are locked with the table in a mode that readers do
    /// not take. PostgreSQL's own lists: elsewhere they are empty, or the statement fails, and nobody minds.
    static let lockHolder = """
        SELECT session.pid::bigint, coalesce(session.application_name, ''),
            extract(epoch FROM now() - session.xact_start)::bigint
        FROM pg_stat_activity AS session
        WHERE session.pid <> pg_backend_pid()
            AND EXISTS (
                SELECT 1 FROM pg_locks AS held JOIN pg_class AS class ON class.oid = held.relation
                WHERE held.pid = session.pid AND held.granted AND held.mode <> 'AccessShareLock'
                    AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database())
                    AND class.relnamespace = current_schema()::regnamespace)
        ORDER BY EXISTS (
                SELECT 1 FROM pg_locks AS wanted WHERE wanted.pid = session.pid AND NOT wanted.granted),
            session.xact_start
        LIMIT 1
        """

    /// All of them, for the test that holds the SQL to what the engines have in common.
    package static var all: [String] {
        let tables = Table.allCases.map(\.schema)
        let made = tables.flatMap { table -> [String] in
            [
                insert(table, table.bulkColumns()), upsert(table), update(table, table.bulkColumns()),
                end(table),
                contents(table),
            ]
                + (table.owner == nil ? [columns(table)] : [])
                + (table.hasHash ? [hashes(table), keysOfHashes(table), keys(table)] : [])
                + (table.hasHash ? table.owner.map { [keys(table, of: $0.schema)] } ?? [] : [])
        }
        return made + [
            state, lockedState, setState, addCommit, commitOfGeneration, appliedMigrations, lockHolder,
        ]
    }
}
