import Postgres

/// Copies all rows into empty tables: the only time that bytes travel while the state row is locked.
///
/// Checking each reference by itself and sorting each row into its indexes by itself costs several times the copying.
/// The references are a checked registry's, and `registry verify` compares every row: the server does not look them up
/// once more. A superuser can ask it not to; else the foreign keys are taken away and come back `NOT VALID`, in the same
/// transaction. Either way they hold for every row that is written from then on. The indexes of tables with many rows
/// are taken away and made again; what they are is asked of the server, so that no migration is repeated here. Without
/// the right to do any of that, the rows are copied as it is.
struct FirstLoad {
    /// From so many rows on, making a foreign key afterwards costs less than looking each reference up.
    private static let referringRowCount = 100
    /// From so many rows on, making an index afterwards costs less than sorting its rows in.
    private static let indexedRowCount = 2_000

    let rows: CatalogRows

    init(_ rows: CatalogRows) {
        self.rows = rows
    }

    func run(_ connection: inout Connection) throws(StorageError) {
        let tables = Table.allCases.filter { rows[$0].rows.count > 0 }
        let counts: [Int]
        do throws(PostgresError) {
            let rights = try Rights(&connection)
            counts =
                try rights.areOwners ? copyAtOnce(tables, rights, &connection) : copy(tables, &connection)
        } catch {
            throw StorageError(error)
        }
        for (table, count) in zip(tables, counts) where count != rows[table].rows.count {
            throw StorageError.drift(
                in: table.schema.name, changed: count, expected: rows[table].rows.count)
        }
    }

    /// As any engine takes it, from any role.
    private func copy(_ tables: [Table], _ connection: inout Connection) throws(PostgresError) -> [Int] {
        var counts: [Int] = []
        for table in tables {
            let count = try connection.copy(into: table.schema.name, columns: table.schema.columns) {
                (writer) throws(PostgresError) in try writer.write(rows[table].rows)
            }
            counts.append(count)
        }
        return counts
    }

    /// As PostgreSQL takes it from the tables' owner: all in one text, since with many tables of few rows the waiting for
    /// each answer takes as long as the work.
    private func copyAtOnce(
        _ tables: [Table], _ rights: Rights, _ connection: inout Connection
    ) throws(PostgresError) -> [Int] {
        func large(from rowCount: Int) -> [Table] { tables.filter { rows[$0].rows.count >= rowCount } }
        let attachments = try Attachment.read(
            ofIndexes: large(from: FirstLoad.indexedRowCount),
            ofForeignKeys: rights.maySilenceTriggers ? [] : large(from: FirstLoad.referringRowCount),
            &connection)
        var script = Script()
        // In the order in which everybody takes tables, so that no reader and we wait for each other.
        let touched = Set(attachments.flatMap(\.tables))
        let locked = Table.allCases.map(\.schema.name).filter(touched.contains)
        if !locked.isEmpty {
            script.run("LOCK TABLE \(locked.joined(separator: ", ")) IN ACCESS EXCLUSIVE MODE")
        }
        for attachment in attachments { script.run(attachment.removal) }
        // Foreign keys are triggers, and those rest where rows come from a server that has checked them.
        if rights.maySilenceTriggers { script.run("SET LOCAL session_replication_role = replica") }
        for table in tables {
            script.copy(rows[table].rows, into: table.schema.name, columns: table.schema.columns)
        }
        if rights.maySilenceTriggers { script.run("SET LOCAL session_replication_role TO DEFAULT") }
        if !attachments.isEmpty {
            script.run("SET LOCAL maintenance_work_mem = '256MB'")
            // Helpers of the server cost more than they do here: they start by mapping its memory.
            script.run("SET LOCAL max_parallel_maintenance_workers = 0")
        }
        for attachment in attachments.reversed() { script.run(attachment.creation) }
        return try connection.run(script)
    }

    /// What this role may do with the registry's tables.
    private struct Rights {
        /// On PostgreSQL itself, take their keys and indexes away.
        let areOwners: Bool
        /// Have no foreign key looked up, where nobody's own trigger or rule would rest with them.
        let maySilenceTriggers: Bool

        init(_ connection: inout Connection) throws(PostgresError) {
            let rows = try connection.query(
                """
                SELECT version() LIKE 'PostgreSQL%' AND version() NOT LIKE '%-YB-%'
                        AND to_regproc('citus_version') IS NULL AND bool_and(pg_has_role(relowner, 'USAGE')),
                    current_setting('is_superuser') = 'on' AND NOT bool_or(relhasrules)
                        AND NOT EXISTS (
                            SELECT 1 FROM pg_trigger
                            WHERE NOT tgisinternal AND tgrelid = ANY ($1::regclass[]))
                FROM pg_class WHERE oid = ANY ($1::regclass[])
                """, [Table.names(Table.allCases)])
            areOwners = try rows.bool(0, 0)
            let isSuperuser = try rows.bool(0, 1)
            maySilenceTriggers = areOwners && isSuperuser
        }
    }
}
