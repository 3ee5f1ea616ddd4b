import Postgres

/// The short transaction that does what a plan says, or nothing.
struct IngestTransaction {
    /// Rows of one statement that writes several.
    private static let batch = 32

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
            let statements = try IngestStatements(plan, batch: IngestTransaction.batch, &connection)
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
            let written = change.written
            let rows = rows[change.table].rows
            var start = 0
            while start < written.count {
                let isBatch = written.count - start >= IngestTransaction.batch
                let numbers = written[start..<start + (isBatch ? IngestTransaction.batch : 1)]
                let statement = isBatch ? statements.batches[change.table] : statements.singles[change.table]
                guard let statement else {
                    preconditionFailure("every table that changes has its statements")
                }
                try pipeline.execute(statement, rows, numbers)
                expected.append(Expectation(table: change.table.schema.name, count: numbers.count))
                start += numbers.count
            }
        }
    }

    /// Ends rows, what refers first.
    private func end(
        _ statements: IngestStatements, _ pipeline: inout Pipeline, _ expected: inout [Expectation]
    ) throws(PostgresError) {
        for change in plan.changes.reversed() {
            guard let statement = statements.ends[change.table] else { continue }
            var keys = EncodedRows(columnCount: statement.types.count)
            var generation = EncodedFields()
            if change.table.schema.endColumn != nil { try generation.append(.integer(self.generation)) }
            for key in change.ended { keys.append(key, generation) }
            for row in keys.rowNumbers {
                try pipeline.execute(statement, keys, CollectionOfOne(row))
                expected.append(Expectation(table: change.table.schema.name, count: 1))
            }
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
    private(set) var singles: [Table: PreparedStatement] = [:]
    private(set) var batches: [Table: PreparedStatement] = [:]
    private(set) var ends: [Table: PreparedStatement] = [:]

    /// Has the server parse them, in one round trip.
    init(_ plan: IngestPlan, batch: Int, _ connection: inout Connection) throws(StorageError) {
        if plan.isFirstLoad { return }
        var (singles, batches, ends) = (singles, batches, ends)
        try connection.pipeline { (pipeline) throws(StorageError) in
            do throws(PostgresError) {
                // Behind a pooler this session may have served an earlier run.
                try pipeline.execute("DEALLOCATE ALL")
                for change in plan.changes {
                    let table = change.table.schema
                    let writtenCount = change.written.count
                    if writtenCount % batch > 0 {
                        singles[change.table] = try pipeline.prepare(
                            "write_\(table.name)", Statements.upsert(table, rowCount: 1), table.types)
                    }
                    if writtenCount >= batch {
                        batches[change.table] = try pipeline.prepare(
                            "write_many_\(table.name)", Statements.upsert(table, rowCount: batch),
                            Array(repeatElement(table.types, count: batch).joined()))
                    }
                    if !change.ended.isEmpty {
                        let generation = table.endColumn == nil ? [] : [ValueType.integer]
                        ends[change.table] = try pipeline.prepare(
                            "end_\(table.name)", Statements.end(table),
                            table.types.prefix(table.keyCount) + generation)
                    }
                }
            } catch {
                throw StorageError(error)
            }
        }
        (self.singles, self.batches, self.ends) = (singles, batches, ends)
    }
}
