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
        hasEnded = StoredRow.hasEnded(rows, row, schema)
    }

    /// Whether such a row has ended.
    fileprivate static func hasEnded(_ rows: borrowing Rows, _ row: Int, _ schema: TableSchema) -> Bool {
        schema.endColumn != nil && !rows.isNull(row, schema.keyCount + 1)
    }
}

/// What the database has of one table that belongs to no other, beside what is wanted.
struct StoredRoots: Sendable {
    /// Up to so many rows are read with their keys at once: that costs less than asking for some keys afterwards.
    private static let smallRowCount = 5_000

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
    /// Whether the keys are still to be read.
    private var lacksKeys = false

    /// What an empty table has.
    init(wanted: CatalogRows.Section) {
        isIdentical = Array(repeating: false, count: wanted.rows.count)
    }

    /// Compares the rows of all tables of entities with those wanted by their hashes, and reads the keys of those whose
    /// hash is not wanted, or that have ended. One round trip where nothing differs or the tables are small, else two;
    /// O(n).
    ///
    /// What changes between the two is another ingest's, whose generation the lock will show.
    static func readAll(
        wanted: CatalogRows, _ connection: inout Connection
    ) throws(PostgresError) -> [Table: StoredRoots] {
        var all: [Table: StoredRoots] = [:]
        var places: [Table: [ContentHash: Int]] = [:]
        func isSmall(_ table: Table) -> Bool { wanted[table].rows.count <= smallRowCount }
        try connection.pipeline(
            onRows: { index, rows throws(PostgresError) in
                let table = Table.roots[index]
                var stored = StoredRoots(wanted: wanted[table])
                try stored.match(rows, table.schema, places[table] ?? [:], hasKeys: isSmall(table))
                all[table] = stored
            },
            { (pipeline) throws(PostgresError) in
                for table in Table.roots {
                    try pipeline.execute(
                        isSmall(table) ? Statements.keys(table.schema) : Statements.hashes(table.schema))
                }
                // While the server reads.
                try pipeline.flush()
                for table in Table.roots { places[table] = StoredRoots.places(of: wanted[table].hashes) }
            })
        let differing = Table.roots.filter { all[$0]?.lacksKeys == true }
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

    /// Where each hash stands.
    private static func places(of hashes: [ContentHash]) -> [ContentHash: Int] {
        var places: [ContentHash: Int] = [:]
        places.reserveCapacity(hashes.count)
        for (place, hash) in hashes.enumerated() { places[hash] = place }
        return places
    }

    /// One that has ended matters only where something is missing, which it may be.
    private var needsKeys: Bool {
        !odd.isEmpty || currentCount < count && isIdentical.contains(false)
    }

    /// True when naming the rows would take more than reading all, or one has a hash that we did not write.
    private var isMostlyOdd: Bool {
        odd.count * 4 > count || odd.contains(ContentHash.foreign)
    }

    /// Marks the wanted rows that are there, given the place of each hash, and keeps those that need a closer look where
    /// their keys came along.
    private mutating func match(
        _ rows: borrowing Rows, _ schema: TableSchema, _ places: [ContentHash: Int], hasKeys: Bool
    ) throws(PostgresError) {
        count = rows.count
        let hashColumn = hasKeys ? schema.keyCount : 0
        for row in 0..<count {
            guard schema.endColumn == nil || rows.isNull(row, hashColumn + 1) else { continue }
            currentCount += 1
            let hash = try ContentHash(rows, row, hashColumn)
            if let place = places[hash], !isIdentical[place] {
                isIdentical[place] = true
            } else {
                odd.insert(hash)
            }
        }
        for hash in odd {
            if let place = places[hash] { isIdentical[place] = false }
        }
        // Rows that stay for ever may be any number: they matter where a wanted one is missing.
        if schema.ending == .kept, !isIdentical.contains(false) { odd = [] }
        lacksKeys = needsKeys && !hasKeys
        if needsKeys, hasKeys { try keep(rows, schema) }
    }

    /// Keeps the rows that have an odd hash, and where something is missing those that have ended.
    private mutating func keep(_ rows: borrowing Rows, _ schema: TableSchema) throws(PostgresError) {
        let isComplete = !isIdentical.contains(false)
        for row in 0..<rows.count {
            // Most are neither, and their keys need no memory.
            let isKept =
                try StoredRow.hasEnded(rows, row, schema)
                ? !isComplete : odd.contains(ContentHash(rows, row, schema.keyCount))
            if isKept { others.append(try StoredRow(rows, row, schema)) }
        }
    }
}

/// What the database has of the entities that a plan changes: what belongs to them, and in which columns they differ.
struct StoredParts: Sendable {
    /// Of so many rows their columns are looked at: of fewer, asking costs more than it saves under the lock; of more,
    /// most columns will differ in one or the other.
    private static let comparedRowCounts = 50...10_000

    private var rows: [Table: [StoredRow]] = [:]
    /// Of each table of entities whose columns were looked at, those in which a row differs from the one wanted.
    private var differing: [Table: Set<Int>] = [:]

    init() {}

    subscript(table: Table) -> [StoredRow] { rows[table] ?? [] }

    /// The columns in which changed rows of a table differ; nil when that was not looked at.
    func differingColumns(of table: Table) -> Set<Int>? { differing[table] }

    /// What is asked of the database in one statement.
    private enum Question {
        case columns(Table)
        case parts(Table)
    }

    /// Reads what belongs to some wanted rows of each table of entities, and those rows themselves, in one pipeline.
    static func read(
        of owners: [Table: [Int]], wanted: CatalogRows, _ connection: inout Connection
    ) throws(PostgresError) -> StoredParts {
        var questions: [Question] = []
        var places: [Table: [EncodedFields: Int]] = [:]
        var parts = StoredParts()
        // Where nothing differs, not even an empty pipeline's round trip.
        guard owners.contains(where: { !$0.value.isEmpty }) else { return parts }
        try connection.pipeline(
            onRows: { index, rows throws(PostgresError) in
                switch questions[index] {
                case .columns(let table):
                    parts.compare(rows, with: wanted[table].rows, places[table] ?? [:], table)
                case .parts(let table): try parts.append(rows, of: table)
                }
            },
            { (pipeline) throws(PostgresError) in
                for (owner, numbers) in owners.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
                    guard !numbers.isEmpty else { continue }
                    let schema = owner.schema
                    let keys = numbers.map { wanted[owner].rows.fields(of: $0, first: schema.keyCount) }
                    let arguments = StoredParts.columns(keys, count: schema.keyCount)
                    if comparedRowCounts.contains(numbers.count) {
                        places[owner] = Dictionary(zip(keys, numbers)) { first, _ in first }
                        questions.append(.columns(owner))
                        try pipeline.execute(Statements.columns(schema), arguments)
                    }
                    for table in owner.dependents {
                        questions.append(.parts(table))
                        try pipeline.execute(Statements.keys(table.schema, of: schema), arguments)
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

    /// Notes in which columns rows differ from those wanted under their keys.
    private mutating func compare(
        _ answer: borrowing Rows, with wanted: EncodedRows, _ places: [EncodedFields: Int], _ table: Table
    ) {
        var columns: Set<Int> = []
        for row in 0..<answer.count {
            let key = answer.fields(of: row, columns: 0..<table.schema.keyCount)
            guard let place = places[key] else { continue }
            answer.forEachDifference(of: row, from: wanted, row: place) { columns.insert($0) }
        }
        differing[table] = columns
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
