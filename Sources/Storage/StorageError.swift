package import Postgres

/// Why the registry's database was not read or written, in words for the person who asked for it.
package struct StorageError: Error, Sendable, Equatable {
    /// What kind of failure it is.
    package enum Code: String, Sendable {
        /// The database, or the way to it.
        case database
        /// Its tables are missing, or of an older or newer program than this.
        case schema
        /// The commit does not follow the one that the database holds, or that cannot be proved.
        case ancestry
        /// More would be retired than a mistake should be able to.
        case retirement
        /// What the database did is not what the plan said.
        case drift
        /// Others kept changing it while we tried.
        case busy
    }

    package let code: Code
    package let message: String
    package let hint: String?
    /// What the database said, for `.database`.
    package let cause: PostgresError?

    init(_ code: Code, _ message: String, hint: String? = nil, cause: PostgresError? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
        self.cause = cause
    }
}

extension StorageError {
    /// The history that tells how two commits stand to each other could not be read.
    package init(history reason: String) {
        self.init(.ancestry, reason)
    }
}

extension StorageError: PostgresFailure {
    package init(_ error: PostgresError) {
        switch error.sqlState {
        case "25P03":
            self.init(
                .database,
                "this program stood still within its transaction, which the server then ended: \(error)",
                hint: "nothing was written; run it again", cause: error)
        case "25006":
            self.init(
                .database, "the database takes no writes: it is a replica, or read-only",
                hint: "give the URL of the primary server", cause: error)
        case "42501":
            self.init(
                .database, "the database refuses it to this role: \(error)",
                hint: "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA … TO …", cause: error)
        case "53100":
            self.init(
                .database, "the server has no room left on its disk; nothing was written: \(error)",
                hint: "make room there, then run it again", cause: error)
        case "54000":
            self.init(
                .database, "a text is too long for an index; nothing was written: \(error)",
                hint: "the schemas bound the lengths of ids: ask for that again", cause: error)
        case "57014" where error.message.contains("timeout"):
            self.init(
                .database, "a statement took longer than it may; nothing was written: \(error)",
                hint:
                    "look for what it waits for in pg_stat_activity, or raise statement_timeout in the URL's "
                    + "options", cause: error)
        case "53400":
            self.init(
                .database, "a limit of the server's configuration is too low; nothing was written: \(error)",
                hint: "raise it for this role, temp_file_limit for one", cause: error)
        case "55P03":
            self.init(
                .database, "another session holds the lock for too long: \(error)",
                hint: "pg_stat_activity tells whose it is (application_name \"model-atlas ingest …\"); "
                    + "when that one fell silent, end it with pg_terminate_backend", cause: error)
        case "23503":
            self.init(
                .drift, "a row that others refer to is missing: \(error)",
                hint:
                    "`registry verify` lists what differs; if nothing does, the schemas no longer say which names "
                    + "must exist", cause: error)
        case "23505":
            self.init(
                .drift, "a row stands where none should: \(error)",
                hint: "`registry verify` lists what differs", cause: error)
        default:
            self.init(.database, String(describing: error), cause: error)
        }
    }

    /// What the database did is not what the plan says; it was rolled back.
    static func drift(in table: String, changed count: Int, expected: Int) -> StorageError {
        StorageError(
            .drift,
            "the database changed \(count) rows of \(table) where the plan says \(expected); nothing was written",
            hint: "`registry verify` lists what differs from the registry")
    }

    /// The generation is no longer the one that the plan was made from.
    static let overtaken = StorageError(.busy, "another ingest came first", hint: "run it again")

    /// Whether the same short transaction may succeed when it is tried again.
    var isTransient: Bool { cause?.isTransient ?? false }

    /// True when COMMIT was sent and its answer did not come.
    var isUnknownOutcome: Bool { cause?.code == .unknownOutcome }
}

extension StorageError: CustomStringConvertible {
    package var description: String {
        hint.map { "\(message); \($0)" } ?? message
    }
}
