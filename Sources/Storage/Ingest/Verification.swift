package import Postgres

/// What the database's rows say, held column by column against what they should.
package struct Verification: Sendable {
    /// One row that is not as it should be.
    package struct Difference: Sendable, Equatable {
        /// How it differs.
        package enum Kind: Sendable, Equatable {
            /// The registry has it and the database has not, or has it as ended.
            case missing
            /// The database has it and the registry has not.
            case surplus
            /// A column says something else.
            case column(String)
        }

        package let table: Table
        package let kind: Kind
        let key: EncodedFields

        /// The key as a person reads it.
        package var name: String { PlanSummary.name(key, table.schema) }
    }

    /// By table, then by key.
    package let differences: [Difference]
    /// How many rows of each table hold.
    let rowCounts: [Table: Int]
    /// What the database says that it holds.
    package let state: RegistryState

    /// Reads every row that holds and compares all of its columns, in one transaction that sees one generation.
    ///
    /// Throws `.schema` when the database has no tables, or not this program's.
    package static func run(
        _ rows: CatalogRows, in settings: ConnectionSettings
    ) throws(StorageError) -> Verification {
        var connection: Connection
        do throws(PostgresError) {
            connection = try Connection.open(settings)
        } catch {
            throw StorageError(error)
        }
        return try run(rows, &connection)
    }

    static func run(
        _ rows: CatalogRows, _ connection: inout Connection
    ) throws(StorageError) -> Verification {
        try connection.withTransaction(isolation: .repeatableRead, readOnly: true) {
            (connection) throws(StorageError) in try Verification(rows, &connection)
        }
    }

    /// How many rows were looked at.
    package var rowCount: Int { rowCounts.values.reduce(0, +) }

    private init(_ wanted: CatalogRows, _ connection: inout Connection) throws(StorageError) {
        guard let state = try RegistryState.read(&connection) else {
            throw StorageError(
                .schema, "the database has no tables", hint: "`registry ingest` makes and fills them")
        }
        self.state = state
        var differences: [Difference] = []
        var rowCounts: [Table: Int] = [:]
        for table in Table.allCases {
            do throws(PostgresError) {
                let stored = try connection.query(Statements.contents(table.schema))
                rowCounts[table] = stored.count
                differences += Verification.compare(wanted[table].rows, stored, table)
            } catch {
                throw StorageError(error)
            }
        }
        self.differences = differences
        self.rowCounts = rowCounts
    }

    /// Compares one table. O(n).
    private static func compare(
        _ wanted: EncodedRows, _ stored: borrowing Rows, _ table: Table
    ) -> [Difference] {
        let schema = table.schema
        var places: [EncodedFields: Int] = [:]
        places.reserveCapacity(wanted.count)
        for row in 0..<wanted.count { places[wanted.fields(of: row, first: schema.keyCount)] = row }
        var differences: [Difference] = []
        for row in 0..<stored.count {
            let key = stored.fields(of: row, columns: 0..<schema.keyCount)
            guard let place = places.removeValue(forKey: key) else {
                // Sources stay when nothing names them any more.
                if schema.owner != nil || schema.ending != .kept {
                    differences.append(Difference(table: table, kind: .surplus, key: key))
                }
                continue
            }
            var first: Int?
            stored.forEachDifference(of: row, from: wanted, row: place) { first = first ?? $0 }
            if let first {
                let kind = Difference.Kind.column(schema.columns[first])
                differences.append(Difference(table: table, kind: kind, key: key))
            }
        }
        differences += places.keys.map { Difference(table: table, kind: .missing, key: $0) }
        return differences.sorted { $0.key.bytes.lexicographicallyPrecedes($1.key.bytes) }
    }
}
