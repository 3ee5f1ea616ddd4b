import Dispatch
import Postgres
import Synchronization
import TestKit
import Testing

@Suite struct ConnectionTests {
    @Test func `a connection knows its server`() throws {
        let connection = try Connection.open(ScratchDatabase.serverSettings())
        let (version, status, isBroken) = (
            connection.serverVersion, connection.transactionStatus, connection.isBroken
        )
        #expect(version >= 130_000)
        #expect(status == .idle)
        #expect(!isBroken)
    }

    @Test func `the settings reach the session`() throws {
        var settings = try ScratchDatabase.serverSettings()
        settings.applicationName = "ingest at abc123"
        settings.searchPath = ["odd \"name\\ here", "public"]
        settings.statementTimeoutMilliseconds = 12_345
        settings.lockTimeoutMilliseconds = 2_345
        settings.idleInTransactionTimeoutMilliseconds = 345
        var connection = try Connection.open(settings)
        let wanted = [
            ("application_name", "ingest at abc123"), ("statement_timeout", "12345ms"),
            ("lock_timeout", "2345ms"), ("idle_in_transaction_session_timeout", "345ms"),
            ("search_path", #""odd ""name\ here", "public""#),
        ]
        for (name, value) in wanted {
            let rows = try connection.query("SELECT current_setting($1)", [.text(name)])
            let setting = try rows.text(0, 0)
            #expect(setting == value, "\(name)")
        }
    }

    @Test func `for a pooler the settings are each transaction's own`() throws {
        try ScratchDatabase.withSchema { settings in
            var settings = settings
            settings.scope = .transaction
            settings.lockTimeoutMilliseconds = 2_345
            var connection = try Connection.open(settings)
            let sql = "SELECT current_setting('lock_timeout') || ' ' || current_setting('search_path')"
            let inside = try connection.withTransaction { (connection) throws(PostgresError) in
                try connection.query(sql).text(0, 0)
            }
            let outside = try connection.query(sql)
            let text = try outside.text(0, 0)
            #expect(inside == "2345ms \(settings.searchPath?.first ?? "")")
            #expect(!text.contains("2345ms") && !text.contains("test_"))
        }
    }

    @Test func `options in the URL are kept`() throws {
        var settings = try ScratchDatabase.serverSettings()
        settings = ConnectionSettings(
            url: try LocalServerURL.of(settings) + "&options=-c%20work_mem%3D1234kB")
        var connection = try Connection.open(settings)
        let rows = try connection.query(
            "SELECT current_setting('work_mem') || ' ' || current_setting('lock_timeout')")
        let text = try rows.text(0, 0)
        #expect(text == "1234kB 10s")
    }

    @Test func `notices are kept, or go to whoever asks for them`() throws {
        var settings = try ScratchDatabase.serverSettings()
        let sql = "DO $$ BEGIN RAISE WARNING 'careful' USING HINT = 'slow down'; END $$"
        var connection = try Connection.open(settings)
        try connection.execute(sql)
        let notices = connection.takeNotices()
        #expect(notices.map(\.message) == ["careful"])
        #expect(notices.map(\.severity) == ["WARNING"])
        #expect(notices.first?.hint == "slow down")
        let rest = connection.takeNotices()
        #expect(rest == [])

        let heard = HeardNotices()
        settings.onNotice = { heard.add($0) }
        var other = try Connection.open(settings)
        try other.execute(sql)
        let kept = other.takeNotices()
        #expect(kept == [])
        #expect(heard.messages == ["careful"])
    }

    @Test func `another thread cancels a statement`() throws {
        var connection = try Connection.open(ScratchDatabase.serverSettings())
        let process = connection.serverProcess
        let cancelHandle = connection.cancelHandle
        let handle = try #require(cancelHandle)
        let settings = try ScratchDatabase.serverSettings()
        DispatchQueue.global().async {
            do {
                var observer = try Connection.open(settings)
                let sql = "SELECT count(*) FROM pg_stat_activity WHERE pid = $1 AND wait_event = 'PgSleep'"
                while try number(&observer, sql, [.integer(process)]) == 0 {}
                try handle.cancel()
            } catch {
                Issue.record(error)
            }
        }
        let error = failure { try connection.execute("SELECT pg_sleep(50)") }
        #expect(error?.sqlState == "57014")
        #expect(error?.isTransient == false)
        // The session goes on.
        let one = try number(&connection, "SELECT 1")
        #expect(one == 1)
    }

    @Test func `a statement that runs too long is ended`() throws {
        var settings = try ScratchDatabase.serverSettings()
        settings.statementTimeoutMilliseconds = 20
        var connection = try Connection.open(settings)
        #expect(failure { try connection.execute("SELECT pg_sleep(50)") }?.sqlState == "57014")
    }

    @Test func `a lock that is not free in time is given up`() throws {
        try ScratchDatabase.withSchema { settings in
            var settings = settings
            settings.lockTimeoutMilliseconds = 20
            var holder = try Connection.open(settings)
            try holder.execute("CREATE TABLE t (a bigint); INSERT INTO t VALUES (1)")
            try holder.execute("BEGIN; SELECT a FROM t FOR UPDATE")
            var other = try Connection.open(settings)
            let error = failure { try other.execute("UPDATE t SET a = 2") }
            #expect(error?.sqlState == "55P03")
            #expect(error?.isTransient == true)
        }
    }

    @Test func `a session that the server ended is broken`() throws {
        var connection = try Connection.open(ScratchDatabase.serverSettings())
        var other = try Connection.open(ScratchDatabase.serverSettings())
        let process = connection.serverProcess
        try other.query("SELECT pg_terminate_backend($1::integer)", [.integer(process)])
        while try number(&other, "SELECT count(*) FROM pg_stat_activity WHERE pid = $1", [.integer(process)])
            > 0
        {}
        let error = failure { try connection.execute("SELECT 1") }
        #expect(error?.sqlState == "57P01")
        #expect(error?.isTransient == true)
        let status = connection.transactionStatus
        #expect(status == .unknown)
        // What comes next fails as a lost connection does.
        #expect(failure { try connection.execute("SELECT 1") }?.code == .connection)
        let isBroken = connection.isBroken
        #expect(isBroken)
    }

    @Test func `too many connections are told apart from a server that is not there`() throws {
        var settings = try ScratchDatabase.serverSettings()
        var owner = try Connection.open(settings)
        try owner.execute("CREATE ROLE crowded LOGIN CONNECTION LIMIT 0")
        settings = ConnectionSettings(
            url: try LocalServerURL.of(settings).split(separator: "&user=")[0] + "&user=crowded")
        let full = failure { _ = try Connection.open(settings) }
        try owner.execute("DROP ROLE crowded")
        #expect(full?.sqlState == "53300")
        #expect(full?.isTransient == true)
        let absent = failure {
            _ = try Connection.open(ConnectionSettings(url: "postgresql://a@127.0.0.1:1/b"))
        }
        #expect(absent?.sqlState == "08001")
        #expect(absent?.description.contains("Connection refused") == true)
    }

    @Test func `a server that says nothing is given up in time`() throws {
        let socket = SilentSocket()
        let silent = try #require(socket)
        var settings = ConnectionSettings(url: "postgresql://a@127.0.0.1:\(silent.port)/b?sslmode=disable")
        settings.connectTimeoutSeconds = 1
        let error = failure { _ = try Connection.open(settings) }
        #expect(error?.message == "no answer within 1 s")
        #expect(error?.isTransient == true)
    }
}

/// Collects the notices that a connection hands on.
private final class HeardNotices: Sendable {
    private let heard = Mutex<[String]>([])
    var messages: [String] { heard.withLock { $0 } }
    func add(_ notice: Notice) { heard.withLock { $0.append(notice.message) } }
}
