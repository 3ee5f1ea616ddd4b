import Postgres
import Storage
import TestKit

/// A role that may do what `grants` say, in a schema of the scratch server; gone afterwards. `{role}` and `{schema}` in
/// them are their names.
@discardableResult
func withRole<R>(
    _ grants: String, in settings: ConnectionSettings,
    _ body: (_ asRole: ConnectionSettings, _ role: String) throws -> R
) throws -> R {
    let schema = settings.searchPath?.first ?? ""
    let role = "role_\(schema)"
    var owner = try Connection.open(settings)
    try owner.execute("CREATE ROLE \(role) LOGIN; GRANT USAGE ON SCHEMA \(schema) TO \(role)")
    defer {
        _ = try? owner.execute(
            "REASSIGN OWNED BY \(role) TO postgres; DROP OWNED BY \(role); DROP ROLE \(role)")
    }
    try owner.execute(grants.replacing("{role}", with: role).replacing("{schema}", with: schema))
    var asRole = ConnectionSettings(
        url: try ScratchDatabase.serverURL().replacing("user=postgres", with: "user=\(role)"))
    asRole.searchPath = [schema]
    return try body(asRole, role)
}

/// What makes a role the owner of the registry's tables, as one that is no superuser.
var ownership: String {
    let tables =
        ["schema_migrations", "schema_migration_lock", "registry_state", "registry_commits"]
        + Table.allCases.map(\.schema.name)
    return tables.map { "ALTER TABLE \($0) OWNER TO {role};" }.joined()
        + "GRANT CREATE ON SCHEMA {schema} TO {role}"
}
