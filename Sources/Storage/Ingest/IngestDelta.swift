import Postgres

/// What a plan sends to the database: what is referred to first, each table in the order of its key, as every other
/// ingest does, and then the rows that end, what refers first.
struct IngestDelta {
    /// One statement and its rows.
    struct Step {
        fileprivate let table: Table
        fileprivate let statement: BulkStatement
        fileprivate let rows: EncodedRows
        fileprivate let numbers: ArraySlice<Int>
        fileprivate var encoded: BulkArguments?

        /// Encodes the rows, unless that was done.
        fileprivate var arguments: BulkArguments { encoded ?? BulkArguments(statement, rows, numbers) }

        /// Sends the rows.
        func execute(
            _ pipeline: inout Pipeline, _ expected: inout ExpectedCounts
        ) throws(PostgresError) {
            expected.note(try pipeline.execute(arguments), table.schema.name, numbers.count)
        }
    }

    /// Rows of one statement at the most: its arguments are in memory here and there.
    private static let batch = 1_000
    /// How many bytes are encoded before the lock. What a rewriting of everything has more waits for its turn.
    private static let byteLimit = 64 << 20

    /// Nobody sees new rows before COMMIT, so that they need no lock.
    private(set) var additions: [Step] = []
    /// All else.
    private(set) var changes: [Step] = []

    /// A first load, whose rows are copied, has no steps.
    init(_ plan: IngestPlan, _ rows: CatalogRows, generation: Int) throws(PostgresError) {
        guard !plan.isFirstLoad else { return }
        for change in plan.changes {
            let rows = rows[change.table].rows
            let added = IngestDelta.adding(change, rows)
            if change.addedMayStand { changes += added } else { additions += added }
            changes += IngestDelta.updating(change, rows)
        }
        for change in plan.changes.reversed() { changes += try IngestDelta.ending(change, generation) }
    }

    /// Encodes what goes under the lock, so that nobody waits for it.
    mutating func encodeChanges() {
        var byteCount = 0
        for index in changes.indices where byteCount < IngestDelta.byteLimit {
            let arguments = changes[index].arguments
            byteCount += arguments.byteCount
            changes[index].encoded = arguments
        }
    }

    /// Rows to be added have every column in which one of them says something.
    private static func adding(_ change: IngestPlan.Change, _ rows: EncodedRows) -> [Step] {
        guard !change.added.isEmpty else { return [] }
        let schema = change.table.schema
        let columns = schema.bulkColumns(
            change.addedMayStand ? nil : rows.columnsInUse(by: change.added))
        let sql = change.addedMayStand ? Statements.upsert(schema) : Statements.insert(schema, columns)
        return batches(of: change.added, rows, change.table, BulkStatement(sql, columns))
    }

    /// Rows that are there get what differs.
    private static func updating(_ change: IngestPlan.Change, _ rows: EncodedRows) -> [Step] {
        let updated = change.updated
        guard !updated.isEmpty else { return [] }
        let schema = change.table.schema
        let columns = schema.bulkColumns(change.updatedColumns)
        let statement = BulkStatement(Statements.update(schema, columns), columns)
        return batches(of: updated, rows, change.table, statement)
    }

    private static func ending(
        _ change: IngestPlan.Change, _ number: Int
    ) throws(PostgresError) -> [Step] {
        guard !change.ended.isEmpty else { return [] }
        let schema = change.table.schema
        var generation = EncodedFields()
        var types = Array(schema.types.prefix(schema.keyCount))
        if schema.endColumn != nil {
            try generation.append(.integer(number))
            types.append(.integer)
        }
        var keys = EncodedRows(columnCount: types.count)
        for key in change.ended { keys.append(key, generation) }
        let columns = types.enumerated().map { BulkStatement.Column($0.offset, $0.element) }
        return batches(
            of: Array(0..<keys.count), keys, change.table, BulkStatement(Statements.end(schema), columns))
    }

    private static func batches(
        of numbers: [Int], _ rows: EncodedRows, _ table: Table, _ statement: BulkStatement
    ) -> [Step] {
        stride(from: 0, to: numbers.count, by: batch).map { start in
            let part = numbers[start..<min(start + batch, numbers.count)]
            return Step(table: table, statement: statement, rows: rows, numbers: part)
        }
    }
}
