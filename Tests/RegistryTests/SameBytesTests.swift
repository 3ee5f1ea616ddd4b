import Commands
import TestKit
import Testing

@testable import registry

/// C10: the same input gives the same bytes, whatever the number of threads, the folder, the place of the clone and the
/// process, whose sets and dictionaries have an order of their own.
@Suite struct SameBytesTests {
    private static let mapping = "/mappings/borealis/acme/rocket-1.yaml"

    /// How a command ended and what it put out, paths and all.
    private struct Outcome: Equatable {
        let output: String
        let exitCode: Int32
    }

    /// Runs a command in this process, as on a machine of so many cores.
    private static func here(_ words: [String], in folder: String, cores: Int) -> Outcome {
        let captured = CapturedConsole(folder: folder)
        var console = captured.console
        console.coreCount = cores
        let code = Registry.run(words, on: console)
        return Outcome(output: captured.output + captured.errorOutput, exitCode: code)
    }

    /// Runs it as a process of its own.
    private static func apart(_ words: [String], in folder: String) throws -> Outcome {
        let shell = ChildProcess(
            ["/bin/sh", "-c", #"cd "$1" && shift && exec "$@" 2>&1"#, "sh", folder]
                + [BuiltProgram.path("registry")] + words)
        let outcome = try shell.run(keepingOutput: true)
        return Outcome(
            output: String(decoding: outcome.output, as: UTF8.self), exitCode: outcome.status)
    }

    /// A repository and a clone of it elsewhere, both with the work tree of the branch `main`.
    private func withClone(
        _ change: (ScratchRepository) throws -> Void,
        _ body: (_ repository: ScratchRepository, _ clone: String) throws -> Void
    ) throws {
        try ScratchRepository.with { repository in
            ExampleTree.copy(to: repository.root)
            try repository.commitAll()
            try repository.git("branch", "before")
            try change(repository)
            try repository.commitAll(at: 1_700_000_001)
            let clone = repository.beside("elsewhere/another clone")
            Files.makeFolder(repository.beside("elsewhere"))
            try repository.git("clone", "--quiet", repository.root, clone)
            try repository.git("-C", clone, "branch", "before", "origin/before")
            try body(repository, clone)
        }
    }

    /// The one thing that a command says in all these ways; `jobs` is how it is told the number of threads.
    private func said(
        _ words: [String], _ root: String, _ clone: String, jobs: String? = nil, exit code: Int32,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> String {
        func told(_ count: Int) -> [String] { words + (jobs.map { [$0, "\(count)"] } ?? []) }
        let first = Self.here(told(1), in: root, cores: 1)
        let others = [
            Self.here(told(5), in: clone + "/models/acme", cores: 5),
            try Self.apart(told(3), in: clone), try Self.apart(told(1) + ["--root", clone], in: "/"),
        ]
        for other in others { #expect(other == first, "\(words)", sourceLocation: sourceLocation) }
        #expect(first.exitCode == code, "\(words): \(first)", sourceLocation: sourceLocation)
        #expect(first.output.utf8.count > 100, "\(words)", sourceLocation: sourceLocation)
        return first.output
    }

    /// Many files with faults of their own, and faults between them.
    private static func spoil(_ repository: ScratchRepository) {
        for number in 100..<160 {
            let text =
                "schema: provider/v1\nid: p\(number)\nname: same\naliases: [{value: twin}]\nx: \(number)\n"
            Files.write(text, to: "\(repository.root)/providers/p\(number).yaml")
        }
        Files.write("id: [\n", to: repository.root + "/models/acme/broken.yaml")
        Files.remove(repository.root + "/models/acme/rocket-1.yaml")
    }

    @Test(arguments: ["text", "json", "github", "sarif", "junit", "markdown"])
    func `findings are the same bytes`(format: String) throws {
        try withClone(Self.spoil) { repository, clone in
            for more in format == "json" ? [[], ["--rev", "main"], ["--base", "before"]] : [[]] {
                let words = ["validate", "--format", format] + more
                let report = try said(words, repository.root, clone, jobs: "--jobs", exit: 1)
                // Not one word of where it was.
                #expect(!report.contains("elsewhere") && !report.contains(repository.root))
            }
        }
    }

    @Test(arguments: ["text", "json", "markdown"])
    func `a change is the same bytes`(format: String) throws {
        try withClone(Self.spoil) { repository, clone in
            let words = ["diff", "before", "main", "--format", format]
            _ = try said(words, repository.root, clone, exit: 0)
        }
    }

    /// A change of many kinds that is no fault.
    private static func change(_ repository: ScratchRepository) throws {
        let path = repository.root + mapping
        let text = try #require(Files.text(at: path))
        Files.write(text.replacing("price: 0.45", with: "price: 0.40"), to: path)
        Files.remove(repository.root + "/mappings/acme/acme/rocket-1.yaml")
        let provider = try #require(Files.text(at: repository.root + "/providers/borealis.yaml"))
        for number in 10..<30 {
            let id = "p\(number)"
            Files.write(
                provider.replacing("id: borealis", with: "id: \(id)"),
                to: "\(repository.root)/providers/\(id).yaml")
            Files.write(
                text.replacing("provider: borealis", with: "provider: \(id)"),
                to: "\(repository.root)/mappings/\(id)/acme/rocket-1.yaml")
        }
    }

    @Test func `a plan and a verification are the same bytes`() throws {
        try withClone(Self.change) { repository, clone in
            try RegistryWithDatabase.with(repository) { world in
                let database = ["--database-url", world.url]
                for format in ["text", "json"] {
                    let words = ["ingest", "--plan", "--format", format, "--rev", "main"] + database
                    _ = try said(words, repository.root, clone, exit: 0)
                }
                #expect(world.run("ingest --rev before").exitCode == 0)
                for format in ["text", "json"] {
                    let words = ["ingest", "--plan", "--format", format, "--rev", "main"] + database
                    let plan = try said(words, repository.root, clone, exit: 0)
                    #expect(plan.contains("retired") && plan.contains("superseded"))
                }
                let rows = try said(
                    ["verify", "--rev", "main"] + database, repository.root, clone, exit: 1)
                #expect(rows.contains("missing\n") && rows.contains("not in the registry\n"))
                #expect(rows.contains(" more\n"))
            }
        }
    }
}
