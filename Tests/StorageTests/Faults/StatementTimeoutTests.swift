import Postgres
import Synchronization
import TestKit
import Testing

@testable import Storage

/// F10: each statement of an ingest in turn takes longer than it may.
///
/// COMMIT is none of them: PostgreSQL ends the limit before it commits.
@Suite struct StatementTimeoutTests {
    private static let limitMilliseconds = 50

    /// A function that sleeps when it is called for the so-many-th time; a sequence counts, since it outlives what is
    /// rolled back.
    private static let trap = """
        CREATE SEQUENCE passed;
        CREATE TABLE target (number bigint NOT NULL);
        INSERT INTO target VALUES (0);
        CREATE FUNCTION pass() RETURNS void LANGUAGE plpgsql AS $$
        BEGIN
            IF nextval('passed') = (SELECT number FROM target) THEN PERFORM pg_sleep(60); END IF;
        END $$;
        """

    /// As a condition on every row, which counts each statement once.
    private static let condition = """
        CREATE FUNCTION passes() RETURNS boolean LANGUAGE plpgsql AS $$
        BEGIN
            IF current_setting('trap.seen', true) IS DISTINCT FROM statement_timestamp()::text THEN
                PERFORM set_config('trap.seen', statement_timestamp()::text, false);
                PERFORM pass();
            END IF;
            RETURN true;
        END $$;
        """

    /// Before every statement that writes to a table, and before every change of a key or index.
    private static let triggers = """
        CREATE FUNCTION pass_by() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pass(); RETURN NULL; END';
        CREATE FUNCTION pass_on() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pass(); END';
        """

    private static let tables =
        ["schema_migrations", "registry_state", "registry_commits"]
        + Table.allCases.map(\.schema.name)

    /// Has the statement of a number sleep, counted from now on.
    private func aim(at number: Int, _ owner: inout Connection) throws {
        try owner.execute("UPDATE target SET number = \(number); SELECT setval('passed', 1, false)")
    }

    /// How many statements there were since then.
    private func passed(_ owner: inout Connection) throws -> Int {
        try number(&owner, "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM passed")
    }

    /// Runs an ingest that must fail for the time it took, at once and for good.
    private func overrun(
        _ label: String, _ settings: ConnectionSettings,
        _ body: (ConnectionSettings, Ingest.Surroundings) throws -> Void
    ) throws {
        var hasty = settings
        hasty.statementTimeoutMilliseconds = Self.limitMilliseconds
        let counting = FaultPlan()
        hasty.faults = counting
        let pauses = Mutex(0)
        let surroundings = Ingest.Surroundings(
            microseconds: { 0 }, sleep: { _ in pauses.withLock { $0 += 1 } }, random: { _ in 0 })
        do {
            try body(hasty, surroundings)
        } catch let error as StorageError {
            #expect(error.code == .database && error.cause?.sqlState == "57014", "\(label): \(error)")
            #expect(error.description.contains("canceling statement due to statement timeout"), "\(error)")
            #expect(error.hint?.contains("raise statement_timeout") == true, "\(error)")
            #expect(!error.isTransient)
            #expect(pauses.withLock { $0 } == 0, "\(label): it paused, to try again")
            #expect(counting.calls.count { $0 == .connect } == 1, "\(label): it tried again")
            throw error
        }
    }

    /// What makes each row of each table have the condition for a role; it does not hold for the tables' owner.
    private static var watching: String {
        trap + condition
            + tables.map {
                """
                ALTER TABLE \($0) ENABLE ROW LEVEL SECURITY;
                CREATE POLICY passing ON \($0) USING (passes());

                """
            }.joined()
            + "GRANT ALL ON ALL TABLES IN SCHEMA {schema} TO {role}; GRANT ALL ON SEQUENCE passed TO {role}"
    }

    @Test func `whichever statement of an ingest takes too long, it ends at once, with the state before`()
        throws
    {
        try ScratchDatabase.withSchema { settings in
            var history = try FaultedHistory(settings)
            var owner = try Connection.open(settings)
            try withRole(Self.watching, in: settings) { watched, _ in
                // There and back, undisturbed: how many statements there are.
                var counts: [Int: Int] = [:]
                for _ in 0..<2 {
                    try aim(at: 0, &owner)
                    let next = history.next
                    try history.ingest(next, through: watched)
                    counts[next] = try passed(&owner)
                }
                #expect(counts.values.allSatisfy { $0 > 20 }, "\(counts)")
                for number in 1...(counts.values.max() ?? 0) {
                    for _ in 0..<2 {
                        let next = history.next
                        guard number <= counts[next] ?? 0 else {
                            try history.ingest(next, through: settings)
                            continue
                        }
                        let label = "statement \(number) on the way to \(next)"
                        try aim(at: number, &owner)
                        let before = try TableContents.read(settings)
                        var hasFailed = false
                        try history.disturb(label, mustSucceed: false) { commit, state in
                            defer { hasFailed = (try? TableContents.read(settings)) == before }
                            try overrun(label, watched) { hasty, surroundings in
                                _ = try Ingest(
                                    RegistryStates.commit(commit, state: state), into: hasty, surroundings
                                ).run(RegistryStates.rows[state])
                                Issue.record("\(label) took its time")
                            }
                        }
                        #expect(hasFailed, "\(label)")
                    }
                }
            }
        }
    }

    @Test func `whichever statement of a first load takes too long, nothing is there, and all keys are`()
        throws
    {
        try ScratchDatabase.withDatabase("slow_first_load") { url in
            let settings = ConnectionSettings(url: url)
            var owner = try Connection.open(settings)
            try RegistryMigrations.runner.migrate(&owner)
            try owner.execute(
                Self.trap + Self.triggers
                    + Self.tables.map {
                        """
                        CREATE TRIGGER passing BEFORE INSERT OR UPDATE ON \($0)
                            FOR EACH STATEMENT EXECUTE FUNCTION pass_by();

                        """
                    }.joined()
                        + """
                        CREATE EVENT TRIGGER passing ON ddl_command_start
                            WHEN TAG IN ('ALTER TABLE', 'CREATE INDEX', 'DROP INDEX') EXECUTE FUNCTION pass_on()
                        """)
            // So many that foreign keys are taken away and made anew.
            let rows = try CatalogRows(SyntheticCatalog(offerCount: 120).catalog)
            let keys = try SchemaTests.attachments(&owner)
            try aim(at: 0, &owner)
            _ = try Ingest(.example(1), into: settings, .quiet).run(rows)
            let count = try passed(&owner)
            #expect(count > 20)
            for number in 1...count {
                try empty(&owner)
                let before = try TableContents.read(&owner)
                try aim(at: number, &owner)
                let error = failure {
                    try overrun("statement \(number)", settings) { hasty, surroundings in
                        _ = try Ingest(.example(1), into: hasty, surroundings).run(rows)
                    }
                }
                #expect(error != nil, "statement \(number)")
                #expect(try TableContents.read(&owner) == before, "statement \(number)")
                #expect(try SchemaTests.attachments(&owner) == keys, "statement \(number)")
            }
            try aim(at: 0, &owner)
            _ = try Ingest(.example(1), into: settings, .quiet).run(rows)
            #expect(try Verification.run(rows, in: settings).differences.isEmpty)
        }
    }
}
