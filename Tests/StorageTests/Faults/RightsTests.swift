import Postgres
import TestKit
import Testing

@testable import Storage

/// F23: a role that lacks a right, and rows that a policy hides from it.
@Suite struct RightsTests {
    /// A history, and settings of a role that may do all that an ingest does before `change` is made; `{role}` and
    /// `{schema}` in it are their names.
    private func withRole(
        _ change: String, _ body: (inout FaultedHistory, ConnectionSettings) throws -> Void
    ) throws {
        try ScratchDatabase.withSchema { settings in
            var history = try FaultedHistory(settings)
            let grants = "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role}"
            try StorageTests.withRole(grants, in: settings) { asRole, role in
                // With all of these rights it goes well.
                try history.disturb("all rights", mustSucceed: true) { commit, state in
                    _ = try Ingest.ofState(state, commit: commit, into: asRole).run(
                        RegistryStates.rows[state])
                }
                var owner = try Connection.open(settings)
                let schema = settings.searchPath?.first ?? ""
                try owner.execute(change.replacing("{role}", with: role).replacing("{schema}", with: schema))
                try body(&history, asRole)
            }
        }
    }

    /// The error of an ingest of the next state as the role, which must leave all as it was.
    private func refusal(
        _ label: String, _ history: inout FaultedHistory, _ asRole: ConnectionSettings
    ) throws -> StorageError? {
        let direct = history.direct
        let before = try TableContents.read(direct)
        var refusal: StorageError?
        try history.disturb(label, mustSucceed: false) { commit, state in
            refusal = failure {
                _ = try Ingest.ofState(state, commit: commit, into: asRole).run(RegistryStates.rows[state])
            }
            #expect(try TableContents.read(direct) == before, "\(label)")
            if let refusal { throw refusal }
        }
        return refusal
    }

    @Test(arguments: [
        ("SELECT", "offers"), ("SELECT", "registry_state"), ("SELECT", "schema_migrations"),
        ("INSERT", "model_names"), ("INSERT", "registry_commits"), ("UPDATE", "models"),
        ("UPDATE", "registry_state"), ("DELETE", "model_names"),
    ])
    func `a right that is missing on one table is refused by name, and nothing is written`(
        right: String, table: String
    ) throws {
        try withRole("REVOKE \(right) ON \(table) FROM {role}") { history, asRole in
            let error = try refusal("no \(right) on \(table)", &history, asRole)
            #expect(error?.code == .database && error?.cause?.sqlState == "42501")
            #expect(
                error?.message.hasPrefix(
                    "the database refuses it to this role: server: permission denied for table \(table) ")
                    == true, "\(String(describing: error))")
            #expect(error?.hint == "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA … TO …")
            #expect(error?.isTransient == false)
        }
    }

    @Test func `a schema that the role may not use is not taken for an empty database`() throws {
        try withRole("REVOKE USAGE ON SCHEMA {schema} FROM {role}") { history, asRole in
            let error = try refusal("no USAGE", &history, asRole)
            #expect(error?.code == .database, "\(String(describing: error))")
            #expect(error?.message == "the search path has no schema that this role may use")
            #expect(error?.hint?.hasPrefix("GRANT USAGE ON SCHEMA") == true)
        }
    }

    /// What a policy does to a role, and what the ingest says of it.
    private static let policies:
        [(policy: String, code: StorageError.Code, sqlState: String?, words: String)] =
            [
                // No row is seen, so that all are to be added, and none may be.
                (
                    "ALTER TABLE models ENABLE ROW LEVEL SECURITY", .database, "42501",
                    "the database refuses it to this role: server: new row violates row-level security policy for "
                        + "table \"models\""
                ),
                // No row is seen, and those that are added stand there.
                (
                    """
                    ALTER TABLE models ENABLE ROW LEVEL SECURITY;
                    CREATE POLICY blind ON models USING (false) WITH CHECK (true)
                    """, .drift, "23505", "a row stands where none should"
                ),
                // All rows are seen, and those that are changed stay as they are.
                (
                    """
                    ALTER TABLE models ENABLE ROW LEVEL SECURITY;
                    CREATE POLICY seen ON models FOR SELECT USING (true);
                    CREATE POLICY added ON models FOR INSERT WITH CHECK (true)
                    """, .drift, nil, "the database changed 0 rows of models where the plan says "
                ),
            ]

    @Test(arguments: policies.indices)
    func `rows hidden by a policy are refused or drift, and nothing is written`(number: Int) throws {
        let policy = Self.policies[number]
        try withRole(policy.policy) { history, asRole in
            let error = try refusal("policy \(number)", &history, asRole)
            #expect(error?.code == policy.code, "\(String(describing: error))")
            #expect(error?.cause?.sqlState == policy.sqlState)
            #expect(error?.message.hasPrefix(policy.words) == true, "\(String(describing: error))")
            #expect(error?.hint != nil)
        }
    }
}
