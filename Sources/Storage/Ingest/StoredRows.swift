import Postgres

/// A row that the database has, as far as the plan needs it.
struct StoredRow: Sendable {
    let key: EncodedFields
    let hash: ContentHash
    /// Retired or superseded.
    let hasEnded: Bool
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
    /// Compares a table's rows with those wanted, by their hashes alone; only of rows whose hash is not wanted, or that
    /// have ended, the keys are read too. O(n).
    static func read(
        _ table: Table, wanted: CatalogRows, _ connection: inout Connection
    ) throws(PostgresError) -> StoredRoots {
        let (schema, section) = (table.schema, wanted[table])
        var stored = StoredRoots(wanted: section)
        let odd = try stored.match(
            connection.query(Statements.hashes(schema)), canEnd: schema.endColumn != nil, section.hashes)
        guard !odd.isEmpty else { return stored }
        let rows = try connection.query(Statements.keys(schema), [.texts(odd.map(\.hexadecimal))])
        for row in 0..<rows.count {
            stored.others.append(
                StoredRow(
                    key: rows.fields(of: row, columns: 0..<schema.keyCount),
                    hash: try ContentHash(rows, row, schema.keyCount),
                    hasEnded: schema.endColumn != nil && !rows.isNull(row, schema.keyCount + 1)))
        }
        return stored
    }

    /// Marks the wanted rows that are there, and gives the hashes of the rows that need a closer look: those that are
    /// not wanted, and those that stand there twice, since somebody's hand copied one.
    private mutating func match(
        _ rows: consuming Rows, canEnd: Bool, _ wanted: [ContentHash]
    ) throws(PostgresError) -> Set<ContentHash> {
        count = rows.count
        guard count > 0 else { return [] }
        var places: [ContentHash: Int] = [:]
        places.reserveCapacity(wanted.count)
        for (place, hash) in wanted.enumerated() { places[hash] = place }
        var odd: Set<ContentHash> = []
        var ended: Set<ContentHash> = []
        for row in 0..<count {
            let hash = try ContentHash(rows, row, 0)
            guard !canEnd || rows.isNull(row, 1) else {
                ended.insert(hash)
                continue
            }
            currentCount += 1
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
        return isIdentical.contains(false) ? odd.union(ended) : odd
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
            rows[table, default: []].append(
                StoredRow(
                    key: answer.fields(of: row, columns: 0..<schema.keyCount),
                    hash: try ContentHash(answer, row, schema.keyCount),
                    hasEnded: schema.endColumn != nil && !answer.isNull(row, schema.keyCount + 1)))
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
