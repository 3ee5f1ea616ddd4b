import Glibc
import Postgres
import Storage
import TestKit
import Testing

/// Two servers, one of which follows the other and takes over; and F12, a server that is started anew meanwhile.
@Suite struct ReplicaTests {
    private func withServers(_ body: (_ primary: LocalServer, _ replica: LocalServer) throws -> Void) throws {
        try Files.withTemporaryFolder { folder in
            chmod(folder, 0o755)
            let servers = try ["primary", "replica"].map { name in
                try LocalServer(
                    dataFolder: "\(folder)/\(name)", isScratch: true,
                    searchPath: getenv("PATH").map { String(cString: $0) } ?? "", report: { _ in })
            }
            defer { for server in servers { try? server.stop(.immediate) } }
            try servers[0].start()
            try body(servers[0], servers[1])
        }
    }

    /// Makes the replica from the primary as it is now, and starts it.
    private func follow(_ primary: LocalServer, _ replica: LocalServer) throws {
        ServerUser.makeFolder(replica.dataFolder)
        let copying = ChildProcess(
            ServerUser.prefix + [
                ServerUser.postgresProgram("pg_basebackup"), "--pgdata", replica.dataFolder,
                "--write-recovery-conf",
                "--checkpoint=fast", "--dbname", primary.url,
            ])
        #expect(try copying.run().status == 0)
        // The primary's socket stands in its data folder, and the copy has its lock.
        unlink(replica.dataFolder + "/.s.PGSQL.5432.lock")
        try replica.start()
    }

    private func waitUntil(_ server: LocalServer, hasGeneration generation: Int) throws -> TableContents {
        while true {
            let contents = try TableContents.read(ConnectionSettings(url: server.url))
            if contents.generation >= generation { return contents }
            usleep(5_000)
        }
    }

    private func ingest(_ state: Int, _ commit: Int, _ settings: ConnectionSettings) throws {
        _ = try Ingest.ofState(state, commit: commit, into: settings).run(RegistryStates.rows[state])
    }

    @Test func `a replica shows what the primary has, takes no ingest, and takes over`() throws {
        try withServers { primary, replica in
            let direct = ConnectionSettings(url: primary.url)
            var history = try FaultedHistory(direct)
            try follow(primary, replica)
            try history.ingest(7, through: direct)
            let there = try TableContents.read(direct)
            let shown = try waitUntil(replica, hasGeneration: there.generation)
            #expect(shown == there)

            do {
                try ingest(0, 500, ConnectionSettings(url: replica.url))
                Issue.record("a replica took an ingest")
            } catch let error as StorageError {
                #expect(error.description.contains("give the URL of the primary server"), "\(error)")
            }

            // The address of both, of which the one that takes writes is meant.
            let hosts = [primary, replica].map { $0.url.split(separator: "host=")[1].prefix { $0 != "&" } }
            let both = ConnectionSettings(
                url:
                    "postgresql:///postgres?host=\(hosts[0]),\(hosts[1])&user=postgres&target_session_attrs=read-write"
            )
            try history.ingest(0, through: both)
            let last = try TableContents.read(direct)
            _ = try waitUntil(replica, hasGeneration: last.generation)

            // What the primary takes in after its replica was cut off is lost with it, and comes again.
            try replica.stop()
            try history.ingest(7, through: both)
            try primary.stop(.immediate)
            try replica.start()
            var promoted = try Connection.open(ConnectionSettings(url: replica.url))
            try promoted.execute("SELECT pg_promote()")
            let found = try TableContents.read(&promoted)
            #expect(found.generation == last.generation)
            try ingest(7, 501, both)
            let after = try TableContents.read(&promoted)
            #expect(history.isVisible(after, as: 7) && after.generation == last.generation + 1)
        }
    }

    @Test(arguments: [LocalServer.StopMode.fast, .immediate])
    func `a server that is started anew in the middle is waited for`(mode: LocalServer.StopMode) throws {
        try withServers { primary, _ in
            var history = try FaultedHistory(ConnectionSettings(url: primary.url))
            for _ in 0..<3 {
                try history.disturb("restart", mustSucceed: true) { commit, state in
                    var isFirst = true
                    _ = try Ingest.ofState(state, commit: commit, into: ConnectionSettings(url: primary.url))
                        .run(RegistryStates.rows[state]) { (_) throws(StorageError) in
                            // Between the reading of the state and the transaction.
                            if isFirst {
                                try? primary.stop(mode)
                                try? primary.start()
                            }
                            isFirst = false
                            return .descendant
                        }
                }
            }
        }
    }
}
