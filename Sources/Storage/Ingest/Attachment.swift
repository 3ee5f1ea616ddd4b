import Postgres

/// A key or index that a first load takes away and makes again: how to do both, in the server's words.
struct Attachment {
    /// The table that has it, and the one that it refers to.
    let tables: [String]
    let removal: String
    let creation: String

    /// The keys and indexes of some tables with the foreign keys that refer to them, and the foreign keys of others,
    /// what refers first. What somebody else's table refers to keeps its key.
    ///
    /// PostgreSQL's own lists. One round trip, none when no table is given.
    static func read(
        ofIndexes indexed: [Table], ofForeignKeys referring: [Table], _ connection: inout Connection
    ) throws(PostgresError) -> [Attachment] {
        guard !indexed.isEmpty || !referring.isEmpty else { return [] }
        var constraints: [Constraint] = []
        var indexes: [Attachment] = []
        try connection.pipeline(
            onRows: { index, rows throws(PostgresError) in
                for row in 0..<rows.count {
                    if index == 0 {
                        constraints.append(try Constraint(rows, row))
                    } else {
                        let (table, name) = (try rows.text(row, 0), try rows.text(row, 1))
                        indexes.append(
                            Attachment(
                                tables: [table], removal: "DROP INDEX \(name)",
                                creation: try rows.text(row, 2)))
                    }
                }
            },
            { (pipeline) throws(PostgresError) in
                let arguments = [indexed, referring, Table.allCases].map(Table.names)
                try pipeline.execute(constraintsInTheWay, arguments)
                if !indexed.isEmpty { try pipeline.execute(indexesInTheWay, [Table.names(indexed)]) }
            })
        let kept = Set(constraints.filter { !$0.isOurs }.compactMap(\.referred))
        let foreignKeys = constraints.filter { $0.isOurs && $0.referred != nil }.map(\.attachment)
        let keys = constraints.filter { $0.referred == nil }.map(\.attachment)
        return foreignKeys + (indexes + keys).filter { kept.isDisjoint(with: $0.tables) }
    }

    /// Foreign keys come back without a look at the rows that are there.
    private static let constraintsInTheWay = """
        SELECT con.conrelid::regclass::text, quote_ident(con.conname),
            pg_get_constraintdef(con.oid)
                || CASE WHEN con.contype = 'f' AND con.convalidated THEN ' NOT VALID' ELSE '' END,
            CASE WHEN con.contype = 'f' THEN con.confrelid::regclass::text END,
            con.conrelid = ANY ($3::regclass[])
        FROM pg_constraint AS con
        WHERE con.contype = 'p' AND con.conrelid = ANY ($1::regclass[])
            OR con.contype = 'f'
                AND (con.conrelid = ANY ($2::regclass[]) OR con.confrelid = ANY ($1::regclass[]))
        ORDER BY 1, 2
        """

    /// The indexes that no constraint brought with it.
    private static let indexesInTheWay = """
        SELECT indrelid::regclass::text, indexrelid::regclass::text, pg_get_indexdef(indexrelid)
        FROM pg_index
        WHERE indrelid = ANY ($1::regclass[])
            AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)
        ORDER BY 1, 2
        """
}

/// A key of a table, or its foreign key to another.
private struct Constraint {
    /// The table that it refers to; nil for a key.
    let referred: String?
    /// False for the foreign key of a table that is not the registry's.
    let isOurs: Bool
    let attachment: Attachment

    init(_ rows: borrowing Rows, _ row: Int) throws(PostgresError) {
        referred = try rows.isNull(row, 3) ? nil : rows.text(row, 3)
        isOurs = try rows.bool(row, 4)
        let (table, name, definition) = (
            try rows.text(row, 0), try rows.text(row, 1), try rows.text(row, 2)
        )
        attachment = Attachment(
            tables: [table] + (referred.map { [$0] } ?? []),
            removal: "ALTER TABLE \(table) DROP CONSTRAINT \(name)",
            creation: "ALTER TABLE \(table) ADD CONSTRAINT \(name) \(definition)")
    }
}

extension Table {
    /// Some tables' names, as an argument.
    static func names(_ tables: [Table]) -> Value { .texts(tables.map(\.schema.name)) }
}
