import Postgres
import TestKit
import Testing

@testable import Storage

/// F11 beside a full disk: a server that lends no temporary files, and little memory.
@Suite struct FewResourcesTests {
    /// Whether a statement needs such a file is the planner's choice, which goes by what it knows of the tables.
    @Test func `what needs a temporary file that is not to be had says so and writes nothing`() throws {
        try withDatabase { ample in
            var scarce = ConnectionSettings(
                url: try ScratchDatabase.serverURL()
                    + "&options=-c%20temp_file_limit%3D0%20-c%20work_mem%3D64kB")
            scarce.searchPath = ample.searchPath
            var connection = try Connection.open(ample)
            var synthetic = SyntheticCatalog(offerCount: 2_000)
            for number in 1...2 {
                let before = try RegistryState.read(&connection)
                do {
                    try ingest(number, synthetic.catalog, scarce)
                } catch let error as StorageError {
                    #expect(error.description.contains("temp_file_limit"))
                    #expect(try RegistryState.read(&connection) == before)
                    try ingest(number, synthetic.catalog, ample)
                }
                synthetic.change(each: 10)
            }
            let refusal = failure {
                var connection = try Connection.open(scarce)
                // Rows of three tables put together: these do not fit, whatever the plan.
                try connection.execute(
                    """
                    SET enable_nestloop = off; SET enable_mergejoin = off;
                    ANALYZE offers, price_periods, price_rates
                    """)
                _ = try Verification.run(try CatalogRows(synthetic.catalog), &connection)
            }
            #expect(refusal?.description.contains("temp_file_limit") == true)
        }
    }
}
