/// Brings a database's schema to where the program wants it.
///
/// What was applied stands in the table `schema_migrations`. Each migration and its row there are one transaction,
/// which first locks the only row of `schema_migration_lock`: the server frees it whatever becomes of the client,
/// and it works behind a pooler and on engines whose advisory locks do nothing.
package struct MigrationRunner: Sendable {
    package let migrations: [Migration]

    /// A row of `schema_migrations`.
    private struct Applied {
        let version: Int
        let name: String
        let checksum: String
        let time: Timestamp
    }

    private static let tables = [
        """
        CREATE TABLE IF NOT EXISTS schema_migrations (
            version bigint PRIMARY KEY,
            name text NOT NULL,
            checksum text NOT NULL,
            applied_at timestamptz NOT NULL DEFAULT now()
        )
        """,
        "CREATE TABLE IF NOT EXISTS schema_migration_lock (id bigint PRIMARY KEY)",
        "INSERT INTO schema_migration_lock (id) VALUES (1) ON CONFLICT (id) DO NOTHING",
    ]

    /// Migrations in the order of their versions; another order is a programmer's error.
    package init(_ migrations: [Migration]) {
        let versions = migrations.map(\.version)
        precondition(
            zip(versions, versions.dropFirst()).allSatisfy { $0 < $1 }, "the versions of migrations must rise"
        )
        self.migrations = migrations
    }

    /// Applies what is pending, and gives what it applied.
    ///
    /// Throws `.migration` and changes nothing when an applied migration was changed, is unknown, or is newer than
    /// a pending one. Several at once wait for each other as long as the lock timeout lets them.
    @discardableResult
    package func migrate(_ connection: inout Connection) throws(PostgresError) -> [Migration] {
        try makeTables(&connection)
        var done: [Migration] = []
        while let migration = try applyNext(&connection) { done.append(migration) }
        return done
    }

    /// Every migration of the program and of the database, by version. Changes nothing.
    package func status(_ connection: inout Connection) throws(PostgresError) -> [MigrationStatus] {
        let applied = try hasTables(&connection) ? readApplied(&connection) : []
        let wanted = Dictionary(uniqueKeysWithValues: migrations.map { ($0.version, $0) })
        let there = Set(applied.map(\.version))
        let known = applied.map { row in
            let checksum = wanted[row.version]?.checksum
            return MigrationStatus(
                version: row.version, name: row.name,
                state: checksum == nil
                    ? .unknown(row.time)
                    : checksum == row.checksum ? .applied(row.time) : .changed(row.time))
        }
        let pending = migrations.filter { !there.contains($0.version) }.map {
            MigrationStatus(version: $0.version, name: $0.name, state: .pending)
        }
        return (known + pending).sorted { $0.version < $1.version }
    }

    /// Throws `.migration` unless the database stands exactly where the program wants it.
    package func requireCurrent(_ connection: inout Connection) throws(PostgresError) {
        let applied = try hasTables(&connection) ? readApplied(&connection) : []
        if let next = try next(after: applied) {
            throw fault(
                "the database lacks migration \(next.version) \"\(next.name)\"",
                hint: "run the migrations first")
        }
    }

    /// Applies the first pending migration; nil when there is none.
    private func applyNext(_ connection: inout Connection) throws(PostgresError) -> Migration? {
        try connection.withTransaction { (connection) throws(PostgresError) in
            try connection.query("SELECT id FROM schema_migration_lock WHERE id = 1 FOR UPDATE")
            // Read under the lock: another run may have applied some while this one waited.
            guard let migration = try next(after: readApplied(&connection)) else { return nil }
            do throws(PostgresError) {
                try connection.execute(migration.sql)
            } catch {
                var error = error
                error.operation = "migration \(migration.version) \"\(migration.name)\""
                throw error
            }
            guard connection.transactionStatus == .inTransaction else {
                throw fault("migration \(migration.version) \"\(migration.name)\" ends its own transaction")
            }
            try connection.query(
                "INSERT INTO schema_migrations (version, name, checksum) VALUES ($1, $2, $3)",
                [.integer(migration.version), .text(migration.name), .text(migration.checksum)])
            return migration
        }
    }

    /// The first pending migration; throws when what was applied is not what the program knows.
    private func next(after applied: [Applied]) throws(PostgresError) -> Migration? {
        let wanted = Dictionary(uniqueKeysWithValues: migrations.map { ($0.version, $0) })
        for row in applied {
            guard let migration = wanted[row.version] else {
                throw fault(
                    "the database has migration \(row.version) \"\(row.name)\", which this program does not know",
                    hint: "use the newer program that applied it")
            }
            guard migration.checksum == row.checksum else {
                throw fault(
                    "migration \(row.version) \"\(row.name)\" was changed after it was applied",
                    hint: "put its SQL back as it was, and write a new migration")
            }
        }
        let there = Set(applied.map(\.version))
        guard let next = migrations.first(where: { !there.contains($0.version) }) else { return nil }
        if let last = applied.last, last.version > next.version {
            throw fault(
                "migration \(next.version) \"\(next.name)\" is new and older than \(last.version), which is applied",
                hint: "give it a version higher than all before")
        }
        return next
    }

    private func readApplied(_ connection: inout Connection) throws(PostgresError) -> [Applied] {
        let rows = try connection.query(
            "SELECT version, name, checksum, applied_at FROM schema_migrations ORDER BY version")
        var applied: [Applied] = []
        for row in 0..<rows.count {
            applied.append(
                Applied(
                    version: try rows.integer(row, 0), name: try rows.text(row, 1),
                    checksum: try rows.text(row, 2), time: try rows.timestamp(row, 3)))
        }
        return applied
    }

    private func hasTables(_ connection: inout Connection) throws(PostgresError) -> Bool {
        let rows = try connection.query(
            """
            SELECT table_name FROM information_schema.tables
            WHERE table_schema = current_schema()
                AND table_name IN ('schema_migrations', 'schema_migration_lock')
            """)
        return rows.count == 2
    }

    /// Makes the two tables and the row to lock, where they are missing.
    private func makeTables(_ connection: inout Connection) throws(PostgresError) {
        for statement in MigrationRunner.tables {
            var attempts = 0
            while true {
                do throws(PostgresError) {
                    try connection.execute(statement)
                    break
                } catch {
                    // Two that create a table at the same moment: one finds it in the catalogue after looking.
                    attempts += 1
                    guard ["23505", "42710", "42P07"].contains(error.sqlState), attempts < 5 else {
                        throw error
                    }
                }
            }
        }
    }

    private func fault(_ message: String, hint: String? = nil) -> PostgresError {
        PostgresError(.migration, "migrate", message, hint: hint)
    }
}
