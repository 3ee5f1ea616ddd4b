import TestKit
import Testing

@testable import registry

/// F21: values that a database would choke on, through `registry ingest`. Each is a finding of the check before the
/// server hears of it, or stored to the last digit and byte; never an error of the server's.
@Suite struct HostileValueTests {
    private static let mapping = "/mappings/borealis/acme/rocket-1.yaml"
    private static let provider = "/providers/acme.yaml"

    private typealias World = RegistryWithDatabase

    /// The example registry with a database that has its first commit.
    private func withWorld(_ body: (World) throws -> Void) throws {
        try World.withExample { world in
            #expect(world.run("ingest").exitCode == 0)
            try body(world)
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
                let kept = try world.texts(
                    """
                    SELECT rate.price::text FROM price_rates AS rate
                    JOIN price_periods AS period USING (model_id, period_id)
                    WHERE period.provider_id = 'borealis' AND superseded_generation IS NULL
                    ORDER BY rate.number LIMIT 1
                    """)
                #expect(kept == [stored], "\(price)")
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
                let kept = try world.texts("SELECT name FROM providers WHERE provider_id = 'acme'")
                #expect(kept.map { Array($0.utf8) } == [Array(name.utf8)])
                #expect(world.run("verify").exitCode == 0, "\(name)")
            }
        }
    }

    /// A text of nearly as many bytes as a file may have, and one of more: each in the words of the check.
    @Test(arguments: [
        ("/providers/acme.yaml", "name: ", "Acme"),
        ("/providers/acme.yaml", "website: ", "https://acme.example"),
        ("/providers/acme.yaml", "  - value: ", "acme-ai"), ("/providers/acme.yaml", "region: ", "eu-1"),
        ("/mappings/borealis/acme/rocket-1.yaml", "provider_model_id: ", "acme/rocket-1"),
        ("/models/acme/rocket-1.yaml", "family: ", "rocket"),
        ("/models/acme/rocket-1.yaml", "  - value: ", "rocket-one"),
    ])
    func `a field without end is refused by its length`(path: String, key: String, value: String) throws {
        try withWorld { world in
            for (count, words) in [
                (1_000_000, "error[schema/length]: the text has "),
                (1 << 20, "error[file/too-large]: the file is larger than 1048576 bytes"),
            ] {
                let text = key + value + String(repeating: "a", count: count)
                let outcome = try world.ingest(path, key + value, Array(text.utf8))
                expectRefusal(outcome, of: "\(key) \(count)", world)
                let isTold = outcome.output.contains(words)
                #expect(isTold, "\(key) \(count)")
            }
        }
    }

    /// What schemas that ask for nothing let through is a finding of the other checks, or is stored whole; where the
    /// database has the last word, nothing of the commit is in it.
    @Test func `behind schemas that ask for nothing, a commit goes in whole or not at all`() throws {
        try ScratchRepository.with { repository in
            TwoCommits.makeRegistry(in: repository.root)
            try repository.commitAll()
            try World.with(repository) { world in
                #expect(world.run("ingest").exitCode == 0)
                var ends: [Int32: Int] = [:]
                for (path, old, values) in Self.unasked {
                    for value in values {
                        let before = try world.history()
                        let outcome = try world.ingest(path, old, Array(value.utf8))
                        ends[outcome.exitCode, default: 0] += 1
                        let label = "\(value.prefix(40)): \(outcome.errorOutput)"
                        if outcome.exitCode > 1 {
                            let words = [
                                "a text is too long for an index", "no longer say which names must exist",
                            ]
                            #expect(words.contains { outcome.errorOutput.contains($0) }, "\(label)")
                        }
                        if outcome.exitCode == 0 {
                            #expect(world.run("verify --rev HEAD").exitCode == 0, "\(label)")
                        } else {
                            #expect(try world.history() == before, "\(label)")
                            #expect(outcome.output.contains("error[") == (outcome.exitCode == 1), "\(label)")
                        }
                    }
                }
                #expect(ends[0, default: 0] > 0 && ends[1, default: 0] > 5, "\(ends)")
            }
        }
    }

    /// An offer that cannot be read would be one that the registry no longer has.
    @Test(arguments: ["verified_on: soon", "verified_on: [2026]", "stage: [active]", "mode: none"])
    func `an offer that loose schemas let through and nobody can read is a finding, and is not retired`(
        line: String
    ) throws {
        try ScratchRepository.with { repository in
            TwoCommits.makeRegistry(in: repository.root)
            try repository.commitAll()
            try World.with(repository) { world in
                #expect(world.run("ingest").exitCode == 0)
                let before = try world.history()
                let key = line.prefix { $0 != ":" } + ": "
                let text = try #require(Files.text(at: repository.root + Self.mapping))
                let start = try #require(text.firstRange(of: key)).lowerBound
                let old = String(text[start...].prefix { $0 != "\n" })
                let outcome = try world.ingest(Self.mapping, old, Array(line.utf8))
                #expect(outcome.exitCode == 1, "\(outcome)")
                let told = outcome.output.contains("error[schema/too-loose]")
                #expect(told, "\(outcome)")
                #expect(try world.history() == before)
            }
        }
    }

    private static let unasked = [
        (
            mapping, "price: 0.45",
            ["-1", ".nan", "-0", "1e-13", "1e30", "\"x\"", "null", "[1]", "1e1000000"].map { "price: \($0)" }
        ),
        (mapping, "per: 1000000", ["0", "-5", "7", "1e30"].map { "per: \($0)" }),
        (
            mapping, "effective_from: 2026-02-01",
            ["2026-13-45", "0000-00-00", "99999-01-01", "x"].map { "effective_from: \($0)" }
        ),
        (
            provider, "name: Acme",
            [#""a\0b""#, #""a\ud800""#, #""""#, #""a\nb""#, String(repeating: "a", count: 900_000)]
                .map { "name: \($0)" }
        ),
        (
            mapping, "provider_model_id: acme/rocket-1",
            [#""""#, String(repeating: "a", count: 900_000)].map { "provider_model_id: \($0)" }
        ),
        (mapping, "provider: borealis", ["provider: nobody"]),
        (provider, "accelerator: acme-x1", ["accelerator: nobody"]),
        (provider, "per_accelerator_hour: 2.50", ["-1", ".nan"].map { "per_accelerator_hour: \($0)" }),
    ]

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

extension RegistryWithDatabase {
    /// Commits a file with something else in it, ingests that, and puts the file back.
    fileprivate func ingest(_ path: String, _ old: String, _ new: [UInt8]) throws -> GoldenScript.Outcome {
        let text = try #require(Files.text(at: repository.root + path))
        let range = try #require(text.firstRange(of: old))
        Files.write(
            Array(text[..<range.lowerBound].utf8) + new + Array(text[range.upperBound...].utf8),
            to: repository.root + path)
        try repository.commitAll()
        Files.write(text, to: repository.root + path)
        return run("ingest")
    }
}
