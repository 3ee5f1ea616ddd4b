import Postgres

/// The short transaction that does what a plan says, or nothing.
struct IngestTransaction {
    /// Rows of one statement at the most: its arguments are in memory here and there.
    private static let batch = 1_000

    let plan: IngestPlan
    let rows: CatalogRows
    /// When the ingest began, by the clock.
    let start: Int
    /// Microseconds since some moment.
    let clock: () -> Int

    /// The generation that the database has afterwards.
    var generation: Int { plan.basis.generation + 1 }

    /// Locks the state row, checks that the plan's basis still holds, does the plan and commits; gives the
    /// microseconds for which it held the lock.
    ///
    /// Throws `.busy` when another ingest came first and `.drift` when a statement did not do what the plan says.
    func run(_ connection: inout Connection) throws(StorageError) -> Int {
        let locked = try connection.withTransaction { (connection) throws(StorageError) -> Int in
            // Before the lock: whatever the server parses meanwhile, nobody waits for it.
            let statements = try IngestStatements(plan, &connection)
            guard try RegistryState.lock(&connection) == plan.basis else {
                throw StorageError(.busy, "another ingest came first")
            }
            let locked = clock()
            if plan.isFirstLoad { try FirstLoad(rows).run(&connection) }
            try send(statements, &connection)
            return locked
        }
        let released = clock()
        // Outside of the transaction, which it would end on engines that do not know it. Readers that miss it look at
        // the generation.
        _ = try? connection.execute(Statements.notify)
        return released - locked
    }

    private func send(
        _ statements: IngestStatements, _ connection: inout Connection
    ) throws(StorageError) {
        /// What each statement of the pipeline should say of itself.
        var expected: [Expectation] = []
        let counts = try connection.pipeline { (pipeline) throws(StorageError) in
            do throws(PostgresError) {
                if !plan.isFirstLoad {
                    try write(statements, &pipeline, &expected)
                    try end(statements, &pipeline, &expected)
                }
                try finish(&pipeline, &expected)
            } catch {
                throw StorageError(error)
            }
        }
        for (count, expectation) in zip(counts, expected) where count != expectation.count {
            throw StorageError.drift(
                in: expectation.table, changed: count, expected: expectation.count)
        }
    }

    /// Writes rows, what is referred to first, each table in the order of its key, as every other ingest does.
    private func write(
        _ statements: IngestStatements, _ pipeline: inout Pipeline, _ expected: inout [Expectation]
    ) throws(PostgresError) {
        for change in plan.changes {
            guard let statement = statements.writes[change.table] else { continue }
            try send(
                change.written[...], of: rows[change.table].rows, by: statement, change.table, &pipeline,
                &expected)
        }
    }

    /// Ends rows, what refers first.
    private func end(
        _ statements: IngestStatements, _ pipeline: inout Pipeline, _ expected: inout [Expectation]
    ) throws(PostgresError) {
        for change in plan.changes.reversed() {
            guard let statement = statements.ends[change.table] else { continue }
            let schema = change.table.schema
            var generation = EncodedFields()
            if schema.endColumn != nil { try generation.append(.integer(self.generation)) }
            var keys = EncodedRows(columnCount: schema.keyCount + generation.count)
            for key in change.ended { keys.append(key, generation) }
            try send(
                Array(0..<keys.count)[...], of: keys, by: statement, change.table, &pipeline, &expected)
        }
    }

    /// Sends rows, so many a statement, and notes what each should say of itself.
    private func send(
        _ numbers: ArraySlice<Int>, of rows: EncodedRows, by statement: BulkStatement, _ table: Table,
        _ pipeline: inout Pipeline, _ expected: inout [Expectation]
    ) throws(PostgresError) {
        var rest = numbers
        while !rest.isEmpty {
            let batch = rest.prefix(IngestTransaction.batch)
            try pipeline.execute(statement, rows, batch)
            expected.append(Expectation(table: table.schema.name, count: batch.count))
            rest = rest.dropFirst(batch.count)
        }
    }

    private func finish(
        _ pipeline: inout Pipeline, _ expected: inout [Expectation]
    ) throws(PostgresError) {
        let commit = plan.commit
        try pipeline.execute(
            Statements.setState,
            [
                (commit.repository ?? plan.basis.repository).map(Value.text) ?? .null, .text(commit.id),
                .text(commit.tree), .integer(generation), .integer(RowBuilder.hashVersion),
                .integer(plan.basis.generation),
            ])
        expected.append(Expectation(table: "registry_state", count: 1))
        let totals = plan.totals
        try pipeline.execute(
            Statements.addCommit,
            [
                .integer(generation), .text(commit.id), plan.basis.commit.map(Value.text) ?? .null,
                .text(commit.tree), .timestamp(commit.committedAt), .integer((clock() - start) / 1_000),
                .integer(totals.added), .integer(totals.changed), .integer(totals.returned),
                .integer(totals.retired), .integer(totals.rowsWritten), .integer(totals.rowsRemoved),
            ])
        expected.append(Expectation(table: "registry_commits", count: 1))
    }

    private struct Expectation {
        let table: String
        let count: Int
    }
}

/// The prepared statements that a plan needs.
struct IngestStatements {
    private(set) var writes: [Table: BulkStatement] = [:]
    private(set) var ends: [Table: BulkStatement] = [:]

    /// Has the server parse them, in one round trip.
    init(_ plan: IngestPlan, _ connection: inout Connection) throws(StorageError) {
        if plan.isFirstLoad { return }
        var (writes, ends) = (writes, ends)
        try connection.pipeline { (pipeline) throws(StorageError) in
            do throws(PostgresError) {
                // Behind a pooler this session may have served an earlier run.
                try pipeline.execute("DEALLOCATE ALL")
                for change in plan.changes {
                    let table = change.table.schema
                    if !change.written.isEmpty {
                        writes[change.table] = try pipeline.prepareBulk(
                            "write_\(table.name)", Statements.upsert(table), table.types)
                    }
                    if !change.ended.isEmpty {
                        let generation = table.endColumn == nil ? [] : [ValueType.integer]
                        ends[change.table] = try pipeline.prepareBulk(
                            "end_\(table.name)", Statements.end(table),
                            table.types.prefix(table.keyCount) + generation)
                    }
                }
            } catch {
                throw StorageError(error)
            }
        }
        (self.writes, self.ends) = (writes, ends)
    }
}
