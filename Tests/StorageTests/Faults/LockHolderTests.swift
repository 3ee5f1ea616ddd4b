import Postgres
import TestKit
import Testing

@testable import Storage

/// F9: of the session that holds a lock for too long, the ingest that gives up says as much as it may know.
@Suite struct LockHolderTests {
    private static let catalog = SyntheticCatalog(offerCount: 12).catalog

    /// The error of an ingest that waits for 20 ms a few times.
    private func refusal(_ settings: ConnectionSettings) throws -> StorageError {
        var settings = settings
        settings.lockTimeoutMilliseconds = 20
        return try #require(failure { try ingest(1, Self.catalog, settings) })
    }

    @Test func `the holder is named, not those who wait for it, nor readers`() throws {
        try withDatabase { settings in
            var named = settings
            named.applicationName = "a silent one"
            var reader = try Connection.open(settings)
            try reader.execute("BEGIN; SELECT * FROM models")
            var holder = try Connection.open(named)
            try holder.execute("BEGIN; SELECT * FROM registry_state FOR UPDATE")
            let error = try refusal(settings)
            #expect(error.cause?.sqlState == "55P03")
            let process = holder.serverProcess
            #expect(
                error.message.hasPrefix(
                    "the session of process \(process) (\"a silent one\"), which began a transaction "))
            #expect(
                error.hint == "when it fell silent, end it: `select pg_terminate_backend(\(process))`")
            // What it says to do helps.
            try reader.query("SELECT pg_terminate_backend($1::integer)", [.integer(process)])
            try ingest(1, Self.catalog, settings)
        }
    }

    @Test func `a role that may not know how long still names it, and control characters are made visible`()
        throws
    {
        try withDatabase { settings in
            try withRole("GRANT ALL ON ALL TABLES IN SCHEMA {schema} TO {role}", in: settings) { waiter, _ in
                var holder = try Connection.open(settings)
                try holder.execute(
                    "SET application_name = E'a\\nb\\x1b[2J'; BEGIN; SELECT * FROM registry_state FOR UPDATE")
                let error = try refusal(waiter)
                #expect(error.message.hasPrefix("the session of process \(holder.serverProcess) (\"a"))
                #expect(error.message.contains("\"), which holds the lock for too long: "))
                #expect(error.description.unicodeScalars.allSatisfy { $0.value >= 0x20 })
            }
        }
    }

    /// The lists are PostgreSQL's own; where they cannot be read the error is the one without a name.
    @Test func `without the lists the error stays as it was`() throws {
        try withDatabase { settings in
            var holder = try Connection.open(settings)
            try holder.execute("CREATE VIEW pg_locks AS SELECT 1 AS nothing")
            try holder.execute("BEGIN; SELECT * FROM registry_state FOR UPDATE")
            var misled = settings
            misled.searchPath = (settings.searchPath ?? []) + ["pg_catalog"]
            let error = try refusal(misled)
            #expect(error.message.hasPrefix("another session holds the lock for too long"))
            #expect(error.hint?.contains("pg_stat_activity") == true)
        }
    }
}
