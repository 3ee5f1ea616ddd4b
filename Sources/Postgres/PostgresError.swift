/// A failure of the database, of the way to it, or of what was asked of it.
///
/// No part of it holds an argument, a row's values, a connection string or a password: texts that quote data are
/// left out or masked where the error is made, so every field may be printed and logged.
package struct PostgresError: Error, Sendable, Equatable {
    /// What kind of failure it is.
    package enum Code: String, Sendable {
        /// The settings or the URL make no sense.
        case settings
        /// The connection could not be made, or was lost outside a commit.
        case connection
        /// The server refused a statement.
        case server
        /// COMMIT was sent and its answer did not come: the transaction may have happened or not.
        case unknownOutcome = "unknown outcome"
        /// A value that the database's type cannot hold, or an answer that is not of the asked type.
        case value
        /// libpq was asked for what does not fit its state.
        case misuse
        /// The migrations in the program and those in the database disagree.
        case migration
        /// The private local server cannot be made, started or stopped.
        case localServer = "local server"
    }

    package var code: Code
    /// What was being done, in a word or two.
    package var operation: String
    /// The five characters of SQLSTATE. Failures of the connection itself, for which no server speaks, get the
    /// standard's own: 08001 not made, 08006 lost, 08007 outcome of the transaction unknown.
    package var sqlState: String?
    /// `ERROR`, `FATAL` or `PANIC`, never translated.
    package var severity: String?
    package var message: String
    /// The server's second sentence; nil for errors about data, where it quotes rows.
    package var detail: String?
    package var hint: String?
    package var table: String?
    package var column: String?
    package var constraint: String?
    /// Which statement of a pipeline it was, counted from zero.
    package var statementIndex: Int?

    init(_ code: Code, _ operation: String, _ message: String, sqlState: String? = nil, hint: String? = nil) {
        self.code = code
        self.operation = operation
        self.message = message
        self.sqlState = sqlState
        self.hint = hint
    }

    /// Whether the same short transaction may succeed when it is tried again: serialisation failure, deadlock,
    /// lock not available, server going down or coming up, connection lost, not made or idle for too long, too many
    /// connections.
    ///
    /// Never true of an unknown outcome: look first whether the transaction happened.
    package var isTransient: Bool {
        guard code != .unknownOutcome, let sqlState else { return false }
        return sqlState.hasPrefix("08")
            || ["40001", "40P01", "55P03", "57P01", "57P02", "57P03", "57P05", "53300"].contains(sqlState)
    }
}

extension PostgresError: CustomStringConvertible {
    /// One line: the message, what is known besides, and the hint.
    package var description: String {
        var facts: [String] = []
        if let sqlState { facts.append("SQLSTATE \(sqlState)") }
        if let table { facts.append("table \"\(table)\"") }
        if let column { facts.append("column \"\(column)\"") }
        if let constraint { facts.append("constraint \"\(constraint)\"") }
        if let statementIndex { facts.append("statement \(statementIndex) of the pipeline") }
        var text = "\(operation): \(message)"
        if !facts.isEmpty { text += " (\(facts.joined(separator: ", ")))" }
        if let detail { text += "; \(detail)" }
        if let hint { text += "; \(hint)" }
        return text
    }
}

/// An error that a closure run by this room may throw: the room's own, or one that can carry it.
///
/// A room above conforms its error to have `withTransaction`, `pipeline` and `copy` throw that error alone.
package protocol PostgresFailure: Error {
    /// Carries an error of the database.
    init(_ error: PostgresError)
}

extension PostgresError: PostgresFailure {
    package init(_ error: PostgresError) {
        self = error
    }
}
