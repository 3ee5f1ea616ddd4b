import Entities
import Postgres
import TestKit
import Testing

@testable import Storage

/// F1 within a first load: at every call, and before each command that takes a key or index away or makes it again.
@Suite struct FaultsInFirstLoadTests {
    /// Ends the session before the so-many-th change of a key or index. A sequence counts them, since it outlives what
    /// is rolled back.
    private static let trap = """
        CREATE SEQUENCE changes;
        CREATE TABLE target (number bigint NOT NULL);
        INSERT INTO target VALUES (0);
        CREATE FUNCTION strike() RETURNS event_trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF nextval('changes') = (SELECT number FROM target) THEN
                PERFORM pg_terminate_backend(pg_backend_pid());
            END IF;
        END $$;
        CREATE EVENT TRIGGER strike ON ddl_command_start
            WHEN TAG IN ('ALTER TABLE', 'CREATE INDEX', 'DROP INDEX') EXECUTE FUNCTION strike();
        """

    /// All keys and indexes of the registry's tables, as the server spells them.
    private static let attachments = """
        SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = current_schema()::regnamespace
        UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema() ORDER BY 1
        """

    @Test func `a session that ends at any change of a key leaves all keys and all rows`() throws {
        try ScratchDatabase.withDatabase("first_load_faults") { url in
            let settings = ConnectionSettings(url: url)
            var connection = try Connection.open(settings)
            try RegistryMigrations.runner.migrate(&connection)
            try connection.execute(Self.trap)
            // So many that the indexes of the offers are made anew too.
            let rows = try CatalogRows(SyntheticCatalog(offerCount: 2_050).catalog)
            _ = try Ingest(.example(1), into: settings, .quiet).run(rows)
            let wanted = try contents(&connection)
            let keys = try texts(Self.attachments, &connection)
            var struck = 0
            while true {
                try empty(&connection)
                try connection.execute(
                    "UPDATE target SET number = \(struck + 1); SELECT setval('changes', 1, false)")
                // The first attempt is lost with its session, and the next one finds an empty database.
                _ = try Ingest(.example(1), into: settings, .quiet).run(rows)
                #expect(try contents(&connection) == wanted)
                #expect(try texts(Self.attachments, &connection) == keys)
                guard try number(&connection, "SELECT last_value FROM changes") > struck + 1 else { break }
                struck += 1
            }
            #expect(struck >= 16)
        }
    }

    /// How a call breaks.
    enum Break: CaseIterable {
        case refused, reset
        /// For longer than the server lets a session be idle in a transaction.
        case late

        func plan(_ call: Int) -> FaultPlan {
            switch self {
            case .refused: FaultPlan(.refuse, atCall: call)
            case .reset: FaultPlan(.reset, atCall: call)
            case .late: FaultPlan(.delay(milliseconds: 40), atCall: call)
            }
        }
    }

    /// Rows of few tables, since each has its calls, and so many that their foreign keys are taken away.
    private static func referringRows() throws -> CatalogRows {
        let accelerators = (1...100).map { number in
            var accelerator = EntityTemplates.accelerator
            accelerator.id = Accelerator.ID("vendor-\(number)")
            return Entity.accelerator(accelerator)
        }
        return try CatalogRows(Catalog(accelerators))
    }

    /// Only to be late is not outlived at every call: the server has ended the session, and says so.
    @Test(arguments: Break.allCases)
    func `a call that breaks anywhere leaves all keys, and all rows or none`(kind: Break) throws {
        let rows = try Self.referringRows()
        // A superuser leaves the foreign keys where they are.
        try withDatabase { owner in
            try withRole(ownership, in: owner) { settings, _ in
                var connection = try Connection.open(owner)
                _ = try Ingest(.example(1), into: settings, .quiet).run(rows)
                let wanted = try TableContents.read(&connection).visible
                let keys = try texts(Self.attachments, &connection)
                // Those that were taken away have come back so.
                #expect(keys.count { $0.hasPrefix("FOREIGN KEY") && $0.hasSuffix("NOT VALID") } > 3)
                var (call, refused) = (0, 0)
                var isOver = false
                while !isOver {
                    call += 1
                    try FaultedHistory.empty(&connection)
                    var broken = settings
                    let faults = kind.plan(call)
                    broken.faults = faults
                    if kind == .late { broken.idleInTransactionTimeoutMilliseconds = 15 }
                    var failure: StorageError?
                    do throws(StorageError) {
                        _ = try Ingest(.example(1), into: broken, .quiet).run(rows)
                        isOver = !faults.hasStruck
                    } catch { failure = error }
                    // Waits for a session that has lost its client and is at work still.
                    try connection.execute("SELECT 1 FROM registry_state FOR UPDATE")
                    let left = try TableContents.read(&connection)
                    let isRight = left.visible == wanted || (failure != nil && left.all.isEmpty)
                    #expect(isRight, "call \(call)")
                    #expect(try texts(Self.attachments, &connection) == keys, "call \(call)")
                    guard let failure else { continue }
                    try #require(
                        kind == .late && failure.cause?.sqlState == "25P03", "call \(call): \(failure)")
                    refused += 1
                    _ = try Ingest(.example(1), into: settings, .quiet).run(rows)
                    #expect(try TableContents.read(&connection).visible == wanted, "call \(call)")
                }
                print("a first load, \(kind) at one of \(call) calls: refused \(refused) times")
                #expect(call > 40)
                #expect((refused > 0) == (kind == .late))
            }
        }
    }

    private func texts(_ sql: String, _ connection: inout Connection) throws -> [String] {
        let rows = try connection.query(sql)
        return try (0..<rows.count).map { try rows.text($0, 0) }
    }
}
