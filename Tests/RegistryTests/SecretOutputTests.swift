import Commands
import Glibc
import Postgres
import Synchronization
import TestKit
import Testing

@testable import registry

/// A password in the environment's `DATABASE_URL` or `REDIS_URL` comes out nowhere: not in what a command says, however
/// much or little it says and however it ends, nor in the server's list of sessions, nor in a table.
@Suite struct SecretOutputTests {
    /// What must not come out: a word of each password, and the password with its escapes.
    private static let secrets = ["hunter2", "p%40ss", "p@ss", "w%2Frd", "w/rd"]
    private static let plain = "hunter2"
    private static let odd = "hunter2 p@ss'w/rd"
    private static let escaped = "hunter2%20p%40ss%27w%2Frd"

    /// A server that asks two roles for a password, and a registry of two commits.
    private struct World {
        let repository: ScratchRepository
        let server: LocalServer
        let folder: String

        /// The database without a password.
        var trustedURL: String { server.url.replacing(":///postgres?", with: ":///atlas?") }

        /// The same database as its users write it.
        var urls: [String] {
            [
                "postgresql://plain:\(plain)@/atlas?host=\(folder)",
                "postgresql://odd:\(escaped)@/atlas?host=\(folder)",
                "postgresql:///atlas?host=\(folder)&user=odd&password=\(escaped)",
                "host=\(folder) dbname=atlas user=plain password=\(plain)",
                "host=\(folder) dbname=atlas user=odd password='hunter2 p@ss\\'w/rd'",
            ]
        }

        /// Ways to get it wrong; each holds a password all the same.
        var wrongURLs: [String] {
            [
                // Another's password, a role and a database that are not there.
                "postgresql://plain:\(escaped)@/atlas?host=\(folder)",
                "host=\(folder) dbname=atlas user=odd password=\(plain)",
                "postgresql://nobody:\(escaped)@/atlas?host=\(folder)",
                "postgresql://plain:\(plain)@/nothing?host=\(folder)",
                // Nobody listens there, and there is no such place.
                "postgresql://odd:\(escaped)@127.0.0.1:1/atlas", "host=127.0.0.1 port=1 password=\(plain)",
                "postgresql://odd:\(escaped)@nowhere.invalid/atlas",
                "host=/nowhere dbname=atlas password='hunter2 p@ss'",
                // No URL, as a slip of the hand leaves it.
                "postgresql://odd:\(odd)@[/atlas", "postgresql://odd:hunter2%zz@/atlas",
                "password='hunter2 p@ss",
                "postgresql://odd:hunter2@/atlas?p%40ss=1", "hunter2", "host=\(folder) hunter2",
                "postgresql://odd:p@ss/hunter2@127.0.0.1:1/atlas",
            ]
        }
    }

    private func withWorld(_ body: (World) throws -> Void) throws {
        try ScratchRepository.with { repository in
            TwoCommits.makeRegistry(in: repository.root)
            try repository.commitAll()
            Files.remove(repository.root + "/mappings/acme/acme/rocket-1.yaml")
            try repository.commitAll(at: 1_700_000_001)
            try ScratchDatabase.withStoppableServer { server in
                try ScratchDatabase.execute(
                    """
                    CREATE ROLE plain SUPERUSER LOGIN PASSWORD '\(Self.plain)';
                    CREATE ROLE odd SUPERUSER LOGIN PASSWORD '\(Self.odd.replacing("'", with: "''"))'
                    """, at: server.url)
                try ScratchDatabase.execute("CREATE DATABASE atlas", at: server.url)
                Files.write(
                    "local all postgres trust\nlocal all all scram-sha-256\n",
                    to: server.dataFolder + "/pg_hba.conf")
                try ScratchDatabase.execute("SELECT pg_reload_conf()", at: server.url)
                let host = server.url.split(separator: "host=")[1].prefix { $0 != "&" }
                try body(World(repository: repository, server: server, folder: String(host)))
            }
        }
    }

    /// Runs a command in an environment, and looks for secrets in what it says; that is given.
    @discardableResult
    private func run(
        _ command: String, in world: World, exit codes: Set<Int32>, faults: FaultPlan? = nil,
        _ variable: @escaping @Sendable (String) -> String?,
        sourceLocation: SourceLocation = #_sourceLocation
    ) -> String {
        let captured = CapturedConsole(folder: world.repository.root)
        var console = captured.console
        console.faults.database = faults
        console.variable = variable
        let code = Registry.run(command.split(separator: " ").map(String.init), on: console)
        let said = captured.output + captured.errorOutput
        #expect(codes.contains(code), "\(command): \(code) \(said)", sourceLocation: sourceLocation)
        expectNoSecret(said, command, sourceLocation)
        return said
    }

    /// The same with nothing in the environment but the database.
    private func run(
        _ command: String, _ url: String, in world: World, exit codes: Set<Int32>,
        faults: FaultPlan? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        run(
            command, in: world, exit: codes, faults: faults, { $0 == "DATABASE_URL" ? url : nil },
            sourceLocation: sourceLocation)
    }

    private func expectNoSecret(
        _ text: String, _ place: String, _ sourceLocation: SourceLocation = #_sourceLocation
    ) {
        for secret in Self.secrets {
            #expect(!text.contains(secret), "\(place): \(text)", sourceLocation: sourceLocation)
        }
    }

    private static let speaking = [
        "ingest", "ingest --plan", "ingest --plan --format json", "verify", "migrate", "migrate --status",
    ]

    @Test func `commands that work say no word of it`() throws {
        try withWorld { world in
            run("migrate", world.urls[1], in: world, exit: [0])
            for (place, url) in world.urls.enumerated() {
                for more in place < 2 ? ["", " --quiet"] : [""] {
                    run("ingest --rewind --rev HEAD~1" + more, url, in: world, exit: [0])
                    for command in Self.speaking { run(command + more, url, in: world, exit: [0]) }
                    // The second ingest of a commit, an older one, and a verification that finds something.
                    run("ingest" + more, url, in: world, exit: [0])
                    run("ingest --rev HEAD~1" + more, url, in: world, exit: [0])
                    run("verify --rev HEAD~1" + more, url, in: world, exit: [1])
                }
            }
            let tables = RegistryWithDatabase(repository: world.repository, url: world.trustedURL)
            let rows = try tables.texts(
                """
                SELECT query_to_xml(format('SELECT * FROM %I', table_name), true, false, '')::text
                FROM information_schema.tables WHERE table_schema = 'public'
                """)
            #expect(rows.contains { $0.contains("acme/rocket-1") })
            expectNoSecret(rows.joined(), "the tables")
            try watchSessions(world)
            try cleanCaches(world)
        }
    }

    @Test func `commands that cannot reach the database say no word of it`() throws {
        try withWorld { world in
            for (place, url) in world.wrongURLs.enumerated() {
                for (turn, command) in Self.speaking.enumerated() where turn != 1 {
                    let more = (place + turn) % 2 == 0 ? "" : " --quiet"
                    run(command + more, url, in: world, exit: [2])
                }
            }
            for url in world.urls { try runProgram(url, in: world, exit: 0) }
            for url in world.wrongURLs { try runProgram(url, in: world, exit: 2) }
        }
    }

    /// Runs the program by itself: what libpq and the system's libraries write to the error output goes past a console.
    private func runProgram(_ url: String, in world: World, exit code: Int32) throws {
        let program = ChildProcess(
            ["/bin/sh", "-c", #"exec "$@" 2>&1"#, "sh", BuiltProgram.path("registry"), "ingest"]
                + ["--root", world.repository.root],
            environment: [
                "PATH": "/usr/bin:/bin", "DATABASE_URL": url,
                "REDIS_URL": "redis://:\(Self.escaped)@127.0.0.1:1",
            ])
        let outcome = try program.run(keepingOutput: true)
        #expect(outcome.status == code, "\(outcome.text)")
        #expect(!outcome.text.isEmpty)
        expectNoSecret(outcome.text, "the program")
    }

    /// Looks at the server's list of sessions in the midst of ingests, and breaks others off there.
    private func watchSessions(_ world: World) throws {
        let url = world.urls[1]
        run("ingest", url, in: world, exit: [0])
        let sessions = Mutex<[String]>([])
        for call in [5, 15, 30, 45, 60] {
            let looking = FaultPlan(
                .after {
                    let tables = RegistryWithDatabase(
                        repository: world.repository, url: world.trustedURL)
                    let found = try? tables.texts(
                        "SELECT to_jsonb(session)::text FROM pg_stat_activity AS session")
                    sessions.withLock { $0 += found ?? [] }
                }, atCall: call)
            run("ingest --rewind --rev HEAD~1", url, in: world, exit: [0], faults: looking)
            run(
                "ingest", url, in: world, exit: [0, 2],
                faults: FaultPlan(.reset, atCall: call, isLasting: true))
            run("ingest", url, in: world, exit: [0])
        }
        let seen = sessions.withLock { $0 }
        #expect(
            seen.contains { $0.contains("model-atlas ingest ") && $0.contains("\"usename\": \"odd\"") })
        expectNoSecret(seen.joined(), "the list of sessions")
    }

    /// Ingests with a cache that knows the password, with one that does not, and with URLs that lead nowhere.
    private func cleanCaches(_ world: World) throws {
        let database = world.urls[0]
        try Files.withTemporaryFolder { folder in
            let redis = try ScratchRedis(in: folder, ["--requirepass", Self.odd])
            let path = redis.url.dropFirst("unix://".count)
            for (cache, works) in [
                ("unix://:\(Self.escaped)@\(path)", true), ("unix://:\(Self.plain)@\(path)", false),
                ("unix://odd:\(Self.escaped)@\(path)", false),
                ("redis://:\(Self.escaped)@127.0.0.1:1/0", false),
                ("redis://:\(Self.escaped)@nowhere.invalid", false), ("rediss://:\(Self.odd)@h", false),
                ("redis://:hunter2%zz@h", false), ("hunter2", false), ("redis://hunter2", false),
            ] {
                for command in ["ingest --rewind --rev HEAD~1", "ingest --quiet", "ingest"] {
                    let said = run(command, in: world, exit: [0]) { name in
                        ["DATABASE_URL": database, "REDIS_URL": cache][name]
                    }
                    #expect(said.contains("warning: the cache was not cleaned up") == !works, "\(said)")
                }
            }
        }
    }

    @Test(arguments: [
        ("validate", 0), ("validate --format json", 0), ("validate --base HEAD~1", 0),
        ("diff HEAD~1 HEAD", 0),
        ("diff HEAD~1 HEAD --format json", 0), ("database status", 0), ("database url", 2),
        ("ingest --no-such-option", 64), ("verify --format yaml", 64),
    ])
    func `commands that need no database do not look for one`(command: String, code: Int32) throws {
        try ScratchRepository.with { repository in
            ExampleTree.copy(to: repository.root)
            try repository.commitAll()
            try repository.commitAll(at: 1_700_000_001)
            let captured = CapturedConsole(folder: repository.root)
            let asked = Mutex<[String]>([])
            var console = captured.console
            console.variable = { name in
                asked.withLock { $0.append(name) }
                return "postgresql://odd:\(Self.escaped)@["
            }
            let ended = Registry.run(command.split(separator: " ").map(String.init), on: console)
            #expect(ended == code, "\(captured.output) \(captured.errorOutput)")
            #expect(asked.withLock { $0 } == [])
            expectNoSecret(captured.output + captured.errorOutput, command)
        }
    }
}
