import Postgres
import Text

/// The session for which others wait, so that whoever reads of it can end it.
struct LockHolder: Equatable {
    /// The server's process, as `pg_terminate_backend` knows it.
    let process: Int
    /// What the session calls itself.
    let name: String
    /// Since its transaction began; nil where this role may not know.
    let seconds: Int?

    /// Asks the server who holds a lock in the registry's tables that keeps writers out.
    ///
    /// Nil when nobody does any more, and whenever it cannot be told: other engines keep other lists, and what this
    /// would add to is an error already.
    static func find(_ settings: ConnectionSettings) -> LockHolder? {
        guard var connection = try? Connection.open(settings),
            let rows = try? connection.query(Statements.lockHolder), rows.count == 1,
            let process = try? rows.integer(0, 0), let name = try? rows.text(0, 1)
        else { return nil }
        return LockHolder(
            process: process, name: TerminalText.visible(name),
            seconds: rows.isNull(0, 2) ? nil : try? rows.integer(0, 2))
    }
}

extension StorageError {
    /// A lock that was not to be had, with the session that has it.
    init(_ error: PostgresError, _ holder: LockHolder) {
        let duration = holder.seconds.map { ", which began a transaction \($0) s ago and" } ?? ", which"
        self.init(
            .database,
            "the session of process \(holder.process) (\"\(holder.name)\")\(duration) holds the lock for too long: "
                + "\(error)",
            hint: "when it fell silent, end it: `select pg_terminate_backend(\(holder.process))`",
            cause: error)
    }
}
