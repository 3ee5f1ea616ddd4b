import Entities
import Postgres
import TestKit
import Testing

@testable import Storage

/// F11: a disk that is really full, under the tables and under the log. Left out where no small disk can be made.
@Suite(.enabled(if: SmallDisk.isPossible, Comment(rawValue: SmallDisk.reason))) struct FullDiskTests {
    private static let small = SyntheticCatalog(offerCount: 240).catalog
    private static let large = SyntheticCatalog(offerCount: 1_200).catalog

    /// A disk with the registry's tables on it, nothing in them.
    private func withTables(
        _ body: (SmallDisk, ConnectionSettings) throws -> Void
    ) throws {
        try SmallDisk.with(megabytes: 32) { disk in
            try ScratchDatabase.withSchema { plain in
                let name = "small_\(plain.searchPath?.first ?? "")"
                var owner = try Connection.open(plain)
                try owner.execute("CREATE TABLESPACE \(name) LOCATION '\(disk.folder)'")
                defer {
                    // It goes when nothing is left on it.
                    disk.makeRoom()
                    _ = try? owner.execute("DROP SCHEMA \(plain.searchPath?.first ?? "") CASCADE")
                    _ = try? owner.execute("DROP TABLESPACE \(name)")
                }
                var settings = ConnectionSettings(
                    url: try ScratchDatabase.serverURL() + "&options=-c%20default_tablespace%3D\(name)")
                settings.searchPath = plain.searchPath
                var connection = try Connection.open(settings)
                try RegistryMigrations.runner.migrate(&connection)
                try body(disk, settings)
            }
        }
    }

    /// Ingests a catalog on the full disk, which changes nothing and is said so, and again once there is room.
    private func ingestTwice(
        _ number: Int, _ catalog: Catalog, _ disk: SmallDisk, _ settings: ConnectionSettings
    ) throws {
        let before = try TableContents.read(settings)
        disk.fill()
        let error = failure { try ingest(number, catalog, settings) }
        #expect(error?.cause?.sqlState == "53100", "\(String(describing: error))")
        #expect(
            error?.message.hasPrefix("the server has no room left on its disk; nothing was written: ")
                == true)
        #expect(error?.hint == "make room there, then run it again")
        #expect(try TableContents.read(settings) == before)
        disk.makeRoom()
        try ingest(number, catalog, settings)
        let rows = try CatalogRows(catalog)
        #expect(try Verification.run(rows, in: settings).differences.isEmpty)
        #expect(try TableContents.read(settings).generation == before.generation + 1)
    }

    @Test func `without room for the tables all stays as it was, and the next ingest with room succeeds`()
        throws
    {
        try withTables { disk, settings in
            try ingestTwice(1, Self.small, disk, settings)
            try ingestTwice(2, Self.large, disk, settings)
        }
    }

    /// Without room for its log a server ends, and does not come back before there is some.
    @Test func `without room for the log the server ends, and has the state before once it is back`() throws {
        try SmallDisk.with(megabytes: 96) { disk in
            try ScratchDatabase.withStoppableServer { server in
                try server.stop(.fast)
                try move(server.dataFolder + "/pg_wal", to: disk.folder + "/wal")
                try server.start()
                let settings = ConnectionSettings(url: server.url)
                var owner = try Connection.open(settings)
                try RegistryMigrations.runner.migrate(&owner)
                try ingest(1, Self.small, settings)
                let before = try TableContents.read(settings)
                disk.fill()
                try useUpSegment(&owner)
                let error = failure { try ingest(2, Self.large, settings) }
                #expect(error?.cause?.isTransient == true, "\(String(describing: error))")
                let log = Files.text(at: server.dataFolder + "/server.log") ?? ""
                #expect(log.contains("PANIC:") && log.contains("No space left on device"))
                disk.makeRoom()
                // It may have come back by itself, or wait for us.
                try? server.stop(.immediate)
                try server.start()
                #expect(try TableContents.read(settings) == before)
                try ingest(2, Self.large, settings)
                let rows = try CatalogRows(Self.large)
                #expect(try Verification.run(rows, in: settings).differences.isEmpty)
            }
        }
    }

    /// Moves a folder and leaves a link to it.
    private func move(_ folder: String, to place: String) throws {
        for words in [["cp", "-a", folder, place], ["rm", "-r", folder], ["ln", "-s", place, folder]] {
            try #require(try ChildProcess(words).run().status == 0)
        }
    }

    /// Writes to the log until what is left of its file is less than an ingest writes.
    private func useUpSegment(_ connection: inout Connection) throws {
        let rows = try connection.query(
            """
            SELECT setting::bigint - (pg_walfile_name_offset(pg_current_wal_insert_lsn())).file_offset::bigint
            FROM pg_settings WHERE name = 'wal_segment_size'
            """)
        let rest = try rows.integer(0, 0) - 16_384
        guard rest > 0 else { return }
        try connection.query(
            "SELECT pg_logical_emit_message(false, 'x', repeat('x', $1::integer))", [.integer(rest)])
    }
}
