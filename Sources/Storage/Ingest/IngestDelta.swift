import Postgres

/// What a plan sends to the database, prepared there and encoded here: what is referred to first, each table in the
/// order of its key, as every other ingest does, and then the rows that end, what refers first.
struct IngestDelta {
    /// One statement and its rows.
    struct Step {
        let table: Table
        let rowCount: Int
        fileprivate let statement: BulkStatement
        fileprivate let rows: EncodedRows
        fileprivate let numbers: ArraySlice<Int>
        fileprivate var encoded: BulkArguments?

        /// Encodes the rows, unless that was done.
        var arguments: BulkArguments { encoded ?? BulkArguments(statement, rows, numbers) }
    }

    /// Rows of one statement at the most: its arguments are in memory here and there.
    private static let batch = 1_000
    /// How many bytes are encoded ahead. What a rewriting of everything has more is encoded when its turn comes.
    private static let byteLimit = 64 << 20

    private(set) var steps: [Step] = []

    /// Has the server parse the statements, in one round trip, and encodes the rows. A first load needs none.
    init(
        _ plan: IngestPlan, _ rows: CatalogRows, generation: Int, _ connection: inout Connection
    ) throws(StorageError) {
        if plan.isFirstLoad { return }
        var steps: [Step] = []
        // Behind a pooler this session may have served an earlier run. By itself, since a pooler that keeps account of
        // statements forgets those that it is sent before the answer to this.
        do throws(PostgresError) { try connection.execute("DEALLOCATE ALL") } catch {
            throw StorageError(error)
        }
        try connection.pipeline { (pipeline) throws(StorageError) in
            do throws(PostgresError) {
                for change in plan.changes {
                    steps += try IngestDelta.writing(change, rows[change.table].rows, &pipeline)
                }
                for change in plan.changes.reversed() {
                    steps += try IngestDelta.ending(change, generation, &pipeline)
                }
            } catch {
                throw StorageError(error)
            }
        }
        var byteCount = 0
        for index in steps.indices where byteCount < IngestDelta.byteLimit {
            let arguments = steps[index].arguments
            byteCount += arguments.byteCount
            steps[index].encoded = arguments
        }
        self.steps = steps
    }

    /// Rows to be added have every column in which one of them says something; rows that are there get what differs.
    private static func writing(
        _ change: IngestPlan.Change, _ rows: EncodedRows, _ pipeline: inout Pipeline
    ) throws(PostgresError) -> [Step] {
        let schema = change.table.schema
        var steps: [Step] = []
        if !change.added.isEmpty {
            let columns = schema.bulkColumns(
                change.addedMayStand ? nil : rows.columnsInUse(by: change.added))
            let statement = try pipeline.prepareBulk(
                "insert_\(schema.name)",
                change.addedMayStand ? Statements.upsert(schema) : Statements.insert(schema, columns), columns
            )
            steps += batches(of: change.added, rows, change.table, statement)
        }
        let updated = change.updated
        if !updated.isEmpty {
            let columns = schema.bulkColumns(change.updatedColumns)
            let statement = try pipeline.prepareBulk(
                "update_\(schema.name)", Statements.update(schema, columns), columns)
            steps += batches(of: updated, rows, change.table, statement)
        }
        return steps
    }

    private static func ending(
        _ change: IngestPlan.Change, _ number: Int, _ pipeline: inout Pipeline
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
        let statement = try pipeline.prepareBulk(
            "end_\(schema.name)", Statements.end(schema),
            types.enumerated().map { BulkStatement.Column($0.offset, $0.element) })
        return batches(of: Array(0..<keys.count), keys, change.table, statement)
    }

    private static func batches(
        of numbers: [Int], _ rows: EncodedRows, _ table: Table, _ statement: BulkStatement
    ) -> [Step] {
        stride(from: 0, to: numbers.count, by: batch).map { start in
            let part = numbers[start..<min(start + batch, numbers.count)]
            return Step(table: table, rowCount: part.count, statement: statement, rows: rows, numbers: part)
        }
    }
}
