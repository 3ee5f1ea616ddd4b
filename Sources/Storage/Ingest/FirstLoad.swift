import Postgres

/// Copies all rows into empty tables: the only time that bytes travel while the state row is locked.
///
/// Keys and indexes are taken away and made again afterwards, in the same transaction: checking each reference by
/// itself and sorting each row in by itself costs several times the copying. What they are is asked of the server, so
/// that no migration is repeated here. Without the right to do that the rows are copied as it is.
///
/// The foreign keys come back without a look at the rows just copied, which are a checked registry's; from then on
/// they hold for every row that is written. They stay `NOT VALID`, and no later step validates them: that would look
/// every reference up once more under the lock, for what the registry's own check has found already, and `registry
/// verify` finds more than it would. Who wants the mark gone says `ALTER TABLE … VALIDATE CONSTRAINT …`.
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
        var counts: [(table: Table, count: Int)] = []
        do throws(PostgresError) {
            let attachments = try readAttachments(&connection)
            if !attachments.isEmpty {
                try connection.execute(attachments.map(\.removal).joined(separator: ";\n"))
            }
            for table in Table.allCases where rows[table].rows.count > 0 {
                let count = try connection.copy(into: table.schema.name, columns: table.schema.columns) {
                    (writer) throws(PostgresError) in try writer.write(rows[table].rows)
                }
                counts.append((table, count))
            }
            if !attachments.isEmpty {
                // Helpers of the server cost more than they do here: they start by mapping its memory.
                try connection.execute(
                    """
                    SET LOCAL maintenance_work_mem = '256MB';
                    SET LOCAL max_parallel_maintenance_workers = 0
                    """)
                try connection.execute(attachments.reversed().map(\.creation).joined(separator: ";\n"))
            }
        } catch {
            throw StorageError(error)
        }
        for (table, count) in counts where count != rows[table].rows.count {
            throw StorageError.drift(
                in: table.schema.name, changed: count, expected: rows[table].rows.count)
        }
    }

    /// A foreign key or an index: how to take it away and how to make it.
    private struct Attachment {
        let removal: String
        let creation: String
    }

    private func readAttachments(_ connection: inout Connection) throws(PostgresError) -> [Attachment] {
        func names(from rowCount: Int) -> Value {
            .texts(Table.allCases.filter { self.rows[$0].rows.count >= rowCount }.map(\.schema.name))
        }
        let rows = try connection.query(
            Statements.attachments,
            [
                names(from: FirstLoad.indexedRowCount), names(from: FirstLoad.referringRowCount),
                names(from: 0),
            ])
        var attachments: [Attachment] = []
        for row in 0..<rows.count {
            attachments.append(
                Attachment(removal: try rows.text(row, 0), creation: try rows.text(row, 1)))
        }
        return attachments
    }
}
