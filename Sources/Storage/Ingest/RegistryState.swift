package import Postgres

/// What the database holds: the state row.
package struct RegistryState: Sendable, Equatable {
    /// What tells repositories apart: the id of the first commit; nil when it is not known.
    package let repository: String?
    /// Nil before the first ingest.
    package let commit: String?
    package let tree: String?
    /// Raised by each ingest that changes something.
    package let generation: Int
    package let hashVersion: Int

    /// Reads the state of a database; nil of one that has no tables yet.
    ///
    /// Throws `.schema` when the tables are older or newer than this program's. One round trip.
    package static func read(_ connection: inout Connection) throws(StorageError) -> RegistryState? {
        var versions: [Int] = []
        var state: RegistryState?
        do throws(PostgresError) {
            try connection.pipeline(
                onRows: { index, rows throws(PostgresError) in
                    guard index == 0 else {
                        state = rows.count == 1 ? try RegistryState(rows) : nil
                        return
                    }
                    for row in 0..<rows.count { versions.append(try rows.integer(row, 0)) }
                },
                { (pipeline) throws(PostgresError) in
                    try pipeline.execute(Statements.appliedMigrations)
                    try pipeline.execute(Statements.state)
                })
        } catch {
            // No such table: the versions read so far tell whether that is a fault.
            guard error.sqlState == "42P01" else { throw StorageError(error) }
            try checkSchema(&connection)
        }
        if versions.isEmpty { return nil }
        try check(versions)
        guard let state else { throw noRow }
        return state
    }

    /// Takes the lock on the state row, which every ingest takes, and reads it. Within a transaction.
    static func lock(_ connection: inout Connection) throws(StorageError) -> RegistryState {
        do throws(PostgresError) {
            let rows = try connection.query(Statements.lockedState)
            if rows.count == 1 { return try RegistryState(rows) }
        } catch {
            throw StorageError(error)
        }
        throw noRow
    }

    private static var noRow: StorageError {
        StorageError(
            .drift, "the table registry_state has no row",
            hint: "restore it, or begin with an empty database")
    }

    /// Of a database that nothing was brought into.
    static let empty = RegistryState()

    private init() {
        (repository, commit, tree) = (nil, nil, nil)
        (generation, hashVersion) = (0, 0)
    }

    private init(_ rows: borrowing Rows) throws(PostgresError) {
        repository = try rows.isNull(0, 0) ? nil : rows.text(0, 0)
        commit = try rows.isNull(0, 1) ? nil : rows.text(0, 1)
        tree = try rows.isNull(0, 2) ? nil : rows.text(0, 2)
        generation = try rows.integer(0, 3)
        hashVersion = try rows.integer(0, 4)
    }

    /// Throws when tables are not found since the role may not look where they are: the server says the same of both.
    private static func checkSchema(_ connection: inout Connection) throws(StorageError) {
        let isThere: Bool
        do throws(PostgresError) {
            isThere = try connection.query("SELECT current_schema() IS NOT NULL").bool(0, 0)
        } catch {
            throw StorageError(error)
        }
        guard !isThere else { return }
        throw StorageError(
            .database, "the search path has no schema that this role may use",
            hint: "GRANT USAGE ON SCHEMA … TO …, or name another in the URL's options")
    }

    private static func check(_ applied: [Int]) throws(StorageError) {
        let known = RegistryMigrations.all.map(\.version)
        if let newer = applied.first(where: { !known.contains($0) }) {
            throw StorageError(
                .schema, "the database has migration \(newer), which this program does not know",
                hint: "use the newer program that applied it")
        }
        if let missing = known.first(where: { !applied.contains($0) }) {
            throw StorageError(
                .schema, "the database lacks migration \(missing)", hint: "run `registry migrate` first")
        }
    }
}
