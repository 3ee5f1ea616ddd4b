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
}
