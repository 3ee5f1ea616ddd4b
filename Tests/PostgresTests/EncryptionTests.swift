import Glibc
import Postgres
import TestKit
import Testing

/// TLS is as the URL says.
@Suite struct EncryptionTests {
    /// Makes a certificate for this machine, and gives the paths of it and of its key.
    private func makeCertificate(_ name: String, in folder: String) throws -> (
        certificate: String, key: String
    ) {
        let (certificate, key) = ("\(folder)/\(name).pem", "\(folder)/\(name).key")
        let making = ChildProcess(
            ServerUser.prefix + [
                "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
                "/CN=\(name)",
                "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate,
            ])
        try #require(try making.run().status == 0)
        return (certificate, key)
    }

    /// Calls `body` with the URL of a server that can encrypt, but for how to, and with the paths of its certificate
    /// and of another's.
    private func withServer(
        _ body: (_ url: String, _ certificate: String, _ foreign: String) throws -> Void
    ) throws {
        try Files.withTemporaryFolder { folder in
            chmod(folder, 0o755)
            let keys = folder + "/keys"
            ServerUser.makeFolder(keys)
            let own = try makeCertificate("own", in: keys)
            let foreign = try makeCertificate("foreign", in: keys)
            let port = try #require(FreePort.find(1).first)
            let settings = [
                "listen_addresses=localhost", "port=\(port)", "ssl=on", "ssl_cert_file=\(own.certificate)",
                "ssl_key_file=\(own.key)",
            ]
            try ScratchDatabase.withStoppableServer(settings: settings) { _ in
                try body(
                    "postgresql://postgres@localhost:\(port)/postgres?sslmode=", own.certificate,
                    foreign.certificate)
            }
        }
    }

    @Test func `what is encrypted is checked as it is told, and arrives`() throws {
        try withServer { url, certificate, foreign in
            var connection = try Connection.open(
                ConnectionSettings(url: url + "verify-full&sslrootcert=\(certificate)"))
            let isEncrypted = try connection.query(
                "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
            ).bool(0, 0)
            #expect(isEncrypted)

            // Much more, both ways, than a piece of TLS or the system's buffers hold.
            let text = String(repeating: "é", count: 300_000)
            try connection.execute("CREATE TABLE t (a text)")
            let copied = try connection.copy(into: "t", columns: ["a"]) { (writer) throws(PostgresError) in
                for _ in 0..<10 { try writer.write([.text(text)]) }
            }
            #expect(copied == 10)
            var received = 0
            try connection.pipeline(
                onRows: { _, rows throws(PostgresError) in
                    if rows.count == 1, try rows.text(0, 0) == text { received += 1 }
                },
                { (pipeline) throws(PostgresError) in
                    for _ in 0..<10 { try pipeline.execute("SELECT $1::text", [.text(text)]) }
                    for _ in 0..<10 { try pipeline.execute("SELECT a FROM t LIMIT 1") }
                })
            #expect(received == 20)

            let error = failure {
                _ = try Connection.open(ConnectionSettings(url: url + "verify-full&sslrootcert=\(foreign)"))
            }
            #expect(error?.code == .connection)
            #expect(error?.message.contains("certificate verify failed") == true, "\(error as Any)")
            // Who asks for no check gets none.
            _ = try Connection.open(ConnectionSettings(url: url + "require"))
        }
    }

    @Test func `a server that cannot encrypt is refused where it must`() throws {
        try ScratchDatabase.withRelayedSchema(overTCP: true) { relay, _, _ in
            let url = "postgresql://postgres@127.0.0.1:\(relay.port)/postgres?sslmode="
            let error = failure { _ = try Connection.open(ConnectionSettings(url: url + "require")) }
            #expect(error?.code == .connection)
            #expect(error?.message.contains("server does not support SSL") == true, "\(error as Any)")
            _ = try Connection.open(ConnectionSettings(url: url + "prefer"))
        }
    }
}
