import Glibc
import Postgres
import TestKit
import Testing

@testable import registry

/// F21: values that a database would choke on, through `registry ingest`. Each is a finding of the check before the
/// server hears of it, or stored to the last digit and byte; never an error of the server's.
@Suite struct HostileValueTests {
    private static let mapping = "/mappings/borealis/acme/rocket-1.yaml"
    private static let provider = "/providers/acme.yaml"

    /// A registry in a repository with a database that has its first commit.
    private struct World {
        let repository: ScratchRepository
        let url: String

        func run(_ command: String) -> GoldenScript.Outcome {
            GoldenScriptTests.run(["registry", command, "--database-url", url], in: repository.root)
        }

        /// Commits a file with something else in it, ingests that, and puts the file back.
        func ingest(_ path: String, _ old: String, _ new: [UInt8]) throws -> GoldenScript.Outcome {
            let text = try #require(Files.text(at: repository.root + path))
            let range = try #require(text.firstRange(of: old))
            Files.write(
                Array(text[..<range.lowerBound].utf8) + new + Array(text[range.upperBound...].utf8),
                to: repository.root + path)
            try repository.commitAll()
            Files.write(text, to: repository.root + path)
            return run("ingest")
        }

        /// The one value that a query gives, as text.
        func text(_ sql: String) throws -> String {
            var connection = try Connection.open(ConnectionSettings(url: url))
            return try connection.query(sql).text(0, 0)
        }
    }

    private func withWorld(_ body: (World) throws -> Void) throws {
        try ScratchRepository.with { repository in
            ExampleTree.copy(to: repository.root)
            try repository.commitAll()
            let name = "hostile_\(getpid())_\(UInt32.random(in: 0...UInt32.max))"
            try ScratchDatabase.withDatabase(name) { url in
                let world = World(repository: repository, url: url)
                #expect(world.run("ingest").exitCode == 0)
                try body(world)
            }
        }
    }

    /// Refused by the check, and the database is as it was.
    private func expectRefusal(
        _ outcome: GoldenScript.Outcome, of value: String, _ world: World,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(
            outcome.exitCode == 1 && outcome.output.contains("error[") && outcome.errorOutput.isEmpty,
            "\(value): \(outcome)", sourceLocation: sourceLocation)
        #expect(world.run("verify").exitCode == 0, "\(value)", sourceLocation: sourceLocation)
    }

    @Test(arguments: [
        ".nan", ".NaN", "NaN", ".inf", "-.inf", "Infinity", "-0", "-0.0", "0", "-1e-10", "1e400", "1e-400",
        "1e131072", "1e1000000000", "1e-1000000000", "1_000", "0.0000000000001", "1000000000001", "\"0.45\"",
        "1e10",
        "99999999999999999999",
        String(repeating: "9", count: 400), "0." + String(repeating: "1", count: 400),
    ])
    func `a price that is none is refused`(price: String) throws {
        try withWorld { world in
            expectRefusal(
                try world.ingest(Self.mapping, "price: 0.45", Array("price: \(price)".utf8)), of: price, world
            )
        }
    }

    @Test func `a price of many digits is stored to the last`() throws {
        try withWorld { world in
            for (price, stored) in [
                ("1e-10", "0.0000000001"), ("0x10", "16"), ("0.000000000001", "0.000000000001"),
                ("4.5e-1", "0.45"),
                ("0.4500000000000000", "0.45"), ("123.456789012345", "123.456789012345"),
            ] {
                let outcome = try world.ingest(Self.mapping, "price: 0.45", Array("price: \(price)".utf8))
                #expect(outcome.exitCode == 0, "\(price): \(outcome)")
                let kept = try world.text(
                    """
                    SELECT rate.price::text FROM price_rates AS rate
                    JOIN price_periods AS period USING (model_id, period_id)
                    WHERE period.provider_id = 'borealis' AND superseded_generation IS NULL
                    ORDER BY rate.number LIMIT 1
                    """)
                #expect(kept == stored, "\(price)")
                #expect(world.run("verify").exitCode == 0, "\(price)")
            }
        }
    }

    /// A figure is bounded above by the schema, but may have any number of decimals: more of them than the server's type
    /// can hold are refused before they are sent.
    @Test func `a figure beyond the server's numbers is refused, and all others are stored`() throws {
        try withWorld { world in
            let nines = String(repeating: "9", count: 400)
            for (figure, isStored) in [
                ("1e-1000000000", false), ("1e-16384", false), ("1e-16383", true), (nines, false),
                ("0.\(nines)", true), ("86400000", true), ("86400000.1", false),
            ] {
                let text = """
                    performance:
                          ttft_ms: \(figure)
                          measured_on: 2026-02-10
                          source: {kind: provider_page, checked_on: 2026-02-10}
                        verified_on: 2026-02-10
                    """
                let outcome = try world.ingest(Self.mapping, "verified_on: 2026-02-10", Array(text.utf8))
                #expect((outcome.exitCode == 0) == isStored, "\(figure): \(outcome)")
                #expect(!outcome.errorOutput.contains("SQLSTATE"), "\(figure): \(outcome)")
                #expect(world.run("verify").exitCode == 0, "\(figure)")
            }
        }
    }

    @Test func `text that the database cannot hold is refused`() throws {
        try withWorld { world in
            let start = Array("name: \"Ac".utf8)
            let end = Array("me\"".utf8)
            for bytes: [UInt8] in [
                [0], Array("\\0".utf8), Array("\\x00".utf8), Array("\\u0000".utf8), Array("\\ud800".utf8),
                [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82], [0x1B],
                Array("\\e".utf8), [0xEF, 0xBF, 0xBF], [UInt8](repeating: 0x61, count: 10_000),
                [UInt8](repeating: 0x61, count: 2_000_000),
            ] {
                let value = "\(bytes.prefix(8))"
                expectRefusal(
                    try world.ingest(Self.provider, "name: Acme", start + bytes + end), of: value, world)
            }
        }
    }

    @Test func `text of any script is stored as it is`() throws {
        try withWorld { world in
            for name in [
                "Åcme", "日本語", "𝛼 and 🚀", "It's \"\"; DROP TABLE models; --", "a\\b", "{1,NULL}", "$1",
                "NULL",
            ] {
                let quoted = "name: '" + name.replacing("'", with: "''") + "'"
                let outcome = try world.ingest(Self.provider, "name: Acme", Array(quoted.utf8))
                #expect(outcome.exitCode == 0, "\(name): \(outcome)")
                let kept = try world.text("SELECT name FROM providers WHERE provider_id = 'acme'")
                #expect(Array(kept.utf8) == Array(name.utf8))
                #expect(world.run("verify").exitCode == 0, "\(name)")
            }
        }
    }

    @Test func `what is nested without end is refused`() throws {
        try withWorld { world in
            for depth in [60, 5_000] {
                for value in [
                    String(repeating: "[", count: depth) + String(repeating: "]", count: depth),
                    String(repeating: "{a: ", count: depth) + "1" + String(repeating: "}", count: depth),
                ] {
                    let text = "name: Acme\nextra: \(value)"
                    expectRefusal(
                        try world.ingest(Self.provider, "name: Acme", Array(text.utf8)),
                        of: "\(depth) levels", world)
                }
            }
        }
    }
}
