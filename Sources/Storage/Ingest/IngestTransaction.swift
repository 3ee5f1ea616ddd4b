import Postgres

/// The short transaction that does what a plan says, or nothing.
struct IngestTransaction {
    let plan: IngestPlan
    let rows: CatalogRows
    /// When the ingest began, by the clock.
    let start: Int
    /// Microseconds since some moment.
    let clock: () -> Int

    /// The generation that the database has afterwards.
    var generation: Int { plan.basis.generation + 1 }

    /// Adds rows, locks the state row, checks that the plan's basis still holds, does the rest of the plan and commits;
    /// gives the microseconds for which it held the lock.
    ///
    /// Throws `.busy` when another ingest came first and `.drift` when a statement did not do what the plan says.
    func run(_ connection: inout Connection) throws(StorageError) -> Int {
        let locked: Int
        do throws(StorageError) {
            locked = try commit(&connection)
        } catch {
            // Another ingest that adds the same rows comes to them first, commits, and leaves ours one too many.
            guard error.code == .drift, let state = try? RegistryState.read(&connection), state != plan.basis
            else { throw error }
            throw StorageError.overtaken
        }
        let released = clock()
        // Outside of the transaction, which it would end on engines that do not know it. Readers that miss it look at
        // the generation.
        _ = try? connection.execute(Statements.notify)
        return released - locked
    }

    /// The transaction itself; gives the time at which it had the lock.
    private func commit(_ connection: inout Connection) throws(StorageError) -> Int {
        try connection.withTransaction { (connection) throws(StorageError) -> Int in
            // Before the lock: whatever is parsed, encoded and added meanwhile, nobody waits for it.
            let delta = try IngestDelta(plan, rows, generation: generation, &connection)
            if !delta.additions.isEmpty { try send(delta.additions, &connection) }
            guard try RegistryState.lock(&connection) == plan.basis else {
                throw StorageError.overtaken
            }
            let locked = clock()
            if plan.isFirstLoad { try FirstLoad(rows).run(&connection) }
            try send(delta.changes, isLast: true, &connection)
            return locked
        }
    }

    /// Sends steps in one pipeline, the last with what makes them a generation, and holds the counts against the plan.
    private func send(
        _ steps: [IngestDelta.Step], isLast: Bool = false, _ connection: inout Connection
    ) throws(StorageError) {
        /// What each statement of the pipeline should say of itself.
        var expected: [Expectation] = []
        let counts = try connection.pipeline { (pipeline) throws(StorageError) in
            do throws(PostgresError) {
                for step in steps {
                    try pipeline.execute(step.arguments)
                    expected.append(Expectation(table: step.table.schema.name, count: step.rowCount))
                }
                if isLast { try finish(&pipeline, &expected) }
            } catch {
                throw StorageError(error)
            }
        }
        for (count, expectation) in zip(counts, expected) where count != expectation.count {
            throw StorageError.drift(
                in: expectation.table, changed: count, expected: expectation.count)
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
