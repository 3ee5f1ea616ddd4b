import Glibc
import TestKit
import Testing

@testable import registry

/// `registry ingest`, `migrate` and `verify`, by the program's own entry.
@Suite struct IngestCommandTests {
    private static let mapping = "/mappings/borealis/acme/rocket-1.yaml"

    /// The example registry in a repository, and a database of its own.
    private func withRegistry(
        _ body: (ScratchRepository, _ url: String, _ run: (String) -> GoldenScript.Outcome) throws -> Void
    ) throws {
        try RegistryWithDatabase.withExample { try body($0.repository, $0.url, $0.run) }
    }

    /// Commits the mapping with another text in it.
    private func change(_ repository: ScratchRepository, _ old: String, _ new: String, round: Int) throws {
        let path = repository.root + Self.mapping
        let text = try #require(Files.text(at: path))
        #expect(text.contains(old))
        Files.write(text.replacing(old, with: new), to: path)
        try repository.commitAll(at: 1_700_000_000 + round)
    }

    @Test func `a commit goes in, is there, changes, is older and is verified`() throws {
        try withRegistry { repository, url, run in
            let plan = run("ingest --plan")
            #expect(plan.exitCode == 0)
            #expect(plan.output.contains("price_rates: "))
            // The plan made no tables.
            #expect(run("verify").exitCode == 2)
            #expect(run("migrate --status").output.contains("1 state: missing"))

            let first = run("ingest")
            #expect(first.exitCode == 0)
            #expect(first.output.contains("is in the database, generation 1, after "))
            #expect(first.errorOutput == "made the tables in an empty database\n")
            #expect(run("ingest").output.contains("is in the database already, generation 1"))
            #expect(run("migrate").output == "the tables are up to date\n")
            #expect(run("verify").output.hasPrefix("0 of "))

            try change(repository, "price: 0.45", "price: 0.46", round: 1)
            #expect(run("ingest --plan").output.contains("price_periods: 1 added; 1 superseded"))
            #expect(run("ingest").output.contains("generation 2"))
            let older = run("ingest --rev HEAD~1")
            #expect(older.exitCode == 0)
            #expect(older.output.hasPrefix("older: "))
            #expect(run("ingest --rev HEAD~1 --rewind").output.contains("generation 3"))
            #expect(run("verify").exitCode == 0)
            #expect(run("verify --rev HEAD").exitCode == 1)
        }
    }

    @Test func `a commit with errors is refused, and one that diverged too`() throws {
        try withRegistry { repository, url, run in
            #expect(run("ingest").exitCode == 0)
            try change(repository, "price: 0.45", "price: -1", round: 1)
            let faulty = run("ingest")
            #expect(faulty.exitCode == 1)
            #expect(faulty.output.contains("error["))
            #expect(run("verify").exitCode == 0)

            try repository.git("checkout", "--quiet", "--orphan", "other")
            try change(repository, "price: -1", "price: 0.44", round: 2)
            let diverged = run("ingest")
            #expect(diverged.exitCode == 2)
            #expect(diverged.errorOutput.contains("--allow-diverged"))
            #expect(run("ingest --allow-diverged").output.contains("generation 2"))
        }
    }

    @Test func `a commit that was forced away is named as one that is not here`() throws {
        try withRegistry { repository, url, run in
            #expect(run("ingest").exitCode == 0)
            Files.remove(repository.root + "/.git")
            try repository.git("init", "--quiet", "--initial-branch=main")
            try repository.commitAll(at: 1_700_000_001)
            try change(repository, "price: 0.45", "price: 0.44", round: 2)
            let refused = run("ingest")
            #expect(refused.exitCode == 2)
            #expect(refused.errorOutput.contains("which this repository does not have"))
            #expect(refused.errorOutput.contains("--allow-diverged"))
            #expect(!refused.errorOutput.contains("unshallow"))
            #expect(run("ingest --allow-diverged").output.contains("generation 2"))
        }
    }

    @Test func `a shallow clone that cannot tell names the remedy`() throws {
        try withRegistry { repository, url, run in
            #expect(run("ingest").exitCode == 0)
            try change(repository, "price: 0.45", "price: 0.44", round: 1)
            try change(repository, "price: 0.44", "price: 0.43", round: 2)
            let clone = repository.beside("shallow")
            try repository.git("clone", "--quiet", "--depth=1", "file://" + repository.root, clone)
            let outcome = GoldenScriptTests.run(["registry", "ingest", "--database-url", url], in: clone)
            #expect(outcome.exitCode == 2)
            #expect(outcome.errorOutput.contains("run `git fetch --unshallow`"))
            // The whole clone can.
            #expect(run("ingest").output.contains("generation 2"))
        }
    }

    @Test(arguments: ["9999999999999", "-99999999999"])
    func `a commit of any date goes in`(seconds: String) throws {
        try withRegistry { repository, url, run in
            let tree = try repository.git("write-tree")
            let who = "Ada <ada@example.org> \(seconds) +0000"
            let text = "tree \(tree)\nauthor \(who)\ncommitter \(who)\n\nof another time\n"
            let id = try repository.storeObject("commit", Array(text.utf8))
            let outcome = run("ingest --rev \(id)")
            #expect(outcome.exitCode == 0, "\(outcome)")
            #expect(run("verify --rev \(id)").exitCode == 0)
        }
    }

    @Test func `a folder that gets another name and a registry that is emptied are refused`() throws {
        try withRegistry { repository, url, run in
            #expect(run("ingest").exitCode == 0)
            try repository.git("mv", "mappings/borealis", "mappings/northern")
            try repository.commitAll(at: 1_700_000_001)
            // A file's folder is part of what it says.
            let renamed = run("ingest")
            #expect(renamed.exitCode == 1)
            #expect(renamed.output.contains("error[path/mismatch]"))
            try repository.git("rm", "-r", "--quiet", "mappings", "models", "providers", "accelerators")
            try repository.commitAll(at: 1_700_000_002)
            let emptied = run("ingest")
            #expect(emptied.exitCode == 1)
            #expect(emptied.output.contains("error[file/empty-collection]"))
            #expect(run("verify --rev HEAD~2").exitCode == 0)
        }
    }

    @Test func `a row changed by hand is named, and repaired`() throws {
        try withRegistry { repository, url, run in
            #expect(run("ingest").exitCode == 0)
            try ScratchDatabase.execute(
                "UPDATE offers SET tier = 'flex' WHERE provider_id = 'borealis'", at: url)
            let verified = run("verify")
            #expect(verified.exitCode == 1)
            #expect(verified.output.contains("offers acme/rocket-1 borealis "))
            #expect(verified.output.contains(": tier differs\n"))
            #expect(run("ingest --repair").exitCode == 0)
            #expect(run("verify").exitCode == 0)
        }
    }

    @Test func `a pooler is named, and works when it is told of`() throws {
        try ScratchRepository.with { repository in
            ExampleTree.copy(to: repository.root)
            try repository.commitAll()
            try ScratchPooler.withURL(sessionCount: 2) { url, direct in
                let registry = RegistryWithDatabase(repository: repository, url: url)
                let untold = registry.run("ingest")
                #expect(untold.exitCode == 2)
                #expect(untold.errorOutput.contains("--pooled"), "\(untold.errorOutput)")
                #expect(registry.run("ingest --pooled").output.contains("generation 1"))
                try change(repository, "price: 0.45", "price: 0.46", round: 1)
                #expect(registry.run("ingest --pooled").output.contains("generation 2"))
                #expect(registry.run("verify --pooled").exitCode == 0)
                #expect(registry.run("migrate --pooled").output == "the tables are up to date\n")
            }
        }
    }

    /// The URL may hold a password; whatever goes wrong, no part of it is put out.
    @Test(arguments: ["ingest", "ingest --plan", "verify", "migrate", "migrate --status"])
    func `no output holds a word of the URL`(command: String) throws {
        try ScratchRepository.with { repository in
            ExampleTree.copy(to: repository.root)
            try repository.commitAll()
            let folder = try ScratchDatabase.serverURL()
            for url in [
                "postgresql://hunter2:hunter3@127.0.0.1:1/hunter4", "postgresql://hunter2:hunter3@",
                "hunter2",
                "postgresql://hunter2:hunter3@hunter4.invalid/hunter4?sslmode=hunter2",
                folder + "&password=hunter3&dbname=hunter4",
                folder + "&user=hunter2&password=hunter3", "hunter2=hunter3 hunter4",
            ] {
                let outcome = GoldenScriptTests.run(
                    ["registry"] + command.split(separator: " ").map(String.init) + ["--database-url", url],
                    in: repository.root)
                #expect(outcome.exitCode == 2)
                #expect(!(outcome.output + outcome.errorOutput).contains("hunter"))
            }
        }
    }
}
