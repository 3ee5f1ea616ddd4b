import Postgres
import TestKit
import Testing

@testable import Storage

/// What a first load leaves of the keys that it took away.
@Suite struct FirstLoadTests {
    /// The foreign keys that the server has not held against the rows before them.
    private static let unvalidated = """
        SELECT conrelid::regclass::text, quote_ident(conname) FROM pg_constraint
        WHERE contype = 'f' AND NOT convalidated AND connamespace = current_schema()::regnamespace
        """

    @Test func `its foreign keys hold for what is written later, and would hold for what was copied`() throws
    {
        try withDatabase { settings in
            try ingest(1, SyntheticCatalog(offerCount: 1_200).catalog, settings)
            var connection = try Connection.open(settings)
            let keys = try connection.query(Self.unvalidated)
            #expect(keys.count > 0)
            var error: PostgresError?
            do throws(PostgresError) {
                try connection.execute(
                    "UPDATE offers SET provider_id = 'nobody' WHERE model_id = (SELECT min(model_id) FROM offers)"
                )
            } catch let refusal { error = refusal }
            #expect(error?.sqlState == "23503")
            for row in 0..<keys.count {
                let (table, key) = (try keys.text(row, 0), try keys.text(row, 1))
                try connection.execute("ALTER TABLE \(table) VALIDATE CONSTRAINT \(key)")
            }
            #expect(try connection.query(Self.unvalidated).count == 0)
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
