import Commands
import Postgres
import TestKit
import Testing

@testable import registry

/// A repository of two commits and a database that goes from one to the other and back, through the program's own
/// entry. Every disturbed ingest is judged here: the database is as before, row by row, or as it is wanted.
struct TwoCommits {
    /// What is written to tables when a row is written, and does not come from the registry.
    private static let bookkeeping = [
        "changed_at", "recorded_at", "retired_at", "retired_generation", "superseded_at",
        "superseded_generation",
    ]

    let root: String
    let url: String
    let redisURL: String?
    private(set) var current = "first"
    private var expected: [String: [String]] = [:]

    /// Makes the branches `first` and `second`; the database has been at both and is at the first.
    init(in repository: ScratchRepository, url: String, redisURL: String? = nil) throws {
        (root, self.url, self.redisURL) = (repository.root, url, redisURL)
        TwoCommits.makeRegistry(in: root)
        try repository.commitAll()
        try repository.git("branch", "first")
        let path = root + "/mappings/borealis/acme/rocket-1.yaml"
        let text = try #require(Files.text(at: path))
        Files.write(text.replacing("price: 0.45", with: "price: 0.40"), to: path)
        Files.remove(root + "/mappings/acme/acme/rocket-1.yaml")
        try repository.commitAll(at: 1_700_000_001)
        try repository.git("branch", "second")
        for name in ["first", "second", "first", "second", "first"] {
            let outcome = ingest(name)
            #expect(outcome.exitCode == 0, "\(outcome)")
            expected[name] = try rows(withBookkeeping: false)
        }
        #expect(expected["first"] != expected["second"])
    }

    /// The example registry with schemas that ask for nothing: compiling the real ones takes most of an ingest's time.
    static func makeRegistry(in root: String) {
        ExampleTree.copy(to: root)
        for path in Files.tree(below: root + "/schemas") {
            let file = root + "/schemas/" + path
            let kept = [#""$schema":"#, #""$id":"#, #""x-collection":"#]
            let lines = (Files.text(at: file) ?? "").split(separator: "\n")
                .filter { line in kept.contains { line.hasPrefix("  " + $0) } }
            Files.write("{\n" + lines.joined(separator: "\n") + "\n  \"title\": \"Anything\"\n}\n", to: file)
        }
    }

    /// The commit that the database is not at.
    var next: String { current == "first" ? "second" : "first" }

    /// Ingests a commit, forward or back, on one thread, so that every run makes its calls in the same order.
    func ingest(_ name: String, _ faults: Console.Faults = Console.Faults()) -> GoldenScript.Outcome {
        let captured = CapturedConsole(folder: root)
        var console = captured.console
        console.coreCount = 1
        console.faults = faults
        let code = Registry.run(
            ["ingest", "--rev", name, "--rewind", "--database-url", url]
                + (redisURL.map { ["--redis-url", $0] } ?? []), on: console)
        return GoldenScript.Outcome(
            output: captured.output, errorOutput: captured.errorOutput, exitCode: code)
    }

    /// Lets `ingest` bring in the other commit, whose exit code it gives, looks at what became of it, and makes good
    /// what it did not do.
    mutating func disturb(_ label: String, _ ingest: (TwoCommits) throws -> Int32) throws {
        let before = try rows(withBookkeeping: true)
        let code = try ingest(self)
        let isDone = try rows(withBookkeeping: true) != before
        if isDone {
            #expect(try rows(withBookkeeping: false) == expected[next], "\(label): rows of neither commit")
        } else {
            #expect(code != 0, "\(label): it says that it worked")
            // Whatever happened, the next run works.
            let outcome = self.ingest(next)
            #expect(outcome.exitCode == 0, "\(label): the next run: \(outcome)")
            #expect(try rows(withBookkeeping: false) == expected[next], "\(label): the next run")
        }
        current = next
    }

    /// Every row of every table as text; without bookkeeping, what is the same whenever the database holds a commit.
    private func rows(withBookkeeping: Bool) throws -> [String] {
        var connection = try Connection.open(ConnectionSettings(url: url))
        let names = try connection.query(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1")
        let omitted = withBookkeeping ? [] : TwoCommits.bookkeeping
        var parts: [String] = []
        for row in 0..<names.count {
            let name = try names.text(row, 0)
            guard withBookkeeping || !["registry_commits", "registry_state"].contains(name) else { continue }
            parts.append("SELECT '\(name) ' || (to_jsonb(t) - $1::text[])::text FROM \(name) AS t")
        }
        let rows = try connection.query(
            parts.joined(separator: " UNION ALL ") + " ORDER BY 1", [.texts(omitted)])
        return try (0..<rows.count).map { try rows.text($0, 0) }
    }
}
