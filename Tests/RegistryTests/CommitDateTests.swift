import TestKit
import Testing

@testable import registry

/// F22: what clocks say is kept and decides nothing: a commit comes after its parent whatever their dates, and a price
/// is superseded by the generation that brought another.
@Suite struct CommitDateTests {
    private static let mapping = "/mappings/borealis/acme/rocket-1.yaml"

    /// When each commit of a line was made, in seconds since 1970, and how the database tells it: back and forth, before
    /// 1970, all in one second, and outside the years that the database has.
    private static let dates = [
        (1_700_000_000, "2023-11-14 22:13:20+00"), (1_600_000_000, "2020-09-13 12:26:40+00"),
        (4_102_444_800, "2100-01-01 00:00:00+00"), (4_102_444_800, "2100-01-01 00:00:00+00"),
        (-86_400, "1969-12-31 00:00:00+00"), (0, "1970-01-01 00:00:00+00"),
        (9_999_999_999_999, "9999-12-31 23:59:59+00"), (-99_999_999_999, "0001-01-01 00:00:00+00"),
        (1_700_000_001, "2023-11-14 22:13:21+00"), (1_700_000_001, "2023-11-14 22:13:21+00"),
    ]

    /// Stores a commit with another price, at any time, which git itself would not take; its id.
    private static func commit(
        price: Int, after parents: [String], at seconds: Int, in repository: ScratchRepository
    ) throws -> String {
        let path = repository.root + mapping
        let text = try #require(Files.text(at: path))
        Files.write(text.replacing(#/price: 0\.\d+/#, with: "price: 0.\(price)1"), to: path)
        try repository.git("add", "--all", "--force")
        let who = "Ada <ada@example.org> \(seconds) +0000"
        let lines =
            ["tree \(try repository.git("write-tree"))"] + parents.map { "parent \($0)" }
            + ["author \(who)", "committer \(who)", "", "a change", ""]
        return try repository.storeObject("commit", Array(lines.joined(separator: "\n").utf8))
    }

    /// All days that the server has noted, a day later: to it, its clock has gone back by a day.
    private static func turnBackTheClock(_ world: RegistryWithDatabase) throws {
        let columns = try world.texts(
            """
            SELECT format('UPDATE %I SET %I = %2$I + interval ''1 day''', table_name, column_name)
            FROM information_schema.columns
            WHERE table_schema = 'public' AND data_type = 'timestamp with time zone'
                AND column_name <> 'committed_at'
            """)
        #expect(columns.count > 8)
        try ScratchDatabase.execute(columns.joined(separator: ";"), at: world.url)
    }

    @Test func `commits of any dates go in one after the other, and none goes back`() throws {
        try RegistryWithDatabase.withExample { world in
            var ids: [String] = []
            for (round, (seconds, _)) in Self.dates.enumerated() {
                let id = try Self.commit(
                    price: 50 + round, after: ids.suffix(1), at: seconds, in: world.repository)
                ids.append(id)
                let outcome = world.run("ingest --rev \(id)")
                #expect(outcome.exitCode == 0, "\(seconds): \(outcome)")
                #expect(outcome.output.contains("generation \(round + 1)"), "\(seconds): \(outcome)")
                for older in ids.dropLast() {
                    let outcome = world.run("ingest --rev \(older)")
                    #expect(outcome.output.hasPrefix("older: "), "\(seconds): \(outcome)")
                    #expect(outcome.exitCode == 0)
                }
                if round == 4 { try Self.turnBackTheClock(world) }
            }
            #expect(world.run("verify").exitCode == 0)

            let noted = "FROM registry_commits ORDER BY generation"
            #expect(try world.texts("SELECT commit_id \(noted)") == ids)
            #expect(
                try world.texts("SELECT coalesce(parent_commit_id, '') \(noted)") == [""] + ids.dropLast())
            let dates = try world.texts(
                "SELECT to_char(committed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS') || '+00' \(noted)")
            #expect(dates == Self.dates.map(\.1))
            #expect(try world.texts("SELECT 1 FROM registry_commits WHERE duration_milliseconds < 0") == [])
            // Each price was in force from its own generation to the next one.
            let prices = try world.texts(
                """
                SELECT rate.price || ' until ' || coalesce(period.superseded_generation::text, 'now')
                FROM price_periods AS period JOIN price_rates AS rate
                    ON rate.model_id = period.model_id AND rate.period_id = period.period_id
                WHERE period.provider_id = 'borealis' AND rate.meter = 'input_text'
                ORDER BY rate.price
                """)
            let last = ids.count - 1
            #expect(prices == (0...last).map { "0.\(50 + $0)1 until \($0 == last ? "now" : "\($0 + 2)")" })
        }
    }

    @Test func `a branch is one whatever its dates, and a merge comes after both its parents`() throws {
        try RegistryWithDatabase.withExample { world in
            func commit(_ price: Int, _ parents: [String], _ seconds: Int) throws -> String {
                try Self.commit(price: price, after: parents, at: seconds, in: world.repository)
            }
            let base = try commit(50, [], 2_000_000_000)
            let ours = try commit(51, [base], 1_000)
            #expect(world.run("ingest --rev \(ours)").exitCode == 0)
            for seconds in [-5_000, 1_000, 2_000_000_001, 9_999_999_999] {
                let theirs = try commit(52, [base], seconds)
                let refused = world.run("ingest --rev \(theirs)")
                #expect(refused.exitCode == 2, "\(seconds): \(refused)")
                #expect(refused.errorOutput.contains("does not come after it"), "\(seconds): \(refused)")
                let plan = world.run("ingest --plan --rev \(try commit(53, [theirs, ours], -7_000))")
                #expect(plan.exitCode == 0, "\(seconds): \(plan)")
                #expect(plan.output.contains("price_periods: 1 added; 1 superseded"), "\(seconds): \(plan)")
            }
        }
    }
}
