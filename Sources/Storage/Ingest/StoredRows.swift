import Postgres

/// A row that the database has, as far as the plan needs it.
struct StoredRow: Sendable {
    let key: EncodedFields
    let hash: ContentHash
    /// Retired or superseded.
    let hasEnded: Bool
}

extension StoredRow {
    /// Reads a row of an answer that has a table's key, hash and, where rows stay as history, end.
    fileprivate init(
        _ rows: borrowing Rows, _ row: Int, _ schema: TableSchema
    ) throws(PostgresError) {
        key = rows.fields(of: row, columns: 0..<schema.keyCount)
        hash = try ContentHash(rows, row, schema.keyCount)
        hasEnded = schema.endColumn != nil && !rows.isNull(row, schema.keyCount + 1)
    }
}

/// What the database has of one table that belongs to no other, beside what is wanted.
struct StoredRoots: Sendable {
    /// For each wanted row, whether it stands there as wanted.
    fileprivate(set) var isIdentical: [Bool]
    /// The rows that are not, or not as wanted.
    fileprivate(set) var others: [StoredRow] = []
    /// All rows, those that have ended included.
    fileprivate(set) var count = 0
    /// Those that have not ended.
    fileprivate(set) var currentCount = 0

    /// What an empty table has.
    init(wanted: CatalogRows.Section) {
        isIdentical = Array(repeating: false, count: wanted.rows.count)
    }
}

extension StoredRoots {
    /// Compares the rows of all tables of entities with those wanted by their hashes, and keeps the keys of those whose
    /// hash is not wanted, or that have ended. One round trip; O(n).
    static func readAll(
        wanted: CatalogRows, _ connection: inout Connection
    ) throws(PostgresError) -> [Table: StoredRoots] {
        var all: [Table: StoredRoots] = [:]
        try connection.pipeline(
            onRows: { index, rows throws(PostgresError) in
                let table = Table.roots[index]
                var stored = StoredRoots(wanted: wanted[table])
                try stored.match(rows, table.schema, wanted[table].hashes)
                all[table] = stored
            },
            { (pipeline) throws(PostgresError) in
                for table in Table.roots { try pipeline.execute(Statements.keys(table.schema)) }
            })
        return all
    }

    /// Marks the wanted rows that are there, and keeps those that need a closer look: those that are not wanted, and
    /// those that stand there twice, since somebody's hand copied one.
    private mutating func match(
        _ rows: borrowing Rows, _ schema: TableSchema, _ wanted: [ContentHash]
    ) throws(PostgresError) {
        count = rows.count
        guard count > 0 else { return }
        var places: [ContentHash: Int] = [:]
        places.reserveCapacity(wanted.count)
        for (place, hash) in wanted.enumerated() { places[hash] = place }
        var odd: Set<ContentHash> = []
        var ended: [Int] = []
        for row in 0..<count {
            guard schema.endColumn == nil || rows.isNull(row, schema.keyCount + 1) else {
                ended.append(row)
                continue
            }
            currentCount += 1
            let hash = try ContentHash(rows, row, schema.keyCount)
            if let place = places[hash], !isIdentical[place] {
                isIdentical[place] = true
            } else {
                odd.insert(hash)
            }
        }
        for hash in odd {
            if let place = places[hash] { isIdentical[place] = false }
        }
        // One that has ended matters only where something is missing, which it may be.
        if isIdentical.contains(false) {
            for row in ended { others.append(try StoredRow(rows, row, schema)) }
        }
        guard !odd.isEmpty else { return }
        let endedRows = Set(ended)
        for row in 0..<count where !endedRows.contains(row) {
            guard odd.contains(try ContentHash(rows, row, schema.keyCount)) else { continue }
            others.append(try StoredRow(rows, row, schema))
        }
    }
}

/// What the database has of the tables that belong to others, for the entities that a plan changes.
struct StoredParts: Sendable {
    private var rows: [Table: [StoredRow]] = [:]

    init() {}

    subscript(table: Table) -> [StoredRow] { rows[table] ?? [] }

    /// Reads what belongs to some rows of each table of entities, one statement a table in one pipeline.
    static func read(
        of owners: [Table: [EncodedFields]], _ connection: inout Connection
    ) throws(PostgresError) -> StoredParts {
        var tables: [Table] = []
        var parts = StoredParts()
        // Where nothing differs, not even an empty pipeline's round trip.
        guard owners.contains(where: { !$0.value.isEmpty }) else { return parts }
        try connection.pipeline(
            onRows: { index, rows throws(PostgresError) in
                try parts.append(rows, of: tables[index])
            },
            { (pipeline) throws(PostgresError) in
                for (owner, keys) in owners.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
                    guard !keys.isEmpty else { continue }
                    let arguments = StoredParts.columns(keys, count: owner.schema.keyCount)
                    for table in owner.dependents {
                        tables.append(table)
                        try pipeline.execute(Statements.keys(table.schema, of: owner.schema), arguments)
                    }
                }
            })
        return parts
    }

    private mutating func append(_ answer: borrowing Rows, of table: Table) throws(PostgresError) {
        let schema = table.schema
        for row in 0..<answer.count {
            rows[table, default: []].append(try StoredRow(answer, row, schema))
        }
    }

    /// Keys of texts, turned into an array for each column.
    private static func columns(_ keys: [EncodedFields], count: Int) -> [Value] {
        let texts = keys.map(\.texts)
        return (0..<count).map { column in .texts(texts.map { $0[column] }) }
    }
}

extension ContentHash {
    /// Reads a hash out of an answer; one of another length is no hash that we wrote, and equals none.
    init(_ rows: borrowing Rows, _ row: Int, _ column: Int) throws(PostgresError) {
        self = try rows.withBytes(row, column) { ContentHash($0) }
    }

    private init(_ bytes: Span<UInt8>) {
        guard bytes.count == ContentHash.byteCount else {
            self.init(high: 0, low: 0)
            return
        }
        var (high, low): (UInt64, UInt64) = (0, 0)
        for index in 0..<8 {
            high = high << 8 | UInt64(bytes[index])
            low = low << 8 | UInt64(bytes[index + 8])
        }
        self.init(high: high, low: low)
    }
}
