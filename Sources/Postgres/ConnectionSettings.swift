/// Where a database is and how its connections behave.
///
/// Neither its text nor its reflection shows the URL, which may hold a password.
package struct ConnectionSettings: Sendable {
    /// Where the limits and the search path are set.
    package enum Scope: Sendable {
        /// For the session, as it starts: no round trip, in force from the first statement.
        case session
        /// Within each transaction, for a pooler that hands every transaction another session.
        case transaction
    }

    let url: String
    /// What the server's lists of sessions show; a name in the URL goes before it.
    package var applicationName = "model-atlas"
    /// The schemas in which unqualified names are looked for; nil leaves it to the server.
    package var searchPath: [String]?
    /// How long making a connection may take, over all addresses; `connect_timeout` in the URL goes before it.
    package var connectTimeoutSeconds = 10
    /// How long one statement may run, a lock be waited for, and a transaction stand idle; 0 is for ever.
    package var statementTimeoutMilliseconds = 300_000
    package var lockTimeoutMilliseconds = 10_000
    package var idleInTransactionTimeoutMilliseconds = 60_000
    /// How much longer than a statement may run the server may be silent, before it counts as lost.
    package var graceMilliseconds = 30_000
    /// How long sent data may stay unacknowledged before a TCP connection counts as lost.
    package var tcpUserTimeoutMilliseconds = 30_000
    package var scope = Scope.session
    /// What to break, in tests.
    package var faults: FaultPlan?
    /// Takes notices as they come; without it a connection keeps them, up to a thousand, for `takeNotices`.
    package var onNotice: (@Sendable (Notice) -> Void)?

    /// Settings for a URL (`postgresql://…`) or a list of `keyword=value`, as libpq reads them. TLS is as it says
    /// (`sslmode`, `sslrootcert`).
    package init(url: String) {
        self.url = url
    }

    /// The limits and the search path as the server's own settings.
    var sessionSettings: [(name: String, value: String)] {
        var settings = [
            ("statement_timeout", String(statementTimeoutMilliseconds)),
            ("lock_timeout", String(lockTimeoutMilliseconds)),
            ("idle_in_transaction_session_timeout", String(idleInTransactionTimeoutMilliseconds)),
        ]
        if let searchPath {
            settings.append(("search_path", searchPath.map(SQL.identifier).joined(separator: ", ")))
        }
        return settings
    }

    /// The settings as command line options for a starting session; blanks and backslashes are escaped.
    var startupOptions: String {
        guard scope == .session else { return "" }
        return sessionSettings.map { name, value in
            let escaped = value.map { " \\".contains($0) ? "\\\($0)" : String($0) }.joined()
            return "-c \(name)=\(escaped)"
        }.joined(separator: " ")
    }

    /// The statements that a transaction begins with; empty when the session is already set.
    var transactionPrefix: String {
        guard scope == .transaction else { return "" }
        return sessionSettings.map { name, value in
            // The search path is a list of identifiers, the rest are numbers: both stand as they are.
            "; SET LOCAL \(name) = \(value)"
        }.joined()
    }

    /// How long the server may be silent, given the options in the URL: nil where it may run a statement for ever, or for
    /// as long as somebody else says.
    func silenceMilliseconds(urlOptions: String?) -> Int? {
        guard statementTimeoutMilliseconds > 0, urlOptions?.contains("statement_timeout") != true else {
            return nil
        }
        return statementTimeoutMilliseconds + graceMilliseconds
    }

    /// The keywords for libpq, given what the URL itself says. Later ones go before earlier ones.
    func keywords(urlOptions: String?) -> [(keyword: String, value: String)] {
        [
            ("fallback_application_name", applicationName),
            ("keepalives_idle", "30"),
            ("keepalives_interval", "10"),
            ("keepalives_count", "3"),
            ("tcp_user_timeout", String(tcpUserTimeoutMilliseconds)),
            ("dbname", url),
            ("options", [startupOptions, urlOptions ?? ""].filter { !$0.isEmpty }.joined(separator: " ")),
            ("client_encoding", "UTF8"),
        ]
    }
}

extension ConnectionSettings: CustomStringConvertible, CustomReflectable {
    package var description: String { "settings of a PostgreSQL connection" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// Spellings in SQL of what comes from elsewhere.
package enum SQL {
    /// A name in double quotes.
    package static func identifier(_ name: String) -> String {
        "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
