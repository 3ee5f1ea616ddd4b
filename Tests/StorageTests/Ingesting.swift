import Entities
import Postgres
import TestKit
import Testing

@testable import Storage

extension RegistryCommit {
    /// A commit that nobody made; another number is another commit and tree.
    static func example(_ number: Int) -> RegistryCommit {
        RegistryCommit(
            repository: "repository", id: "commit-\(number)", tree: "tree-\(number)",
            committedAt: Timestamp(microsecondsSinceEpoch: number * 1_000_000))
    }
}

extension Ingest.Surroundings {
    /// No time passes.
    static let quiet = Ingest.Surroundings(microseconds: { 0 }, sleep: { _ in }, random: { _ in 0 })
}

extension Ingest.Options {
    /// Whatever is asked may be retired.
    static var retiring: Ingest.Options {
        var options = Ingest.Options()
        options.allowsRetirement = true
        return options
    }
}

/// A database with the registry's tables, gone afterwards.
func withDatabase<R>(_ body: (ConnectionSettings) throws -> R) throws -> R {
    try ScratchDatabase.withSchema { settings in
        var connection = try Connection.open(settings)
        try RegistryMigrations.runner.migrate(&connection)
        return try body(settings)
    }
}

/// Brings a catalog in as the commit of that number.
@discardableResult
func ingest(
    _ number: Int, _ catalog: Catalog, _ settings: ConnectionSettings,
    options: Ingest.Options = .retiring
) throws -> Ingest.Outcome {
    try Ingest(.example(number), into: settings, .quiet, options: options).run(CatalogRows(catalog))
}

extension Ingest.Outcome {
    /// What was done; nil when nothing was.
    var plan: IngestPlan? {
        guard case .done(let plan, _, _) = self else { return nil }
        return plan
    }
}

/// Every row of the registry that holds, table by table, all columns, sorted.
func contents(_ connection: inout Connection) throws -> [[[UInt8]]] {
    var tables: [[[UInt8]]] = []
    for table in Table.allCases where table != .sources {
        let rows = try connection.query(Statements.contents(table.schema))
        var contents: [[UInt8]] = []
        for row in 0..<rows.count {
            contents.append(rows.fields(of: row, columns: 0..<rows.columnCount).bytes)
        }
        tables.append(contents.sorted { $0.lexicographicallyPrecedes($1) })
    }
    return tables
}

/// Makes the tables as empty as the migrations made them.
func empty(_ connection: inout Connection) throws {
    let names = Table.allCases.map(\.schema.name).joined(separator: ", ")
    try connection.execute(
        """
        TRUNCATE \(names), registry_commits;
        UPDATE registry_state SET repository_id = NULL, commit_id = NULL, tree_id = NULL, generation = 0
        """)
}

/// Runs a query that gives one whole number.
func number(_ connection: inout Connection, _ sql: String, _ arguments: [Value] = []) throws -> Int {
    let rows = try connection.query(sql, arguments)
    return try rows.integer(0, 0)
}

/// The error of the database that `body` throws; nil, and a failed expectation, when it throws none.
func failure(sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Void) -> StorageError? {
    do {
        try body()
        Issue.record("nothing was thrown", sourceLocation: sourceLocation)
    } catch let error as StorageError {
        return error
    } catch {
        Issue.record(error, sourceLocation: sourceLocation)
    }
    return nil
}
