import Dispatch
import Postgres
import Synchronization
import TestKit
import Testing

@Suite struct MigrationTests {
    private static let first = Migration(
        version: 1, name: "models", sql: "CREATE TABLE m (a text PRIMARY KEY); INSERT INTO m VALUES ('x')")
    private static let second = Migration(
        version: 3, name: "prices", sql: "ALTER TABLE m ADD COLUMN b numeric")
    private static let third = Migration(version: 4, name: "limits", sql: "ALTER TABLE m ADD COLUMN c bigint")

    private func versions(_ migrations: [Migration]) -> [Int] { migrations.map(\.version) }

    @Test func `each is applied once, in order`() throws {
        try ScratchDatabase.withSchema { settings in
            var connection = try Connection.open(settings)
            let start = try MigrationRunner([Self.first, Self.second]).migrate(&connection)
            #expect(versions(start) == [1, 3])
            let again = try MigrationRunner([Self.first, Self.second]).migrate(&connection)
            #expect(again == [])
            let more = try MigrationRunner([Self.first, Self.second, Self.third]).migrate(&connection)
            #expect(versions(more) == [4])
            let rows = try number(&connection, "SELECT count(*) FROM m WHERE b IS NULL AND c IS NULL")
            #expect(rows == 1)
        }
    }

    @Test func `the status tells applied, pending, changed and unknown`() throws {
        try ScratchDatabase.withSchema { settings in
            var connection = try Connection.open(settings)
            let before = try MigrationRunner([Self.first]).status(&connection)
            #expect(before.map(\.state) == [.pending])
            let tables = try number(
                &connection, "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()")
            #expect(tables == 0)
            try MigrationRunner([Self.first, Self.second]).migrate(&connection)
            let edited = Migration(version: 1, name: "models", sql: Self.first.sql + " ")
            let status = try MigrationRunner([edited, Self.third]).status(&connection)
            #expect(status.map(\.version) == [1, 3, 4])
            #expect(status.map(\.name) == ["models", "prices", "limits"])
            let words = status.map { "\($0.state)".prefix { $0 != "(" } }
            #expect(words == ["changed", "unknown", "pending"])
        }
    }

    @Test func `what does not fit is refused, and nothing changes`() throws {
        try ScratchDatabase.withSchema { settings in
            var connection = try Connection.open(settings)
            try MigrationRunner([Self.first, Self.second]).migrate(&connection)
            let edited = Migration(version: 1, name: "models", sql: Self.first.sql + ";")
            let late = Migration(version: 2, name: "late", sql: "CREATE TABLE late (a bigint PRIMARY KEY)")
            let cases = [
                (
                    [edited, Self.second, Self.third],
                    "migration 1 \"models\" was changed after it was applied"
                ),
                (
                    [Self.first, Self.third],
                    "the database has migration 3 \"prices\", which this program does not know"
                ),
                (
                    [Self.first, late, Self.second],
                    "migration 2 \"late\" is new and older than 3, which is applied"
                ),
            ]
            for (migrations, message) in cases {
                for error in [
                    failure { try MigrationRunner(migrations).migrate(&connection) },
                    failure { try MigrationRunner(migrations).requireCurrent(&connection) },
                ] {
                    #expect(error?.code == .migration)
                    #expect(error?.message == message)
                    #expect(error?.hint != nil)
                }
            }
            try MigrationRunner([Self.first, Self.second]).requireCurrent(&connection)
            let behind = failure {
                try MigrationRunner([Self.first, Self.second, Self.third]).requireCurrent(&connection)
            }
            #expect(behind?.message == "the database lacks migration 4 \"limits\"")
            let applied = try number(&connection, "SELECT max(version) FROM schema_migrations")
            #expect(applied == 3)
        }
    }

    @Test(arguments: ["SELECT 1 / 0", "COMMIT", "ROLLBACK", "INSERT INTO m VALUES ('x')"])
    func `a migration that fails leaves the ones before it`(sql: String) throws {
        try ScratchDatabase.withSchema { settings in
            var connection = try Connection.open(settings)
            let bad = Migration(version: 2, name: "bad", sql: "INSERT INTO m VALUES ('y'); " + sql)
            let error = failure { try MigrationRunner([Self.first, bad, Self.second]).migrate(&connection) }
            #expect(error?.description.contains("migration 2 \"bad\"") == true)
            let applied = try number(&connection, "SELECT count(*) FROM schema_migrations")
            #expect(applied == 1)
        }
    }

    @Test func `several at once apply each migration once`() throws {
        try ScratchDatabase.withSchema { settings in
            let migrations = [Self.first, Self.second, Self.third]
            let applied = Mutex<[Int]>([])
            DispatchQueue.concurrentPerform(iterations: 4) { _ in
                do {
                    var connection = try Connection.open(settings)
                    let done = try MigrationRunner(migrations).migrate(&connection)
                    applied.withLock { $0 += done.map(\.version) }
                } catch {
                    Issue.record(error)
                }
            }
            #expect(applied.withLock { $0.sorted() } == [1, 3, 4])
        }
    }

    @Test func `one that is cut off at any call leaves no lock behind`() throws {
        try ScratchDatabase.withSchema { settings in
            let runner = MigrationRunner([Self.first, Self.second])
            var place = 1
            while true {
                var broken = settings
                let plan = FaultPlan(.reset, atCall: place)
                broken.faults = plan
                broken.applicationName = "cut \(settings.searchPath ?? []) \(place)"
                do {
                    var connection = try Connection.open(broken)
                    try runner.migrate(&connection)
                } catch let error as PostgresError {
                    #expect(error.code == .connection || error.code == .unknownOutcome)
                }
                guard plan.hasStruck else { break }
                place += 1
                var next = settings
                next.lockTimeoutMilliseconds = 5_000
                var connection = try Connection.open(next)
                try waitForEnd(of: broken.applicationName, &connection)
                try runner.migrate(&connection)
                try connection.execute("DROP TABLE m, schema_migrations, schema_migration_lock")
            }
            #expect(place > 20)
        }
    }
}
