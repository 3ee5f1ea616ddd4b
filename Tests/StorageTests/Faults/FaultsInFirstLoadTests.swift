import Postgres
import TestKit
import Testing

@testable import Storage

/// F1 within a first load: the session ends before each command that takes a key or index away or makes it again.
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
        SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace
        UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1
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
            #expect(struck >= 24)
        }
    }

    private func texts(_ sql: String, _ connection: inout Connection) throws -> [String] {
        let rows = try connection.query(sql)
        return try (0..<rows.count).map { try rows.text($0, 0) }
    }
}
