import Postgres
import TestKit

@testable import Storage

/// A database, and plays in it: each begins with nothing in the tables, so that a seed alone says all of it.
struct SimulatedWorld {
    private let settings: ConnectionSettings
    private let kills: Bool
    /// What the ids of this world's commits begin with, and of no other world's on the same server.
    private let name: String
    /// What readers see of each state.
    private var expected: [[String]] = []
    private(set) var counts: [SimulatedEvent: Int] = [:]

    /// What somebody's hand does to rows that every state has.
    private static let damages = [
        "UPDATE offers SET tier = 'flex' WHERE provider_id = 'borealis'",
        """
        DELETE FROM price_rates AS rate USING price_periods AS period
        WHERE rate.model_id = period.model_id AND rate.period_id = period.period_id
            AND period.provider_id = 'borealis' AND period.superseded_at IS NULL
        """,
        "UPDATE models SET retired_at = now(), retired_generation = 1 WHERE model_id = 'acme/rocket-1'",
        "UPDATE models SET content_hash = '\\x00' WHERE retired_at IS NULL",
        """
        INSERT INTO provider_regions (provider_id, number, region_id, content_hash)
        VALUES ('borealis', 9, 'moon', '\\x00')
        """,
        "DELETE FROM model_names WHERE model_id = 'acme/rocket-1'",
    ]

    /// - Parameter kills: some ingests are processes of their own, which end as by `kill -9`. Only where this process
    ///   has no other thread.
    init(_ settings: ConnectionSettings, kills: Bool = false) throws {
        self.settings = settings
        self.kills = kills
        name = settings.searchPath?.first ?? "world"
        var connection = try Connection.open(settings)
        try RegistryMigrations.runner.migrate(&connection)
        for state in 0..<RegistryStates.count {
            try FaultedHistory.empty(&connection)
            _ = try Ingest.ofState(state, commit: 1, into: settings).run(RegistryStates.rows[state])
            expected.append(try TableContents.read(&connection).visible)
        }
    }

    /// Plays what a seed gives, and returns what is not as the model says. All looks at the database are by one session,
    /// which knows its tables.
    mutating func play(_ seed: UInt64, _ connection: inout Connection) throws -> [String] {
        var generator = SeededGenerator(seed: seed)
        let history = SimulatedHistory(7, named: "\(name)-\(seed)", &generator)
        let model = SimulatedModel(history: history, expected: expected)
        try FaultedHistory.empty(&connection)
        var faults: [String] = []
        var before = try TableContents.read(&connection)
        if Int.random(in: 0..<4, using: &generator) == 0 {
            // Another repository's commit is there before ours.
            let ingest = SimulatedIngest(commit: history.foreign)
            faults += try step(ingest, model, &before, isDamaged: false, &generator, &connection)
        }
        for _ in 0..<5 {
            let isDamaged = before.commit != nil && Int.random(in: 0..<6, using: &generator) == 0
            if isDamaged { faults += try damage(model, &before, &connection, &generator) }
            let ingest = draw(&generator, history, repairing: isDamaged ? model.number(of: before) : nil)
            faults += try step(ingest, model, &before, isDamaged: isDamaged, &generator, &connection)
            guard isDamaged, !model.isSound(before) else { continue }
            // Nothing breaks now, and what stands there is made whole.
            var repair = SimulatedIngest(commit: model.number(of: before) ?? history.foreign)
            repair.options.repairs = true
            faults += try step(repair, model, &before, isDamaged: true, &generator, &connection)
            if !model.isSound(before) { faults.append("a repair that mends nothing") }
        }
        if try number(&connection, Self.brokenLinks) > 0 { faults.append("the list of commits is no chain") }
        return faults
    }

    /// Counts the notes of commits that do not follow the one of the generation before, or took less than no time.
    private static let brokenLinks = """
        SELECT count(*) FROM registry_commits AS noted
        LEFT JOIN registry_commits AS before ON before.generation = noted.generation - 1
        WHERE noted.parent_commit_id IS DISTINCT FROM before.commit_id OR noted.duration_milliseconds < 0
            OR noted.generation > (SELECT generation FROM registry_state)
        """

    /// Runs a step, and holds what became of it against the model.
    private mutating func step(
        _ ingest: SimulatedIngest, _ model: SimulatedModel, _ before: inout TableContents, isDamaged: Bool,
        _ generator: inout SeededGenerator, _ connection: inout Connection
    ) throws -> [String] {
        let log = SimulationLog()
        let microseconds = Int.random(in: -1_000_000_000_000...1_000_000_000_000, using: &generator)
        let run = SimulatedRun(settings: settings, history: model.history, microseconds: microseconds)
        var faults = run.run(ingest, log)
        let after = try settled(&connection)
        for event in log.events { counts[event, default: 0] += 1 }
        if isDamaged, model.isSound(after) { counts[.repaired, default: 0] += 1 }
        faults += model.faults(before, after, log.ends, isDamaged: isDamaged)
        before = after
        return faults
    }

    /// Changes rows behind the program's back, which a verification has to see.
    private mutating func damage(
        _ model: SimulatedModel, _ before: inout TableContents, _ connection: inout Connection,
        _ generator: inout SeededGenerator
    ) throws -> [String] {
        let sql = Self.damages[Int.random(in: 0..<Self.damages.count, using: &generator)]
        try connection.execute(sql)
        before = try TableContents.read(&connection)
        counts[.damaged, default: 0] += 1
        guard let commit = model.number(of: before) else { return ["a commit that nobody brought"] }
        let rows = RegistryStates.rows[model.history.commits[commit].state]
        let differences = try Verification.run(rows, &connection).differences
        return differences.isEmpty ? ["nobody sees that somebody did: \(sql)"] : []
    }

    /// The contents once none of this world's sessions does anything more: its COMMIT may have been under way when its
    /// client was lost.
    private func settled(_ connection: inout Connection) throws -> TableContents {
        let sql = """
            SELECT count(*) FROM pg_stat_activity
            WHERE starts_with(application_name, $1) AND state <> 'idle'
            """
        while try number(&connection, sql, [.text("model-atlas ingest \(name)-")]) > 0 {
            try connection.execute("SELECT pg_sleep(0.002)")
        }
        return try TableContents.read(&connection)
    }

    // MARK: - Drawing

    /// An ingest at random, and others between.
    ///
    /// - Parameter repairing: the commit whose rows somebody changed; nil when nobody did.
    private func draw(
        _ generator: inout SeededGenerator, _ history: SimulatedHistory, repairing: Int?, depth: Int = 0
    ) -> SimulatedIngest {
        func chance(_ whole: Int) -> Bool { Int.random(in: 0..<whole, using: &generator) == 0 }
        var ingest = SimulatedIngest(
            commit: repairing ?? Int.random(in: 0..<history.foreign, using: &generator))
        ingest.isInner = depth > 0
        ingest.options.allowsDivergence = chance(3)
        ingest.options.rewinds = chance(4)
        ingest.options.comparesRows = chance(8)
        ingest.options.repairs = repairing != nil || chance(12)
        if depth < 2, chance(depth == 0 ? 2 : 4) {
            ingest.inner = [draw(&generator, history, repairing: repairing, depth: depth + 1)]
            if chance(2) { ingest.moment = .call(Int.random(in: 5...50, using: &generator)) }
        }
        let call = Int.random(in: 1...80, using: &generator)
        if chance(2) {
            ingest.fault = (chance(2) ? .reset : .refuse, call, chance(4))
        } else if kills, ingest.inner.isEmpty, depth == 0 {
            ingest.fault = (.kill, call, false)
        }
        if ingest.isBetweenCalls { ingest.fault = nil }
        return ingest
    }
}
