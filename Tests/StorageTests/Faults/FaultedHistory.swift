import Postgres
import TestKit
import Testing

@testable import Storage

/// A database that goes from state 0 to state 7 and back, and what each state looks like when nothing breaks.
///
/// Every disturbed ingest is judged here: the database is as before, or as it is wanted; nothing else.
struct FaultedHistory {
    let direct: ConnectionSettings
    /// What readers see of each state.
    private var expected: [Int: [String]] = [:]
    private(set) var commitCount = 0
    /// Which state each commit brings.
    private var stateOfCommit: [String: Int] = [:]
    /// What was read last; nil once something may have changed.
    private var latest: TableContents?
    private(set) var state: Int

    /// Ingests both states, undisturbed, and ends with the first.
    init(_ direct: ConnectionSettings) throws {
        self.direct = direct
        state = 0
        var connection = try Connection.open(direct)
        try RegistryMigrations.runner.migrate(&connection)
        for state in [0, 7, 0] {
            try ingest(state, through: direct)
            expected[state] = try TableContents.read(&connection).visible
        }
        #expect(Set(expected.values).count == 2)
    }

    /// What readers see of a state.
    func isVisible(_ contents: TableContents, as state: Int) -> Bool { contents.visible == expected[state] }

    /// Whether readers see nothing before the first commit, and else what the commit that they see brought; no parts of
    /// two.
    func isWhole(_ contents: TableContents) -> Bool {
        guard let commit = contents.commit else { return contents.visible.isEmpty }
        return stateOfCommit[commit].flatMap { expected[$0] } == contents.visible
    }

    /// Ingests a state as a new commit. Throws what the ingest throws.
    mutating func ingest(_ state: Int, through settings: ConnectionSettings) throws {
        count(state)
        latest = nil
        _ = try Ingest.ofState(state, commit: commitCount, into: settings).run(RegistryStates.rows[state])
        self.state = state
    }

    /// How many bytes an undisturbed ingest sends or gets through a relay; afterwards the state is the one before.
    mutating func byteCount(
        _ direction: Weather.Direction, through settings: ConnectionSettings, _ relay: Relay
    ) throws -> Int {
        for _ in 0..<2 {
            relay.change(to: Weather())
            try ingest(next, through: settings)
        }
        return relay.passed(direction)
    }

    /// Makes the tables empty again.
    mutating func empty() throws {
        var connection = try Connection.open(direct)
        try Self.empty(&connection)
        latest = nil
    }

    /// Makes the tables of a database empty again; to delete a few rows is quicker than TRUNCATE, which makes new files.
    static func empty(_ connection: inout Connection) throws {
        let tables = ["registry_commits"] + Table.allCases.reversed().map(\.schema.name)
        try connection.execute(
            tables.map { "DELETE FROM \($0)" }.joined(separator: ";")
                + """
                ;UPDATE registry_state SET repository_id = NULL, commit_id = NULL, tree_id = NULL, generation = 0
                """)
    }

    /// Lets `disturbed` bring the other state in, as the commit that it is given, and looks at what became of it.
    ///
    /// - Parameter mustSucceed: the disturbance is one that an ingest outlives.
    mutating func disturb(
        _ label: String, mustSucceed: Bool, sourceLocation: SourceLocation = #_sourceLocation,
        _ disturbed: (_ commit: Int, _ state: Int) throws -> Void
    ) throws {
        let before = try begin()
        var failure: (any Error)?
        do { try disturbed(commitCount, next) } catch { failure = error }
        try judge(label, since: before, failure, mustSucceed: mustSucceed, sourceLocation: sourceLocation)
    }

    /// The state that the next disturbed ingest is for.
    var next: Int { 7 - state }

    /// Counts a commit.
    private mutating func count(_ state: Int) {
        commitCount += 1
        stateOfCommit["commit-\(commitCount)"] = state
    }

    /// Counts a commit that a disturbed ingest is about to bring in, and reads what there is before.
    mutating func begin() throws -> TableContents {
        count(next)
        return try latest ?? TableContents.read(direct)
    }

    /// Looks at what a disturbed ingest left, and makes good what it did not do.
    mutating func judge(
        _ label: String, since before: TableContents, _ failure: (any Error)?, mustSucceed: Bool,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let next = next
        let after = try settled(since: before)
        if after == before {
            #expect(failure != nil, "\(label): it says that it worked", sourceLocation: sourceLocation)
        } else {
            #expect(
                isVisible(after, as: next), "\(label): rows of neither state", sourceLocation: sourceLocation)
            #expect(
                after.generation == before.generation + 1 && after.commit == "commit-\(commitCount)",
                "\(label): generation \(before.generation) became \(after.generation)",
                sourceLocation: sourceLocation)
            state = next
        }
        if mustSucceed {
            #expect(
                failure == nil, "\(label): \(String(describing: failure))", sourceLocation: sourceLocation)
        }
        latest = after
        guard after == before else { return }
        // Whatever happened, the next run works.
        try ingest(next, through: direct)
        let finally = try TableContents.read(direct)
        #expect(isVisible(finally, as: next), "\(label): the next run", sourceLocation: sourceLocation)
        latest = finally
    }

    /// The contents once the disturbed session does nothing more: its COMMIT may have been under way when its client was lost.
    private func settled(since before: TableContents) throws -> TableContents {
        var connection = try Connection.open(direct)
        let sql = """
            SELECT count(*) FROM pg_stat_activity
            WHERE application_name LIKE $1 AND state <> 'idle' AND pid <> pg_backend_pid()
            """
        let name = "model-atlas ingest " + "commit-\(commitCount)".prefix(12) + "%"
        while true {
            let rows = try connection.query(sql, [.text(name)])
            if try rows.integer(0, 0) == 0 { return try TableContents.read(&connection) }
            try connection.execute("SELECT pg_sleep(0.002)")
        }
    }
}
