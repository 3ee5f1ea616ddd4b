import Postgres

@testable import Storage

/// All rows of the registry's tables, as texts that are compared.
struct TableContents: Equatable {
    /// The commit, tree and generation of the state row.
    let commit: String?
    let generation: Int
    /// Every column of every row, those that the server fills included.
    let all: [String]
    /// What readers see: the rows that hold, without when they were written.
    let visible: [String]

    /// Reads them as one reader does: in one transaction that sees one moment.
    static func read(_ settings: ConnectionSettings) throws -> TableContents {
        var connection = try Connection.open(settings)
        return try read(&connection)
    }

    static func read(_ connection: inout Connection) throws -> TableContents {
        try connection.withTransaction(isolation: .repeatableRead, readOnly: true) {
            (connection) throws(PostgresError) in
            let state = try connection.query("SELECT commit_id, generation FROM registry_state")
            return TableContents(
                commit: try state.isNull(0, 0) ? nil : state.text(0, 0), generation: try state.integer(0, 1),
                all: try texts(allRows, &connection), visible: try texts(visibleRows, &connection))
        }
    }

    private static let allRows = query(
        (["registry_commits"] + Table.allCases.map(\.schema.name)).map { ($0, "SELECT * FROM \($0)") })

    /// A source that nothing names any more stays; it is of no concern to readers.
    private static let visibleRows = query(
        Table.allCases.filter { $0 != .sources }.map(\.schema).map { ($0.name, Statements.contents($0)) })

    /// One statement over many tables: its cost is one round trip.
    private static func query(_ tables: [(name: String, sql: String)]) -> String {
        tables.map { "SELECT '\($0.name) ' || to_jsonb(t)::text FROM (\($0.sql)) AS t" }
            .joined(separator: " UNION ALL ") + " ORDER BY 1"
    }

    private static func texts(_ sql: String, _ connection: inout Connection) throws(PostgresError) -> [String]
    {
        let rows = try connection.query(sql)
        var texts: [String] = []
        for index in 0..<rows.count { texts.append(try rows.text(index, 0)) }
        return texts
    }
}
