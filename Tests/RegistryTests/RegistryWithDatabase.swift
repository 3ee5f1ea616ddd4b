import Glibc
import Postgres
import TestKit
import Testing

@testable import registry

/// A registry in a repository, and a database of its own for it.
struct RegistryWithDatabase {
    let repository: ScratchRepository
    let url: String

    /// The example registry, committed once and not ingested yet.
    static func withExample(_ body: (RegistryWithDatabase) throws -> Void) throws {
        try ScratchRepository.with { repository in
            ExampleTree.copy(to: repository.root)
            try repository.commitAll()
            try with(repository, body)
        }
    }

    /// A database for a repository that is there.
    static func with(
        _ repository: ScratchRepository, _ body: (RegistryWithDatabase) throws -> Void
    ) throws {
        let name = "registry_\(getpid())_\(UInt32.random(in: 0...UInt32.max))"
        try ScratchDatabase.withDatabase(name) { url in
            try body(RegistryWithDatabase(repository: repository, url: url))
        }
    }

    /// Runs a command on the database, its words between blanks.
    func run(_ command: String) -> GoldenScript.Outcome {
        GoldenScriptTests.run(
            ["registry"] + command.split(separator: " ").map(String.init) + ["--database-url", url],
            in: repository.root)
    }

    /// The values that a query gives in its first column, as texts.
    func texts(_ sql: String) throws -> [String] {
        var connection = try Connection.open(ConnectionSettings(url: url))
        let rows = try connection.query(sql)
        return try (0..<rows.count).map { try rows.text($0, 0) }
    }

    /// Which commit the database holds, and all that is noted of how it came there.
    func history() throws -> [String] {
        try texts(
            "SELECT to_jsonb(state)::text FROM registry_state AS state UNION ALL "
                + "SELECT to_jsonb(noted)::text FROM registry_commits AS noted ORDER BY 1")
    }
}
