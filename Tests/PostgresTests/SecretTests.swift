import Postgres
import TestKit
import Testing

/// A URL may hold a password, whole or in pieces that a slip put in another place; no error repeats it.
@Suite struct SecretTests {
    private static let secret = "hunter2"

    @Test(arguments: [
        "postgresql://alice:hunter2@127.0.0.1:1/db", "postgresql://alice:hunter2@127.0.0.1:notaport/db",
        "postgresql://alice:x@hunter2@127.0.0.1:1/db", "postgresql://alice:x/hunter2@127.0.0.1:1/db",
        "postgresql://alice:hunter2/x@127.0.0.1:1/db", "postgresql://alice:hunter2%zz@127.0.0.1:1/db",
        "postgresql://alice:hunter2#x@127.0.0.1:1/db", "postgresql://alice:x?hunter2@127.0.0.1:1/db",
        "postgresql://alice:x@127.0.0.1:1/db?sslmode=hunter2", "postgresql://a@127.0.0.1:1/db?hunter2=1",
        "postgresql://a@127.0.0.1:1/db?target_session_attrs=hunter2", "postgresql://alice:[hunter2@h/db",
        "host=127.0.0.1 port=1 password='hunter2", "host=127.0.0.1 port=1 hunter2",
        "postgresql://a@127.0.0.1:1/db?gssencmode=hunter2",
        "postgresql://a@127.0.0.1:1/db?keepalives=hunter2",
        "host=/hunter2 dbname=hunter2", "postgresql://a@127.0.0.1:1/db?sslmode=require&sslrootcert=/hunter2",
        "hunter2", "", "postgresql://alice:hunter2@127.0.0.1:1/db?connect_timeout=hunter2",
        "postgresql://alice:a\"b\"hunter2@127.0.0.1:1/db",
        "postgresql://hunter2%22x:y@127.0.0.1:1,127.0.0.1:2/d",
    ])
    func `no error repeats the URL`(url: String) {
        var settings = ConnectionSettings(url: url)
        settings.connectTimeoutSeconds = 5
        let error = failure { _ = try Connection.open(settings) }
        expectNoSecret(error)
        expectNoSecret(settings)
    }

    @Test(arguments: ["postgresql:///hunter2?user=postgres", "postgresql:///postgres?user=hunter2"])
    func `nor does the server's refusal`(url: String) throws {
        let base = try LocalServerURL.of(ScratchDatabase.serverSettings())
        let host = try #require(base.split(separator: "?").last?.split(separator: "&").first)
        let error = failure { _ = try Connection.open(ConnectionSettings(url: "\(url)&\(host)")) }
        #expect(["3D000", "28000"].contains(error?.sqlState))
        expectNoSecret(error)
    }

    @Test func `nor do the errors of a session, however it breaks`() throws {
        let url = try LocalServerURL.of(ScratchDatabase.serverSettings()) + "&password=hunter2"
        var call = 1
        while true {
            let plan = FaultPlan(call % 2 == 0 ? .reset : .refuse, atCall: call / 2 + 1)
            var settings = ConnectionSettings(url: url)
            settings.faults = plan
            do {
                var connection = try Connection.open(settings)
                try connection.withTransaction { (connection) throws(PostgresError) in
                    try connection.query("SELECT $1", [.text(Self.secret)])
                }
            } catch {
                expectNoSecret(error)
            }
            guard plan.hasStruck else { break }
            call += 1
        }
        #expect(call > 10)
    }

    private func expectNoSecret(_ value: Any?, sourceLocation: SourceLocation = #_sourceLocation) {
        var dumped = ""
        dump(value, to: &dumped)
        let texts = [dumped, String(describing: value), String(reflecting: value)]
        #expect(texts.filter { $0.contains(Self.secret) } == [], sourceLocation: sourceLocation)
    }
}
