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
        var delta: IngestDelta
        do throws(PostgresError) {
            delta = try IngestDelta(plan, rows, generation: generation)
        } catch {
            throw StorageError(error)
        }
        return try connection.withTransaction { (connection) throws(StorageError) -> Int in
            try add(&delta, &connection)
            guard try RegistryState.lock(&connection) == plan.basis else {
                throw StorageError.overtaken
            }
            let locked = clock()
            if plan.isFirstLoad { try FirstLoad(rows).run(&connection) }
            try send(delta.changes, &connection)
            return locked
        }
    }

    /// Adds rows in one pipeline, and encodes meanwhile what goes under the lock.
    private func add(_ delta: inout IngestDelta, _ connection: inout Connection) throws(StorageError) {
        guard !delta.additions.isEmpty else { return delta.encodeChanges() }
        var expected = ExpectedCounts()
        let counts = try connection.pipeline { (pipeline) throws(StorageError) in
            do throws(PostgresError) {
                for step in delta.additions { try step.execute(&pipeline, &expected) }
                try pipeline.flush()
            } catch {
                throw StorageError(error)
            }
            delta.encodeChanges()
        }
        try expected.check(counts)
    }

    /// Sends steps in one pipeline with what makes them a generation, and holds the counts against the plan.
    private func send(_ steps: [IngestDelta.Step], _ connection: inout Connection) throws(StorageError) {
        var expected = ExpectedCounts()
        let counts = try connection.pipeline { (pipeline) throws(StorageError) in
            do throws(PostgresError) {
                for step in steps { try step.execute(&pipeline, &expected) }
                try finish(&pipeline, &expected)
            } catch {
                throw StorageError(error)
            }
        }
        try expected.check(counts)
    }

    private func finish(
        _ pipeline: inout Pipeline, _ expected: inout ExpectedCounts
    ) throws(PostgresError) {
        let commit = plan.commit
        let state = try pipeline.execute(
            Statements.setState,
            [
                (commit.repository ?? plan.basis.repository).map(Value.text) ?? .null, .text(commit.id),
                .text(commit.tree), .integer(generation), .integer(RowBuilder.hashVersion),
                .integer(plan.basis.generation),
            ])
        expected.note(state, "registry_state", 1)
        let totals = plan.totals
        let addition = try pipeline.execute(
            Statements.addCommit,
            [
                .integer(generation), .text(commit.id), plan.basis.commit.map(Value.text) ?? .null,
                .text(commit.tree), .timestamp(commit.committedAt), .integer((clock() - start) / 1_000),
                .integer(totals.added), .integer(totals.changed), .integer(totals.returned),
                .integer(totals.retired), .integer(totals.rowsWritten), .integer(totals.rowsRemoved),
            ])
        expected.note(addition, "registry_commits", 1)
    }
}
