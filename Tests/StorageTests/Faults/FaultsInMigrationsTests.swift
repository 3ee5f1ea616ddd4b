import Dispatch
import Postgres
import Synchronization
import TestKit
import Testing

@testable import Storage

/// F16: migrations that end in the middle, that come together, and that meet an ingest.
@Suite struct FaultsInMigrationsTests {
    @Test func `a migration broken off is taken up, and two at once make one`() throws {
        try ScratchDatabase.withSchema { settings in
            var call = 0
            while true {
                call += 1
                var owner = try Connection.open(settings)
                let schema = settings.searchPath?.first ?? ""
                try owner.execute("DROP SCHEMA \(schema) CASCADE; CREATE SCHEMA \(schema)")
                var broken = settings
                broken.faults = FaultPlan(.reset, atCall: call * 15)
                if var connection = try? Connection.open(broken) {
                    _ = try? RegistryMigrations.runner.migrate(&connection)
                }
                let failures = Mutex(0)
                DispatchQueue.concurrentPerform(iterations: 2) { _ in
                    do {
                        var connection = try Connection.open(settings)
                        try RegistryMigrations.runner.migrate(&connection)
                    } catch { failures.withLock { $0 += 1 } }
                }
                #expect(failures.withLock { $0 } == 0, "call \(call * 15)")
                try RegistryMigrations.runner.requireCurrent(&owner)
                guard broken.faults?.hasStruck == true else { break }
            }
            #expect(call > 4)
        }
    }

    // MARK: - Killed

    /// All that migrations make in a schema: columns, keys, indexes, and which migrations were applied.
    private static func shape(_ connection: inout Connection) throws -> [String] {
        let rows = try connection.query(
            """
            SELECT concat_ws(' ', class.oid::regclass, attnum, attname, atttypid::regtype, attnotnull,
                pg_get_expr(adbin, adrelid))
            FROM pg_class AS class JOIN pg_attribute ON attrelid = class.oid AND attnum > 0
            LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
            WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r' ORDER BY 1
            """)
        var shape = try (0..<rows.count).map { try rows.text($0, 0) }
        shape += try SchemaTests.attachments(&connection)
        return shape
    }

    /// How many migrations the database says were applied.
    private static func appliedCount(_ connection: inout Connection) throws -> Int {
        try RegistryMigrations.runner.status(&connection).count { status in
            if case .applied = status.state { true } else { false }
        }
    }

    /// Kills a migrator at every call of each migration, as by `kill -9`: once one is in, the calls are counted from one
    /// again for the next. How many were killed.
    private static func killAtEveryCall(_ settings: ConnectionSettings) throws -> Int {
        var connection = try Connection.open(settings)
        var (applied, killed, call) = (0, 0, 0)
        var before = try shape(&connection)
        while true {
            call += 1
            let status = ForkedProcess.run {
                var settings = settings
                settings.applicationName = "killed migrator"
                settings.faults = FaultPlan(.kill, atCall: call)
                var connection = try Connection.open(settings)
                try RegistryMigrations.runner.migrate(&connection)
            }
            let label = "killed at call \(call) of migration \(applied + 1)"
            guard status == ForkedProcess.killed else {
                #expect(status == 0, "\(label)")
                try RegistryMigrations.runner.requireCurrent(&connection)
                return killed
            }
            killed += 1
            // Its COMMIT may have been under way; and whatever it held goes with its session.
            let sessions = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'killed migrator'"
            while try number(&connection, sessions) > 0 { try connection.execute("SELECT pg_sleep(0.002)") }
            let locks = "SELECT count(*) FROM pg_locks WHERE relation = to_regclass('schema_migration_lock')"
            #expect(try number(&connection, locks) == 0, "\(label)")
            let (now, after) = (try appliedCount(&connection), try shape(&connection))
            #expect(now == applied || now == applied + 1, "\(label): \(now) are applied")
            // What is not in has left nothing but, at first, the two tables of the migrations themselves.
            if now == applied, applied > 0 { #expect(after == before, "\(label)") }
            if now > applied { (applied, call) = (now, 0) }
            before = after
        }
    }

    @Test func `a migrator killed at any call of any migration leaves it whole or undone, and no lock`()
        async throws
    {
        let settings = try ScratchDatabase.makeSchema()
        defer { ScratchDatabase.dropSchema(of: settings) }
        let url = try ScratchDatabase.serverURL()
        let schema = settings.searchPath?.first ?? ""
        await #expect(processExitsWith: .success) { [url = url as String, schema = schema as String] in
            var settings = ConnectionSettings(url: url)
            settings.searchPath = [schema]
            settings.lockTimeoutMilliseconds = 5_000
            let killed = try FaultsInMigrationsTests.killAtEveryCall(settings)
            #expect(killed > 100)
            var connection = try Connection.open(settings)
            let shape = try FaultsInMigrationsTests.shape(&connection)
            try connection.execute("DROP SCHEMA \(schema) CASCADE; CREATE SCHEMA \(schema)")
            try RegistryMigrations.runner.migrate(&connection)
            #expect(try FaultsInMigrationsTests.shape(&connection) == shape)
        }
    }

    // MARK: - Beside an ingest

    /// A migration of a program to come, and how it is undone.
    struct Later: Sendable, CustomTestStringConvertible {
        let sql: String
        let undo: String
        var testDescription: String { sql }

        var runner: MigrationRunner {
            MigrationRunner(RegistryMigrations.all + [Migration(version: 1_000, name: "later", sql: sql)])
        }

        func takeBack(_ connection: inout Connection) throws {
            guard try number(&connection, "SELECT max(version) FROM schema_migrations") == 1_000 else {
                return
            }
            try connection.execute("\(undo); DELETE FROM schema_migrations WHERE version = 1000")
        }

        /// As the registry's migrations are: programs before it go on working.
        static let adding = Later(
            sql: "ALTER TABLE offers ADD COLUMN later text", undo: "ALTER TABLE offers DROP COLUMN later")
        /// As they must not be.
        static let renaming = Later(
            sql: "ALTER TABLE models RENAME COLUMN family TO clan",
            undo: "ALTER TABLE models RENAME COLUMN clan TO family")
    }

    private static func impatient(_ settings: ConnectionSettings) -> ConnectionSettings {
        var settings = settings
        settings.lockTimeoutMilliseconds = 20
        return settings
    }

    /// Holds an ingest's error against what it may say when a migration is there, or under way.
    private func expectWords(_ error: StorageError, _ label: String) {
        switch (error.code, error.cause?.sqlState) {
        case (.schema, _):
            #expect(error.hint == "use the newer program that applied it", "\(label): \(error)")
        default:
            #expect(error.cause?.sqlState == "55P03", "\(label): \(error)")
            #expect(error.message.contains("holds the lock for too long"), "\(label): \(error)")
        }
    }

    /// The one that does harm comes before every call, the other before some.
    @Test(arguments: [(Later.renaming, 1), (.adding, 9)])
    func `an ingest that a migration meets at any call is done, or refused, and never half of each`(
        later: Later, step: Int
    ) throws {
        try ScratchDatabase.withSchema { settings in
            var history = try FaultedHistory(settings)
            var owner = try Connection.open(settings)
            let impatient = Self.impatient(settings)
            var (call, done, refused) = (1 - step, 0, 0)
            while true {
                call += step
                var disturbed = settings
                let plan = FaultPlan(
                    .after {
                        guard var connection = try? Connection.open(impatient) else { return }
                        _ = try? later.runner.migrate(&connection)
                    }, atCall: call)
                disturbed.faults = plan
                let label = "a migration before call \(call)"
                try history.disturb(label, mustSucceed: false) { commit, state in
                    defer { #expect(throws: Never.self) { try later.takeBack(&owner) } }
                    do {
                        _ = try Ingest.ofState(state, commit: commit, into: disturbed).run(
                            RegistryStates.rows[state])
                        done += 1
                    } catch let error as StorageError {
                        refused += 1
                        expectWords(error, label)
                        throw error
                    }
                }
                guard plan.hasStruck else { break }
            }
            #expect(done > 5 && refused > 0, "\(done) done, \(refused) refused")
        }
    }

    @Test func `an ingest at any call of a migration is done, or refused, and the migration ends well`()
        throws
    {
        let later = Later.adding
        try ScratchDatabase.withSchema { settings in
            var history = try FaultedHistory(settings)
            var owner = try Connection.open(settings)
            let impatient = Self.impatient(settings)
            var call = 0
            var (done, refusals) = (0, Set<String>())
            while true {
                call += 1
                let label = "an ingest before call \(call) of a migration"
                var plan = FaultPlan()
                try history.disturb(label, mustSucceed: false) { commit, state in
                    let outcome = Mutex<StorageError?>(nil)
                    plan = FaultPlan(
                        .after {
                            do {
                                _ = try Ingest.ofState(state, commit: commit, into: impatient).run(
                                    RegistryStates.rows[state])
                            } catch {
                                outcome.withLock { $0 = error as? StorageError }
                            }
                        }, atCall: call)
                    var migrating = settings
                    migrating.faults = plan
                    var connection = try Connection.open(migrating)
                    let applied = try later.runner.migrate(&connection)
                    #expect(applied.map(\.version) == [1_000], "\(label)")
                    try later.takeBack(&owner)
                    guard plan.hasStruck else {
                        // The last: no ingest was there to be disturbed.
                        _ = try Ingest.ofState(state, commit: commit, into: settings).run(
                            RegistryStates.rows[state])
                        return
                    }
                    if let error = outcome.withLock({ $0 }) {
                        expectWords(error, label)
                        refusals.insert(error.code.rawValue)
                        throw error
                    }
                    done += 1
                }
                guard plan.hasStruck else { break }
            }
            #expect(done > 5 && refusals == ["schema", "database"], "\(done) done, refused: \(refusals)")
        }
    }
}
