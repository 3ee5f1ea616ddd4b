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
    private(set) var isIdentical: [Bool]
    /// The rows that are not, or not as wanted.
    private(set) var others: [StoredRow] = []
    /// All rows, those that have ended included.
    private(set) var count = 0
    /// Those that have not ended.
    private(set) var currentCount = 0
    /// Hashes that are not wanted, or that stand there twice, since somebody's hand copied a row.
    private var odd: Set<ContentHash> = []

    /// What an empty table has.
    init(wanted: CatalogRows.Section) {
        isIdentical = Array(repeating: false, count: wanted.rows.count)
    }

    /// Compares the rows of all tables of entities with those wanted by their hashes, and reads the keys of those whose
    /// hash is not wanted, or that have ended. One round trip where nothing differs, else two; O(n).
    ///
    /// What changes between the two is another ingest's, whose generation the lock will show.
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
                for table in Table.roots { try pipeline.execute(Statements.hashes(table.schema)) }
            })
        let differing = Table.roots.filter { all[$0]?.needsKeys == true }
        guard !differing.isEmpty else { return all }
        try connection.pipeline(
            onRows: { index, rows throws(PostgresError) in
                let table = differing[index]
                try all[table]?.keep(rows, table.schema)
            },
            { (pipeline) throws(PostgresError) in
                for table in differing {
                    guard let stored = all[table] else { continue }
                    if stored.isMostlyOdd {
                        try pipeline.execute(Statements.keys(table.schema))
                    } else {
                        let hashes = stored.odd.map { Optional($0.hexadecimal) }
                        try pipeline.execute(Statements.keysOfHashes(table.schema), [.texts(hashes)])
                    }
                }
            })
        return all
    }

    /// One that has ended matters only where something is missing, which it may be.
    private var needsKeys: Bool {
        !odd.isEmpty || currentCount < count && isIdentical.contains(false)
    }

    /// True when naming the rows would take more than reading all, or one has a hash that we did not write.
    private var isMostlyOdd: Bool {
        odd.count * 4 > count || odd.contains(ContentHash.foreign)
    }

    /// Marks the wanted rows that are there, and notes the hashes that need a closer look.
    private mutating func match(
        _ rows: borrowing Rows, _ schema: TableSchema, _ wanted: [ContentHash]
    ) throws(PostgresError) {
        count = rows.count
        guard count > 0 else { return }
        var places: [ContentHash: Int] = [:]
        places.reserveCapacity(wanted.count)
        for (place, hash) in wanted.enumerated() { places[hash] = place }
        for row in 0..<count {
            guard schema.endColumn == nil || rows.isNull(row, 1) else { continue }
            currentCount += 1
            let hash = try ContentHash(rows, row, 0)
            if let place = places[hash], !isIdentical[place] {
                isIdentical[place] = true
            } else {
                odd.insert(hash)
            }
        }
        for hash in odd {
            if let place = places[hash] { isIdentical[place] = false }
        }
    }

    /// Keeps the rows that have an odd hash, and where something is missing those that have ended.
    private mutating func keep(_ rows: borrowing Rows, _ schema: TableSchema) throws(PostgresError) {
        let isComplete = !isIdentical.contains(false)
        for row in 0..<rows.count {
            let stored = try StoredRow(rows, row, schema)
            if stored.hasEnded ? !isComplete : odd.contains(stored.hash) { others.append(stored) }
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
    /// Stands for one of another length than ours.
    fileprivate static let foreign = ContentHash(high: 0, low: 0)

    /// Its bytes in digits, as SQL's `decode` reads them.
    fileprivate var hexadecimal: String {
        [high, low].map { word in
            let digits = String(word, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    /// Reads a hash out of an answer; one of another length is no hash that we wrote, and equals none.
    init(_ rows: borrowing Rows, _ row: Int, _ column: Int) throws(PostgresError) {
        self = try rows.withBytes(row, column) { ContentHash($0) }
    }

    private init(_ bytes: Span<UInt8>) {
        guard bytes.count == ContentHash.byteCount else {
            self = ContentHash.foreign
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
