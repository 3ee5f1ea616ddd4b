import Dispatch
import Glibc
import Postgres
import Storage
import Synchronization
import TestKit
import Testing

/// F20: behind pgbouncer in transaction mode, where each transaction may get another session.
@Suite struct PoolerTests {
    private func withPooler(_ body: (ConnectionSettings, _ direct: ConnectionSettings) throws -> Void) throws
    {
        try Files.withTemporaryFolder { folder in
            chmod(folder, 0o777)
            try ScratchDatabase.withDatabase("pooled_\(getpid())_\(UInt32.random(in: 0...UInt32.max))") {
                url in
                let host = url.split(separator: "host=")[1].prefix { $0 != "&" }
                Files.write(
                    """
                    [databases]
                    * = host=\(host) user=postgres
                    [pgbouncer]
                    listen_addr =
                    unix_socket_dir = \(folder)
                    listen_port = 6432
                    auth_type = any
                    pool_mode = transaction
                    default_pool_size = 2

                    """, to: folder + "/pgbouncer.ini")
                let pooler = try RunningProcess(
                    ChildProcess(ServerUser.prefix + ["/usr/sbin/pgbouncer", folder + "/pgbouncer.ini"]),
                    outputPath: folder + "/pgbouncer.log")
                var waited = 0
                while !LocalSocket.isAnswering(folder + "/.s.PGSQL.6432"), pooler.isRunning, waited < 2_000 {
                    waited += 1
                    usleep(5_000)
                }
                var settings = ConnectionSettings(
                    url: url.replacing("host=\(host)", with: "host=\(folder)&port=6432"))
                settings.scope = .transaction
                settings.searchPath = ["public"]
                try body(settings, ConnectionSettings(url: url))
            }
        }
    }

    @Test func `ingests go through, and leave no setting behind`() throws {
        try withPooler { settings, direct in
            var history = try FaultedHistory(direct)
            for round in 1...6 {
                try history.disturb("pooled \(round)", mustSucceed: true) { commit, state in
                    _ = try Ingest.ofState(state, commit: commit, into: settings).run(
                        RegistryStates.rows[state])
                }
            }
            var connection = try Connection.open(settings)
            let rows = try connection.query("SELECT current_setting('statement_timeout')")
            #expect(try rows.text(0, 0) == "0")
        }
    }

    @Test func `several at once through two sessions write once`() throws {
        try withPooler { settings, direct in
            var history = try FaultedHistory(direct)
            try history.disturb("six at once", mustSucceed: true) { commit, state in
                let failures = Mutex<[String]>([])
                DispatchQueue.concurrentPerform(iterations: 6) { _ in
                    do {
                        _ = try Ingest.ofState(state, commit: commit, into: settings).run(
                            RegistryStates.rows[state])
                    } catch { failures.withLock { $0.append("\(error)") } }
                }
                #expect(failures.withLock { $0 } == [])
            }
        }
    }
}
