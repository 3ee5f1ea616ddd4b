/// The SQL that PostgreSQL, Citus, YugabyteDB and CockroachDB run alike, as rules that a text keeps or breaks.
///
/// `docs/scaling.md` says what each engine lacks.
struct PortableSQL {
    /// Tables whose rows are spread over machines by the model: those that have its id.
    private let distributed: Set<String>

    /// The column by which rows are spread.
    private static let key = "model_id"

    /// Reads the tables of the migrations, which the rules for other statements ask about.
    init(migrations: [String]) {
        let tables = migrations.flatMap { SQLStatement.all(in: $0) }.compactMap(\.madeTable)
        distributed = Set(tables.filter { $0.columns.contains { $0.name == PortableSQL.key } }.map(\.name))
    }

    /// Words that not every engine knows, or that mean something else there.
    private static let banned: [(phrase: String, reason: String)] = [
        ("temp table", "temporary tables are a preview elsewhere"),
        ("temporary table", "temporary tables are a preview elsewhere"),
        ("on commit", "temporary tables are a preview elsewhere"),
        ("lock table", "not everywhere; lock a row"), ("merge into", "differs; use ON CONFLICT"),
        ("listen", "not everywhere; poll the generation"), ("deferrable", "not everywhere"),
        ("initially", "not everywhere"), ("exclude", "not everywhere"), ("create trigger", "not everywhere"),
        ("create rule", "not everywhere"), ("create function", "not everywhere"),
        ("create extension", "not everywhere"), ("do $$", "not everywhere"),
        ("serial", "makes hot ascending keys"),
        ("bigserial", "makes hot ascending keys"), ("identity", "makes hot ascending keys"),
        ("nextval", "makes hot ascending keys"), ("unlogged", "not everywhere"), ("freeze", "not everywhere"),
        ("tablespace", "not everywhere"), ("inherits", "not everywhere"),
        ("concurrently", "not in a transaction"),
        ("savepoint", "costs a distributed engine dearly"),
    ]

    /// Functions whose value changes within a statement: replicas of a row would differ.
    private static let volatile: Set<String> = [
        "random", "clock_timestamp", "timeofday", "gen_random_uuid", "nextval", "setval",
        "statement_timestamp",
    ]

    /// The types that all have, with the same meaning.
    private static let types: Set<String> = [
        "text", "text[]", "bigint", "boolean", "numeric", "date", "timestamptz", "bytea", "jsonb",
    ]

    /// Tables that grow by one row a commit or not at all: an ascending key is never hot there.
    private static let smallTables: Set<String> = [
        "registry_state", "registry_commits", "schema_migrations", "schema_migration_lock",
    ]

    /// What a statement may begin with.
    private static let verbs: Set<String> = [
        "select", "with", "insert", "update", "delete", "copy", "create", "alter", "drop", "begin", "commit",
        "rollback", "set",
    ]

    /// What all engines let a transaction set for itself.
    private static let settings: Set<String> = [
        "statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout", "search_path",
    ]

    /// How a transaction begins; an engine without a level takes the next stricter one.
    private static let beginnings: Set<String> = Set(
        ["read committed", "repeatable read", "serializable"].flatMap {
            ["begin isolation level \($0)", "begin isolation level \($0) read only"]
        })

    /// What a first load says where PostgreSQL itself listens, and asks to know that.
    private static let firstLoad = [
        "'citus_version'", "pg_get_constraintdef", "pg_get_indexdef", #"LOCK TABLE \(locked"#,
        "SET LOCAL session_replication_role", "SET LOCAL maintenance_work_mem",
        "SET LOCAL max_parallel_maintenance_workers",
    ]

    /// Texts that other engines are not sent, or whose refusal nobody minds: what asks for the engine first; what is sent
    /// where that had an answer; and the hint after a commit.
    static func isForPostgreSQLAlone(_ sql: String) -> Bool {
        sql == "NOTIFY registry_generation" || firstLoad.contains { sql.contains($0) }
    }

    /// What is wrong with the statements of a text, one sentence each.
    func faults(in sql: String) -> [String] {
        SQLStatement.all(in: sql).flatMap { statement in
            let head = statement.words.prefix(6).joined(separator: " ")
            let all =
                wordFaults(statement) + (statement.madeTable.map(tableFaults) ?? []) + changeFaults(statement)
                + indexFaults(statement) + sessionFaults(statement)
            return all.map { "\(head) …: \($0)" }
        }
    }

    /// What is said to the session rather than of rows. Behind a pooler each transaction may have another one, and what is
    /// left there is the next client's.
    private func sessionFaults(_ statement: SQLStatement) -> [String] {
        let words = statement.words
        switch words.first {
        case "set":
            guard words.dropFirst().first == "local" else { return ["it outlives its transaction"] }
            let name = words.count > 2 ? words[2] : ""
            return PortableSQL.settings.contains(name) ? [] : ["the setting \(name) is not everywhere"]
        case "begin":
            return PortableSQL.beginnings.contains(statement.text)
                ? [] : ["not a level that all engines take"]
        case let verb?: return PortableSQL.verbs.contains(verb) ? [] : ["\(verb) is not common ground"]
        case nil: return []
        }
    }

    private func wordFaults(_ statement: SQLStatement) -> [String] {
        var faults = PortableSQL.banned.filter { statement.has($0.phrase) }.map {
            "\($0.phrase): \($0.reason)"
        }
        if statement.words.contains(where: { $0.contains("advisory") }) {
            faults.append("advisory locks say yes and do nothing elsewhere; lock a row")
        }
        if statement.words.first == "notify" { faults.append("NOTIFY is an error elsewhere") }
        if statement.has("partition of"), statement.has("partition by") {
            faults.append("partitions of partitions are not everywhere")
        }
        if statement.words.first == "copy", statement.words.contains("where") {
            faults.append("COPY with WHERE is not everywhere")
        }
        return faults
    }

    private func tableFaults(_ table: SQLTable) -> [String] {
        var faults: [String] = []
        let isSpread = table.columns.contains { $0.name == PortableSQL.key }
        if table.primaryKey.isEmpty { faults.append("a table without a primary key") }
        for keys in [table.primaryKey] + table.uniqueKeys where isSpread && !keys.contains(PortableSQL.key) {
            faults.append("a key without \(PortableSQL.key)")
        }
        for column in table.columns where !PortableSQL.types.contains(column.type) {
            faults.append("the type \(column.type) of \(column.name)")
        }
        let first = table.columns.first { $0.name == table.primaryKey.first }
        if let first, first.type != "text", !PortableSQL.smallTables.contains(table.name) {
            faults.append("a key that begins with \(first.type)")
        }
        if !isSpread, let other = table.referencedTables.first(where: distributed.contains) {
            faults.append("it stands on every machine and refers to \(other), which is spread")
        }
        return faults
    }

    private func changeFaults(_ statement: SQLStatement) -> [String] {
        var faults: [String] = []
        if statement.assignedColumns.contains(PortableSQL.key) {
            faults.append("it moves a row to another machine")
        }
        if !statement.assignedColumns.isEmpty,
            let word = statement.words.first(where: PortableSQL.volatile.contains)
        {
            faults.append("\(word) in a change")
        }
        if let table = statement.changedTable, distributed.contains(table),
            statement.condition.ranges(of: [PortableSQL.key, "="]).isEmpty,
            statement.condition.ranges(of: ["\(table).\(PortableSQL.key)", "="]).isEmpty
        {
            faults.append("it changes \(table) on all machines")
        }
        return faults
    }

    private func indexFaults(_ statement: SQLStatement) -> [String] {
        guard statement.words.starts(with: ["create", "unique", "index"]),
            let on = statement.words.firstIndex(of: "on"), on + 1 < statement.words.count,
            distributed.contains(statement.words[on + 1])
        else { return [] }
        let columns = statement.words[on...].prefix { $0 != ")" }
        return columns.contains(PortableSQL.key) ? [] : ["a key without \(PortableSQL.key)"]
    }
}
