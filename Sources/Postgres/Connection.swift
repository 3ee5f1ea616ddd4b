/// One connection to a PostgreSQL server, used by one thread at a time.
///
/// All calls block. Closed when it goes out of scope; a transaction that was open then is rolled back.
///
///     var connection = try Connection.open(ConnectionSettings(url: url))
///     let rows = try connection.query("SELECT id FROM models WHERE vendor = $1", [.text("qwen")])
///     for row in 0..<rows.count { use(try rows.text(row, 0)) }
package struct Connection: ~Copyable {
    let link: Link
    let settings: ConnectionSettings

    /// Takes over a link that is ready.
    init(_ link: Link, _ settings: ConnectionSettings) {
        self.link = link
        self.settings = settings
    }

    /// True once the connection is lost, or a failure left it in an unknown state: all that is left is to close it.
    package var isBroken: Bool { link.isBroken }

    /// Where the session stands between statements.
    package var transactionStatus: TransactionStatus { link.transactionStatus }

    /// The server's version as one number, 150018 for 15.18; 0 once the connection is lost.
    package var serverVersion: Int { link.serverVersion }

    /// The process id of the server's end, as `pg_stat_activity` and `pg_terminate_backend` know it.
    package var serverProcess: Int { link.serverProcess }

    /// The notices kept since the last call, when the settings name nobody to take them.
    package mutating func takeNotices() -> [Notice] {
        link.takeNotices()
    }

    /// A handle by which another thread cancels what runs here; nil once the connection is lost.
    package var cancelHandle: CancelHandle? { link.makeCancelHandle() }
}

/// Where a session stands.
package enum TransactionStatus: Sendable {
    case idle
    /// A statement is under way.
    case active
    case inTransaction
    /// In a transaction of which a statement failed; only a rollback is possible.
    case failed
    /// The connection is lost.
    case unknown
}
