import Postgres
import TestKit
import Testing

@testable import Storage

/// An ingest keeps its connection while the commit is read, which may take a while.
@Suite struct IdleSessionTests {
    private static let lineage = { @Sendable (_: String) throws(StorageError) -> Lineage in .descendant }

    @Test func `one connection serves the first look and the run`() throws {
        let rows = try CatalogRows(SyntheticCatalog(offerCount: 20).catalog)
        try withDatabase { settings in
            var counted = settings
            counted.faults = FaultPlan()
            let ingest = Ingest(.example(1), into: counted, .quiet)
            let standing = try ingest.standing(Self.lineage)
            #expect(standing == .first)
            #expect(try ingest.run(rows).plan != nil)
            #expect(counted.faults?.calls.filter { $0 == .negotiate }.count == 1)
        }
    }

    @Test func `a session that the server ends meanwhile is made again`() throws {
        try withEndedSession(commit: 5_701, options: "") { other in
            try other.query(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1",
                [.text("model-atlas ingest commit-5701")])
        }
    }

    @Test func `a session that was idle for longer than the server allows is made again`() throws {
        try withEndedSession(commit: 5_705, options: "&options=-c%20idle_session_timeout%3D20") { _ in }
    }

    /// Ingests on a connection that has ended between the first look and the run.
    private func withEndedSession(
        commit number: Int, options: String, _ end: (inout Connection) throws -> Void
    ) throws {
        let rows = try CatalogRows(SyntheticCatalog(offerCount: 20).catalog)
        try withDatabase { settings in
            var other = try Connection.open(settings)
            var own = ConnectionSettings(url: try ScratchDatabase.serverURL() + options)
            own.searchPath = settings.searchPath
            own.faults = FaultPlan()
            let ingest = Ingest(.example(number), into: own, .quiet)
            let standing = try ingest.standing(Self.lineage)
            #expect(standing == .first)
            try end(&other)
            let session = Value.text("model-atlas ingest commit-\(number)")
            while try StorageTests.number(
                &other, "SELECT count(*) FROM pg_stat_activity WHERE application_name = $1", [session]) > 0
            {}
            #expect(try ingest.run(rows).plan != nil)
            #expect(own.faults?.calls.filter { $0 == .negotiate }.count == 2)
        }
    }
}
