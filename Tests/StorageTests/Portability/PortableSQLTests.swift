import Postgres
import Storage
import TestKit
import Testing

/// Three of the four engines are not at hand, so a linter stands for them.
@Suite struct PortableSQLTests {
    private static let portable = PortableSQL(migrations: RegistryMigrations.all.map(\.sql))

    @Test func `migrations keep to what the engines have in common`() {
        #expect(RegistryMigrations.all.flatMap { Self.portable.faults(in: $0.sql) } == [])
    }

    @Test func `so do the statements`() {
        #expect(Statements.all.count > 20)
        #expect(Statements.all.flatMap { Self.portable.faults(in: $0) } == [])
    }

    /// Also what stands elsewhere than in the two lists.
    @Test func `so does every text of SQL in the sources`() {
        let texts = (Repository.files(below: "Sources/Storage") + Repository.files(below: "Sources/Postgres"))
            .flatMap { path in
                SQLLiteral.all(in: Repository.text(of: path)).map { (path, $0) }
            }
        #expect(texts.count > 15)
        let faults = texts.flatMap { path, sql in
            PortableSQL.isForPostgreSQLAlone(sql)
                ? [] : Self.portable.faults(in: sql).map { "\(path): \($0)" }
        }
        #expect(faults == [])
    }

    private static let model = "CREATE TABLE offers (model_id text, a text, PRIMARY KEY (model_id, a));"

    /// One text that breaks each rule, and a word of what is said of it.
    @Test(arguments: [
        ("SELECT pg_advisory_xact_lock(1)", "advisory"), ("SELECT pg_try_advisory_lock(1)", "advisory"),
        ("CREATE TEMP TABLE t (a text PRIMARY KEY)", "temp"),
        ("CREATE TEMPORARY TABLE t (a text)", "temporary"),
        ("LOCK TABLE offers", "lock"), ("MERGE INTO offers USING x ON true", "merge"), ("LISTEN x", "listen"),
        ("NOTIFY x", "NOTIFY"), ("CREATE TRIGGER t AFTER INSERT ON offers", "trigger"),
        ("CREATE RULE r AS ON INSERT TO offers DO NOTHING", "rule"),
        ("CREATE FUNCTION f() RETURNS text", "function"), ("DO $$ BEGIN END $$", "do"),
        ("CREATE EXTENSION citext", "extension"), ("COPY offers FROM STDIN WITH (FREEZE)", "freeze"),
        ("COPY offers FROM STDIN WHERE a = 'x'", "WHERE"),
        ("CREATE INDEX CONCURRENTLY i ON offers (a)", "transaction"),
        ("CREATE TABLE t (a text)", "without a primary key"),
        ("CREATE TABLE t (a serial PRIMARY KEY)", "hot"),
        ("CREATE TABLE t (a bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY)", "hot"),
        ("CREATE TABLE t (a bigint PRIMARY KEY)", "begins with bigint"),
        ("CREATE TABLE t (a text PRIMARY KEY, b money)", "type money"),
        ("CREATE TABLE t (a text PRIMARY KEY REFERENCES offers)", "refers to offers"),
        ("CREATE TABLE t (a text PRIMARY KEY, FOREIGN KEY (a) REFERENCES x DEFERRABLE)", "deferrable"),
        ("CREATE TABLE t (a text PRIMARY KEY, EXCLUDE (a WITH =))", "exclude"),
        ("CREATE TABLE t PARTITION OF offers (a) PARTITION BY RANGE (a)", "partitions"),
        ("CREATE TABLE offers (model_id text, a text PRIMARY KEY)", "key without model_id"),
        ("CREATE TABLE offers (model_id text PRIMARY KEY, a text UNIQUE)", "key without model_id"),
        ("CREATE UNIQUE INDEX i ON offers (a)", "key without model_id"),
        ("UPDATE offers SET model_id = $1 WHERE model_id = $2", "moves"),
        (
            "INSERT INTO offers VALUES ($1) ON CONFLICT (a) DO UPDATE SET model_id = excluded.model_id",
            "moves"
        ),
        ("UPDATE offers SET a = random() WHERE model_id = $1", "random"),
        ("UPDATE offers SET a = $1 WHERE a = $2", "all machines"), ("DELETE FROM offers", "all machines"),
        ("SET statement_timeout = 1", "outlives"), ("SET SESSION lock_timeout = 1", "outlives"),
        ("SET LOCAL work_mem = '1GB'", "setting work_mem"), ("DISCARD ALL", "common"),
        ("RESET ALL", "common"), ("PREPARE p AS SELECT 1", "common"), ("EXECUTE p", "common"),
        ("BEGIN ISOLATION LEVEL READ UNCOMMITTED", "level"),
        ("BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY DEFERRABLE", "level"),
        ("DEALLOCATE ALL", "common"),
        ("VACUUM offers", "common"), ("TRUNCATE offers", "common"),
    ])
    func `a text that breaks a rule is found`(sql: String, word: String) {
        let faults = PortableSQL(migrations: [Self.model]).faults(in: sql)
        #expect(faults.contains { $0.contains(word) }, "\(faults)")
    }

    @Test(arguments: [
        "SELECT 1; -- no LISTEN here", "SELECT 'LOCK TABLE'",
        "UPDATE offers SET a = now() WHERE model_id = $1",
        "CREATE TABLE t (a text PRIMARY KEY, b text[] NOT NULL)", "DELETE FROM other WHERE a = $1",
        "CREATE TABLE t (model_id text REFERENCES offers, PRIMARY KEY (model_id))",
        "INSERT INTO offers VALUES ($1) ON CONFLICT (model_id, a) DO UPDATE SET b = excluded.b",
        "BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout = 10000; SET LOCAL search_path = \"x\"",
        "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", "ROLLBACK", "COMMIT",
    ])
    func `a text that keeps them passes`(sql: String) {
        #expect(PortableSQL(migrations: [Self.model]).faults(in: sql) == [])
    }

    @Test func `texts of SQL are found in a source`() {
        let source =
            "let a = \"SELECT 1\"\nlet b = \"\"\"\n    UPDATE t\n    SET a = 1\n    \"\"\"\nlet c = \"Select one.\"\n"
        #expect(SQLLiteral.all(in: source) == ["SELECT 1", "\n    UPDATE t\n    SET a = 1\n    "])
    }
}

/// The string literals of a Swift source that begin like a statement.
enum SQLLiteral {
    private static let verbs: Set<Substring> = [
        "SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "ALTER", "DROP", "COPY", "LOCK", "WITH", "MERGE",
        "NOTIFY",
        "LISTEN", "TRUNCATE", "DO", "SET", "DEALLOCATE", "DISCARD", "RESET", "PREPARE",
    ]

    static func all(in source: String) -> [String] {
        var (literals, rest) = ([String](), source[...])
        while let quote = rest.firstRange(of: "\"") {
            rest = rest[quote.lowerBound...]
            let mark = rest.hasPrefix("\"\"\"") ? "\"\"\"" : "\""
            rest = rest.dropFirst(mark.count)
            guard let end = rest.firstRange(of: mark) else { break }
            let literal = rest[..<end.lowerBound]
            rest = rest[end.upperBound...]
            let words = literal.split(whereSeparator: \.isWhitespace)
            if words.count > 1, let verb = words.first, verbs.contains(verb) {
                literals.append(String(literal))
            }
        }
        return literals
    }
}
