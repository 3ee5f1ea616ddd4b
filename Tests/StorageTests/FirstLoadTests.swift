import Postgres
import TestKit
import Testing

@testable import Storage

/// What a first load leaves of the keys that it took away.
@Suite struct FirstLoadTests {
    /// The foreign keys, what they say, and how to take them away.
    private static let foreignKeys = """
        SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
        WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY 1, 2
        """

    /// Every key and index with its number, which another of the same words would not have.
    private static let numbers = """
        SELECT string_agg(oid::text, ' ' ORDER BY oid) FROM (
            SELECT oid FROM pg_constraint WHERE connamespace = current_schema()::regnamespace
            UNION ALL SELECT oid FROM pg_class WHERE relnamespace = current_schema()::regnamespace) AS all_of_them
        """

    /// Holds every reference against what it refers to, and expects that none can be broken from now on.
    private func expectReferencesHold(_ connection: inout Connection) throws {
        let keys = try connection.query(Self.foreignKeys)
        #expect(keys.count > 30)
        for row in 0..<keys.count {
            let (table, key, words) = (try keys.text(row, 0), try keys.text(row, 1), try keys.text(row, 2))
            try connection.execute(
                """
                ALTER TABLE \(table) DROP CONSTRAINT \(key);
                ALTER TABLE \(table) ADD CONSTRAINT \(key) \(words.replacing(" NOT VALID", with: ""))
                """)
        }
    }

    private func refusal(_ sql: String, _ connection: inout Connection) -> String? {
        do throws(PostgresError) { try connection.execute(sql) } catch { return error.sqlState }
        return nil
    }

    private static let dangling =
        "UPDATE offers SET provider_id = 'nobody' WHERE model_id = (SELECT min(model_id) FROM offers)"

    @Test func `of few rows a superuser's changes no table, and all references hold`() throws {
        try withDatabase { settings in
            var connection = try Connection.open(settings)
            let before = try connection.query(Self.numbers).text(0, 0)
            try ingest(1, SyntheticCatalog(offerCount: 500).catalog, settings)
            #expect(try connection.query(Self.numbers).text(0, 0) == before)
            #expect(refusal(Self.dangling, &connection) == "23503")
            try expectReferencesHold(&connection)
        }
    }

    @Test func `an owner's foreign keys come back, and hold what was copied`() throws {
        try withDatabase { settings in
            try withRole(ownership, in: settings) { asRole, _ in
                try ingest(1, SyntheticCatalog(offerCount: 2_050).catalog, asRole)
            }
            var connection = try Connection.open(settings)
            let unvalidated = "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND NOT convalidated"
            #expect(try number(&connection, unvalidated) > 8)
            #expect(refusal(Self.dangling, &connection) == "23503")
            try expectReferencesHold(&connection)
        }
    }

    @Test func `a role that owns nothing copies as it is`() throws {
        try withDatabase { settings in
            var connection = try Connection.open(settings)
            let before = try connection.query(Self.numbers).text(0, 0)
            let synthetic = SyntheticCatalog(offerCount: 150)
            try withRole("GRANT ALL ON ALL TABLES IN SCHEMA {schema} TO {role}", in: settings) { asRole, _ in
                try ingest(1, synthetic.catalog, asRole)
            }
            #expect(try connection.query(Self.numbers).text(0, 0) == before)
            #expect(try Verification.run(CatalogRows(synthetic.catalog), in: settings).differences.isEmpty)
        }
    }

    @Test func `somebody's own trigger sees every row that a superuser copies`() throws {
        try withDatabase { settings in
            var connection = try Connection.open(settings)
            try connection.execute(
                """
                CREATE TABLE audit (model_id text);
                CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN INSERT INTO audit VALUES (NEW.model_id); RETURN NULL; END $$;
                CREATE TRIGGER note AFTER INSERT ON offers FOR EACH ROW EXECUTE FUNCTION note()
                """)
            try ingest(1, SyntheticCatalog(offerCount: 120).catalog, settings)
            #expect(try number(&connection, "SELECT count(*) FROM audit") == 120)
        }
    }

    @Test func `a reader is never ended by it`() throws {
        let rows = try CatalogRows(SyntheticCatalog(offerCount: 2_050).catalog)
        try withDatabase { settings in
            var connection = try Connection.open(settings)
            for _ in 1...8 {
                try empty(&connection)
                let reader = SteadyReader(settings)
                reader.lookAgain()
                _ = try Ingest(.example(1), into: settings, .quiet).run(rows)
                #expect(reader.stop().sqlStates == [])
            }
        }
    }

    /// F16: what CREATE INDEX CONCURRENTLY leaves when it fails is an index like others here, and made whole.
    @Test func `an invalid index does not stop it, nor what comes after`() throws {
        try withDatabase { settings in
            var connection = try Connection.open(settings)
            var synthetic = SyntheticCatalog(offerCount: 2_050)
            try ingest(1, synthetic.catalog, settings)
            _ = try? connection.execute("CREATE UNIQUE INDEX CONCURRENTLY broken ON offers (mode)")
            let invalid =
                "SELECT count(*) FROM pg_index WHERE indrelid = 'offers'::regclass AND NOT indisvalid"
            #expect(try number(&connection, invalid) == 1)
            synthetic.change(each: 50)
            try ingest(2, synthetic.catalog, settings)
            #expect(try Verification.run(CatalogRows(synthetic.catalog), in: settings).differences.isEmpty)
            try connection.execute("DROP INDEX broken; CREATE INDEX broken ON offers (mode)")
            try connection.execute(
                "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'broken'::regclass")
            try empty(&connection)
            try ingest(1, synthetic.catalog, settings)
            #expect(try number(&connection, invalid) == 0)
        }
    }

    @Test func `a table of somebody else's may refer to ours`() throws {
        try withDatabase { settings in
            var connection = try Connection.open(settings)
            try connection.execute(
                """
                CREATE TABLE favourites (
                    model_id text, provider_id text, provider_model_id text,
                    FOREIGN KEY (model_id, provider_id, provider_model_id) REFERENCES offers
                )
                """)
            let synthetic = SyntheticCatalog(offerCount: 2_050)
            try ingest(1, synthetic.catalog, settings)
            let theirs = try number(
                &connection,
                """
                SELECT count(*) FROM pg_constraint
                WHERE conrelid = 'favourites'::regclass AND contype = 'f' AND convalidated
                """)
            #expect(theirs == 1)
            #expect(try Verification.run(CatalogRows(synthetic.catalog), in: settings).differences.isEmpty)
        }
    }
}
