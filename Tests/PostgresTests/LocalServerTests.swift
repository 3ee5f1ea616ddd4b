import Dispatch
import Glibc
import Postgres
import Synchronization
import TestKit
import Testing

@Suite struct LocalServerTests {
    /// A folder that the server's user can reach, also when the tests run as root.
    private func withFolder(_ body: (String) throws -> Void) throws {
        try Files.withTemporaryFolder { folder in
            chmod(folder, 0o755)
            try body(folder)
        }
    }

    private func server(_ folder: String, _ log: Log = Log()) throws -> LocalServer {
        try LocalServer(
            dataFolder: folder, isScratch: true,
            searchPath: getenv("PATH").map { String(cString: $0) } ?? "", report: { log.add($0) })
    }

    private func answer(_ server: LocalServer) throws -> Int {
        var connection = try Connection.open(ConnectionSettings(url: server.url))
        return try number(&connection, "SELECT 42")
    }

    @Test func `a server is made, started, stopped, and started on the same data`() throws {
        try withFolder { folder in
            let log = Log()
            let server = try server(folder + "/.registry/postgres", log)
            #expect(server.dataFolder == folder + "/.registry/postgres")
            #expect(server.status == .absent)
            try server.stop()
            #expect(server.status == .absent)

            try server.start()
            defer { try? server.stop(.immediate) }
            guard case .running(let process) = server.status else {
                Issue.record("it does not run")
                return
            }
            var connection = try Connection.open(ConnectionSettings(url: server.url))
            try connection.execute("CREATE TABLE t (a text PRIMARY KEY)")
            let rows = try connection.query(
                "SELECT current_setting('server_encoding'), current_setting('lc_collate'), current_setting('listen_addresses')"
            )
            let facts = try [rows.text(0, 0), rows.text(0, 1), rows.text(0, 2)]
            #expect(facts == ["UTF8", "C", ""])

            try server.start()
            #expect(server.status == .running(process: process))
            try server.stop()
            #expect(server.status == .stopped)
            #expect(failure { _ = try answer(server) }?.isTransient == true)
            try server.stop()

            try server.start()
            var again = try Connection.open(ConnectionSettings(url: server.url))
            let stored = try number(&again, "SELECT count(*) FROM t")
            #expect(stored == 0)
            let verbs = log.sentences.map { $0.split(separator: " ")[0] }
            #expect(verbs == ["making", "started", "the", "stopped", "started"])
        }
    }

    @Test func `after a crash, its pid file names another process, and it starts all the same`() throws {
        try withFolder { folder in
            let log = Log()
            let server = try server(folder + "/data", log)
            try server.start()
            defer { try? server.stop(.immediate) }
            guard case .running(let process) = server.status else {
                Issue.record("it does not run")
                return
            }
            let pidFile = try #require(Files.text(at: server.dataFolder + "/postmaster.pid"))
            try server.stop(.immediate)
            // As after a restart of the machine: the number is now ours, and we are no server.
            let lines = pidFile.split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
            Files.write(
                ([Substring("\(getpid())")] + lines).joined(separator: "\n"),
                to: server.dataFolder + "/postmaster.pid")
            #expect(server.status == .stopped)
            try server.start()
            #expect(try answer(server) == 42)
            #expect(server.status != .running(process: process))
            #expect(log.sentences.contains { $0.hasPrefix("removing the pid file") })
        }
    }

    @Test func `a path too long or too odd for a socket has its socket elsewhere`() throws {
        try withFolder { folder in
            let long = String(repeating: "long/", count: 30)
            let server = try server(folder + "/\(long)it's, data")
            try server.start()
            defer { try? server.stop(.immediate) }
            #expect(server.url.utf8.count < 100)
            #expect(try answer(server) == 42)
        }
    }

    @Test func `two that start it at once make and start it once`() throws {
        try withFolder { folder in
            let log = Log()
            let server = try server(folder + "/data", log)
            defer { try? server.stop(.immediate) }
            DispatchQueue.concurrentPerform(iterations: 3) { _ in
                do { try server.start() } catch { Issue.record(error) }
            }
            #expect(try answer(server) == 42)
            let verbs = log.sentences.map { String($0.split(separator: " ")[0]) }
            #expect(verbs.sorted() == ["making", "started", "the", "the"])
        }
    }

    @Test func `what an interrupted making left is made anew`() throws {
        try withFolder { folder in
            Files.write("half", to: folder + "/data.new/PG_VERSION")
            let server = try server(folder + "/data")
            try server.start()
            defer { try? server.stop(.immediate) }
            #expect(try answer(server) == 42)
        }
    }

    @Test func `a folder that holds something else is left alone`() throws {
        try withFolder { folder in
            Files.write("mine", to: folder + "/data/thesis.txt")
            let server = try server(folder + "/data")
            #expect(server.status == .absent)
            #expect(failure { try server.start() }?.code == .localServer)
            #expect(Files.text(at: folder + "/data/thesis.txt") == "mine")
        }
    }

    @Test func `data of a version that is not installed is named`() throws {
        try withFolder { folder in
            Files.write("7\n", to: folder + "/data/PG_VERSION")
            let error = failure { try server(folder + "/data").start() }
            #expect(error?.message == "the data folder was made by PostgreSQL 7, which is not installed")
        }
    }

    @Test func `where PostgreSQL is not installed, the error says what to do`() throws {
        try withFolder { folder in
            let server = try LocalServer(
                dataFolder: folder + "/data", searchPath: "", distribution: folder, report: { _ in })
            let error = failure { try server.start() }
            #expect(error?.message == "no initdb, pg_ctl and postgres are installed")
            #expect(error?.hint?.contains("apt-get install postgresql") == true)
            #expect(!Files.isFolder(folder + "/data"))
        }
    }

    @Test(arguments: ["a\"b", "a$b", "a`b", "a\\b"])
    func `a path that PostgreSQL's programs would misread is refused`(name: String) throws {
        try withFolder { folder in
            let error = failure { try server(folder + "/" + name).start() }
            #expect(error?.message == "its path has a character that PostgreSQL's programs cannot take")
        }
    }

    @Test func `a folder out of the reach of the server's user is swapped for one within`() throws {
        try withFolder { folder in
            chmod(folder, 0o700)
            let server = try server(folder + "/data")
            let isRoot = geteuid() == 0
            #expect(server.dataFolder.hasPrefix(isRoot ? "/var/tmp/model-atlas-" : folder))
            defer {
                try? server.stop(.immediate)
                if isRoot { Files.remove(String(server.dataFolder.dropLast("/postgres".count))) }
            }
            try server.start()
            #expect(try answer(server) == 42)
        }
    }
}

/// What a server says that it does.
private final class Log: Sendable {
    private let said = Mutex<[String]>([])
    var sentences: [String] { said.withLock { $0 } }
    func add(_ sentence: String) { said.withLock { $0.append(sentence) } }
}
