package import Postgres

/// What is wanted less what is there: all that an ingest will do, as a value. Nothing was written yet.
package struct IngestPlan: Sendable {
    /// What becomes of one table.
    package struct Change: Sendable {
        package let table: Table
        /// The wanted rows to be written, as their numbers among the table's wanted rows, rising.
        package fileprivate(set) var added: [Int] = []
        package fileprivate(set) var changed: [Int] = []
        /// Had ended, and are wanted again.
        package fileprivate(set) var returned: [Int] = []
        /// The keys of rows that are there and no longer wanted.
        package fileprivate(set) var ended: [EncodedFields] = []
        /// Whether rows to be added may stand there after all, ended by themselves or by what they belong to.
        fileprivate(set) var addedMayStand = false
        /// The columns in which rows that are there differ from those wanted; nil when that is not known.
        fileprivate(set) var differingColumns: Set<Int>?

        /// All rows to be written, in the order of their key.
        var written: [Int] { (added + updated).sorted() }

        /// The rows to be written that are there already, in the order of their key.
        var updated: [Int] { (changed + returned).sorted() }

        /// The columns that those rows need: the key, what differs, and the hash.
        var updatedColumns: [Int] {
            let schema = table.schema
            return schema.columns.indices.filter { column in
                column < schema.keyCount || schema.hasHash && column == schema.columns.count - 1
                    || differingColumns?.contains(column) ?? true
            }
        }

        package var isEmpty: Bool { added.isEmpty && changed.isEmpty && returned.isEmpty && ended.isEmpty }
    }

    /// What the database's own columns must say for the plan to hold.
    package let basis: RegistryState
    package let commit: RegistryCommit
    /// True when the database has no rows at all, so that they can be copied in one go.
    package let isFirstLoad: Bool
    /// Of the tables, in the order of their foreign keys; those without a change are left out.
    package private(set) var changes: [Change] = []
    /// How many rows that have not ended the database has of each table of entities.
    private var currentCounts: [Table: Int] = [:]

    /// True when the rows are as wanted.
    package var isEmpty: Bool { changes.isEmpty }

    package subscript(table: Table) -> Change { changes.first { $0.table == table } ?? Change(table: table) }

    /// Compares the entities, by their hashes. What belongs to those that differ is `require`d and then added.
    init(
        from basis: RegistryState, to commit: RegistryCommit, _ wanted: CatalogRows,
        _ stored: [Table: StoredRoots]
    ) {
        self.basis = basis
        self.commit = commit
        isFirstLoad = stored.values.allSatisfy { $0.count == 0 }
        for table in Table.roots {
            let section = wanted[table]
            let stored = stored[table] ?? StoredRoots(wanted: section)
            currentCounts[table] = stored.currentCount
            let missing = section.rows.rowNumbers.filter { !stored.isIdentical[$0] }
            add(Change(table, section, missing, stored.others))
        }
    }

    /// Notes a commit whose tree the database holds: no row changes.
    init(noting commit: RegistryCommit, over basis: RegistryState) {
        self.basis = basis
        self.commit = commit
        isFirstLoad = false
    }

    /// What makes the database's rows what they should be, whatever their hashes say.
    init(repairing verification: Verification, to commit: RegistryCommit, _ wanted: CatalogRows) {
        basis = verification.state
        self.commit = commit
        isFirstLoad = false
        currentCounts = verification.rowCounts
        for table in Table.allCases {
            var differences = verification.differences.filter { $0.table == table }
            if table.schema.ending == .kept, let owner = table.schema.owner {
                // What stays for ever stays with an owner that ends, too.
                let ended = Set(
                    verification.differences.filter { $0.table == owner && $0.kind == .surplus }.map(\.key))
                differences.removeAll {
                    $0.kind == .surplus && ended.contains($0.key.first(owner.schema.keyCount))
                }
            }
            if !differences.isEmpty { add(Change(table, wanted[table], repairing: differences)) }
        }
    }

    /// The wanted entities that are there and differ, or return: what is there of them, and with them, is to be read.
    var ownersToRead: [Table: [Int]] {
        var owners: [Table: [Int]] = [:]
        for change in changes where change.table.schema.owner == nil { owners[change.table] = change.updated }
        return owners
    }

    /// Compares what belongs to the entities that differ, and notes in which columns they do.
    mutating func addParts(_ wanted: CatalogRows, _ stored: StoredParts) {
        for index in changes.indices {
            changes[index].differingColumns = stored.differingColumns(of: changes[index].table)
        }
        for table in Table.allCases {
            guard let owner = table.schema.owner else { continue }
            let section = wanted[table]
            let ownerChange = self[owner]
            // Rows without a hash belong to one that never changes: they come with it.
            let owners = table.schema.hasHash ? ownerChange.written : ownerChange.added
            add(Change(table, section, section.rows(of: owners), stored[table]))
        }
        changes.sort { $0.table.rawValue < $1.table.rawValue }
    }

    /// The entities that a repair puts back, some of which may stand there as ended ones.
    var ownersToRestore: [Table: [Int]] {
        var owners: [Table: [Int]] = [:]
        for change in changes where change.table.schema.owner == nil { owners[change.table] = change.added }
        return owners
    }

    /// Ends what belongs to the entities that a repair puts back and is not wanted any more.
    mutating func endParts(_ wanted: CatalogRows, _ stored: StoredParts) {
        for table in Table.allCases where table.schema.ending != .kept {
            guard let owner = table.schema.owner else { continue }
            let section = wanted[table]
            let keys = section.rows(of: self[owner].added)
                .map { section.rows.fields(of: $0, first: table.schema.keyCount) }
            var change = self[table]
            let surplus = Set(stored[table].filter { !$0.hasEnded }.map(\.key)).subtracting(keys)
            change.end(surplus)
            changes.removeAll { $0.table == table }
            add(change)
        }
        changes.sort { $0.table.rawValue < $1.table.rawValue }
    }

    private mutating func add(_ change: Change) {
        if !change.isEmpty { changes.append(change) }
    }

    /// Of each kind of entity how many would be retired, where that is more than a slip of the hand should do:
    /// over 10, and over 5 % of what is there.
    package var excessiveRetirements: [(table: Table, retired: Int, current: Int)] {
        changes.compactMap { change in
            let (retired, current) = (change.ended.count, currentCounts[change.table] ?? 0)
            guard change.table.schema.ending == .retired, retired > 10, retired * 20 > current else {
                return nil
            }
            return (change.table, retired, current)
        }
    }
}

extension IngestPlan.Change {
    init(_ table: Table) {
        self.table = table
    }

    /// Compares some wanted rows with the rows that are there and may be theirs. O(n).
    fileprivate init(
        _ table: Table, _ section: CatalogRows.Section, _ wanted: [Int], _ stored: [StoredRow]
    ) {
        self.table = table
        guard !stored.isEmpty else {
            added = wanted
            return
        }
        let keyCount = table.schema.keyCount
        var there: [EncodedFields: StoredRow] = [:]
        for row in stored { there[row.key] = row }
        for number in wanted {
            let key = section.rows.fields(of: number, first: keyCount)
            if let row = there.removeValue(forKey: key) {
                if row.hasEnded {
                    returned.append(number)
                } else if row.hash != section.hashes[number] {
                    changed.append(number)
                }
            } else {
                added.append(number)
            }
        }
        guard table.schema.ending != .kept else { return }
        end(there.values.filter { !$0.hasEnded }.map(\.key))
    }

    /// Adds keys to those of the rows that end, which stand in their order.
    fileprivate mutating func end(_ keys: some Collection<EncodedFields>) {
        ended = (ended + keys).sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
    }

    /// Takes the wanted rows that differ from those that are there; those that are too many end.
    fileprivate init(
        _ table: Table, _ section: CatalogRows.Section, repairing differences: [Verification.Difference]
    ) {
        self.table = table
        addedMayStand = true
        let kinds = Dictionary(uniqueKeysWithValues: differences.map { ($0.key, $0.kind) })
        for number in section.rows.rowNumbers {
            switch kinds[section.rows.fields(of: number, first: table.schema.keyCount)] {
            case .missing: added.append(number)
            case .column: changed.append(number)
            case .surplus, nil: break
            }
        }
        ended = differences.filter { $0.kind == .surplus }.map(\.key)
    }
}

extension EncodedRows {
    /// The numbers of all rows.
    var rowNumbers: Range<Int> { 0..<count }
}
