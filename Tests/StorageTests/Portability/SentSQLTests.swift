import Entities
import Postgres
import TestKit
import Testing

@testable import Storage

/// What really goes to a server, by the server's own log, is held to the same rules as the texts in the sources: also
/// what a connection says by itself.
@Suite struct SentSQLTests {
    private static let portable = PortableSQL(migrations: RegistryMigrations.all.map(\.sql))

    @Test(arguments: [ConnectionSettings.Scope.session, .transaction])
    func `all that migrations, ingests and verifications send keeps to what the engines have in common`(
        scope: ConnectionSettings.Scope
    ) throws {
        let sent = try (scope == .session ? Self.inSession : Self.inTransactions).get()
        let texts = Set(sent.map(\.text))
        #expect(texts.count > 100)
        // Every kind is among them, so that none is missed.
        let verbs = Set(texts.flatMap { SQLStatement.all(in: $0).compactMap(\.words.first) })
        #expect(
            verbs == [
                "begin", "set", "commit", "rollback", "notify", "create", "alter", "drop",
                "select", "lock", "copy", "insert", "update", "delete",
            ])
        let faults = texts.filter { !PortableSQL.isForPostgreSQLAlone($0) }.flatMap {
            Self.portable.faults(in: $0)
        }
        #expect(faults == [])
    }

    /// Behind a pooler a session outlives us, and may have served somebody who took the same name.
    @Test func `no statement is given a name that would stay in the session`() throws {
        let sent = try Self.inTransactions.get()
        #expect(sent.contains { $0.name == "<unnamed>" && $0.text.hasPrefix("UPDATE offers") })
        #expect(sent.filter { $0.name != nil && $0.name != "<unnamed>" }.map(\.text) == [])
    }

    private static let inSession = Result { try recording(.session) }
    private static let inTransactions = Result { try recording(.transaction) }

    /// Everything that is done to a database, on a server that notes what it is told.
    private static func recording(_ scope: ConnectionSettings.Scope) throws -> [SentStatement] {
        try ScratchDatabase.withStoppableServer { server in
            var settings = ConnectionSettings(url: server.url + "&options=-c%20log_statement%3Dall")
            settings.scope = scope
            settings.searchPath = ["public"]
            var connection = try Connection.open(settings)
            _ = try RegistryMigrations.runner.status(&connection)
            try RegistryMigrations.runner.migrate(&connection)
            try RegistryMigrations.runner.requireCurrent(&connection)
            // So many that a key is taken away; then rows come, change, go and return.
            var synthetic = SyntheticCatalog(offerCount: 700)
            let first = synthetic.catalog
            try ingest(1, first, settings)
            synthetic.change(each: 10)
            synthetic.remove(mapping: 10)
            try ingest(2, synthetic.catalog, settings)
            try ingest(3, first, settings)
            // Each state of the other registry differs in more of the tables.
            for state in [0, 7, 2, 5, 0] {
                _ = try Ingest(
                    RegistryStates.commit(100 + state, state: state), into: settings, .quiet,
                    options: .retiring
                ).run(RegistryStates.rows[state])
            }
            let rows = RegistryStates.rows[0]
            _ = try Ingest.ofState(0, commit: 201, into: settings).note { (_) throws(StorageError) in
                .descendant
            }
            _ = try Ingest.ofState(0, commit: 202, into: settings).plan(rows)
            var options = Ingest.Options.retiring
            options.repairs = true
            // By a hand that is not heard.
            try ScratchDatabase.execute(
                "UPDATE models SET content_hash = '\\x00'; DELETE FROM price_rates", at: server.url)
            _ = try Ingest(.example(203), into: settings, .quiet, options: options).run(rows)
            _ = try Verification.run(rows, in: settings)
            // A lock that is not to be had: the transaction is rolled back, and its holder looked for.
            var holder = try Connection.open(ConnectionSettings(url: server.url))
            try holder.execute("BEGIN; SELECT * FROM registry_state FOR UPDATE")
            settings.lockTimeoutMilliseconds = 20
            let busy = failure { try ingest(204, first, settings) }
            #expect(busy?.cause?.sqlState == "55P03")
            return SentStatement.all(inLog: Files.text(at: server.dataFolder + "/server.log") ?? "")
        }
    }
}

/// A statement as the server's log has it.
private struct SentStatement {
    /// The name under which it was prepared; nil of the simple protocol.
    let name: String?
    var text: String

    /// What stands behind `statement:` and `execute …:`, with the lines that follow, which begin with a tab.
    static func all(inLog log: String) -> [SentStatement] {
        var statements: [SentStatement] = []
        var isWithin = false
        for line in log.split(separator: "\n") {
            if line.hasPrefix("\t") {
                if isWithin { statements[statements.count - 1].text += "\n" + line.dropFirst() }
                continue
            }
            isWithin = true
            if let mark = line.firstRange(of: "LOG:  statement: ") {
                statements.append(SentStatement(name: nil, text: String(line[mark.upperBound...])))
            } else if let mark = line.firstRange(of: "LOG:  execute "),
                let end = line[mark.upperBound...].firstRange(of: ": ")
            {
                statements.append(
                    SentStatement(
                        name: String(line[mark.upperBound..<end.lowerBound]),
                        text: String(line[end.upperBound...])))
            } else {
                isWithin = false
            }
        }
        return statements
    }
}
