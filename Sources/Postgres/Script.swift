import CPostgres

/// Statements and COPYs that the server runs one after the other without being asked for each.
package struct Script: Sendable {
    private enum Step {
        case statement(String)
        case copy(into: String, columns: [String], EncodedRows)
    }

    private var steps: [Step] = []

    package init() {}

    /// Adds a statement without arguments.
    package mutating func run(_ sql: String) { steps.append(.statement(sql)) }

    /// Adds a COPY of rows into columns of a table, each value of exactly its column's type.
    package mutating func copy(_ rows: EncodedRows, into table: String, columns: [String]) {
        steps.append(.copy(into: table, columns: columns, rows))
    }

    /// All steps as one text.
    fileprivate var text: String {
        steps.map { step in
            switch step {
            case .statement(let sql): sql
            case .copy(let table, let columns, _): CopyWriter.statement(table, columns)
            }
        }.joined(separator: ";\n")
    }

    /// What each COPY sends.
    fileprivate var rows: [EncodedRows] {
        steps.compactMap { step in
            guard case .copy(_, _, let rows) = step else { return nil }
            return rows
        }
    }
}

extension Connection {
    /// Runs a script, and gives how many rows the server stored for each COPY.
    ///
    /// A round trip for each COPY. All or none, also outside a transaction. Tables stay locked while the rows travel,
    /// as by `copy`. PostgreSQL's own protocol: not every engine that speaks it takes COPY among other statements.
    package mutating func run(_ script: Script) throws(PostgresError) -> [Int] {
        try unsafe link.check(.send) { unsafe PQsendQuery($0, script.text) }
        var waiting = script.rows[...]
        var counts: [Int] = []
        var failure: PostgresError?
        while let answer = try link.receive() {
            if let error = answer.failure(isConnected: link.isConnected) {
                failure = failure ?? error
            } else if answer.isCopyIn, let rows = waiting.popFirst() {
                var writer = CopyWriter(link, columnCount: rows.columnCount)
                do throws(PostgresError) {
                    try writer.write(rows)
                    try writer.end()
                } catch {
                    writer.abandon()
                    throw error
                }
            } else if answer.commandTag.hasPrefix("COPY ") {
                counts.append(answer.affectedCount)
            } else if answer.isCopy {
                throw link.spoil(.receive, "a statement of the script was a COPY by itself")
            }
        }
        if let failure { throw failure }
        return counts
    }
}
