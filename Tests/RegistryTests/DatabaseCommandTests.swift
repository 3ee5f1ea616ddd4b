import Dispatch
import Glibc
import Postgres
import Synchronization
import TestKit
import Testing

@testable import registry

/// `registry database`, through the program's own entry and as several processes.
@Suite struct DatabaseCommandTests {
    /// A registry's folder that the server's user can reach, also when the tests run as root; its server is ended.
    private func withRegistry(_ body: (String) throws -> Void) throws {
        try Files.withTemporaryFolder { folder in
            chmod(folder, 0o755)
            Files.makeFolder(folder + "/schemas")
            defer { try? LocalDatabase.server(ofRegistryAt: folder, report: { _ in }).stop(.immediate) }
            try body(folder)
        }
    }

    private func run(_ words: String, in folder: String) -> GoldenScript.Outcome {
        GoldenScriptTests.run(
            ["registry", "database"] + words.split(separator: " ").map(String.init), in: folder)
    }

    private func outcome(_ output: String, errors: String = "", code: Int32 = 0) -> GoldenScript.Outcome {
        GoldenScript.Outcome(output: output, errorOutput: errors, exitCode: code)
    }

    @Test func `it is made, started, asked, stopped and started again`() throws {
        try withRegistry { folder in
            let data = "FOLDER/.registry/postgres"
            #expect(run("status", in: folder) == outcome("absent\n"))
            #expect(run("stop", in: folder) == outcome(""))
            #expect(
                run("url", in: folder)
                    == outcome(
                        "",
                        errors:
                            "registry: the private PostgreSQL does not run; registry database start starts it\n",
                        code: 2))
            #expect(
                run("start", in: folder)
                    == outcome(
                        "",
                        errors: "registry: making a private PostgreSQL in \(data)\n"
                            + "registry: started the local PostgreSQL in \(data)\n"))
            #expect(run("start --quiet", in: folder) == outcome(""))
            #expect(run("status", in: folder) == outcome("running\n"))

            let url = run("url", in: folder)
            #expect(url == outcome("postgresql:///postgres?host=\(data)&user=postgres\n"))
            let settings = ConnectionSettings(
                url: url.output.replacing("FOLDER", with: folder).replacing("\n", with: ""))
            var connection = try Connection.open(settings)
            try connection.execute("CREATE TABLE t (a text PRIMARY KEY)")

            #expect(
                run("stop", in: folder)
                    == outcome("", errors: "registry: stopped the local PostgreSQL in \(data)\n"))
            #expect(run("status", in: folder) == outcome("stopped\n"))
            #expect(run("start --quiet", in: folder) == outcome(""))
            var again = try Connection.open(settings)
            let rows = try again.query("SELECT count(*) FROM t")
            #expect(try rows.integer(0, 0) == 0)
        }
    }

    @Test func `after a crash it starts over the pid file that was left`() throws {
        try withRegistry { folder in
            #expect(run("start --quiet", in: folder).exitCode == 0)
            let server = try LocalDatabase.server(ofRegistryAt: folder, report: { _ in })
            guard case .running(let process) = server.status else {
                Issue.record("it does not run")
                return
            }
            kill(pid_t(process), SIGKILL)
            while kill(pid_t(process), 0) == 0, isAlive(process) { usleep(1_000) }
            #expect(run("status", in: folder) == outcome("stopped\n"))
            let started = run("start", in: folder)
            #expect(started.errorOutput.hasPrefix("registry: removing the pid file"))
            #expect(started.exitCode == 0)
            #expect(run("status", in: folder) == outcome("running\n"))
        }
    }

    /// False also of one that has ended and whose parent has not looked yet.
    private func isAlive(_ process: Int) -> Bool {
        let words = Files.text(at: "/proc/\(process)/stat")?.split(separator: " ") ?? []
        return words.count > 2 && words[2] != "Z"
    }

    @Test func `several processes that start it at once start one`() throws {
        try withRegistry { folder in
            let statuses = Mutex<[Int32]>([])
            DispatchQueue.concurrentPerform(iterations: 3) { _ in
                let program = ChildProcess([
                    BuiltProgram.path("registry"), "database", "start", "--root", folder,
                ])
                let status = (try? program.run())?.status ?? -1
                statuses.withLock { $0.append(status) }
            }
            #expect(statuses.withLock { $0 } == [0, 0, 0])
            #expect(run("status", in: folder) == outcome("running\n"))
        }
    }

    @Test func `a folder without a registry is no place for it`() {
        Files.withTemporaryFolder { folder in
            let outcome = run("start", in: folder)
            #expect(outcome.exitCode == 2)
            #expect(outcome.errorOutput.hasPrefix("registry: no registry here"))
        }
    }
}
