import ArgumentParser
import Commands
import Postgres
import Storage

/// `registry migrate`: brings the database's tables to where this program wants them.
struct MigrateCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Brings the database's tables up to date.",
        discussion: "Forward only. Each migration is one transaction; several at once wait for each other.")

    @OptionGroup var common: CommonOptions

    @OptionGroup var database: DatabaseOptions

    @Flag(help: "Change nothing; list the migrations, and exit with 1 when some are missing.")
    var status = false

    func run(on console: Console) throws -> ExitStatus {
        try common.refuseRevision(for: "migrate")
        var connection = try Connection.open(try database.settings(common, on: console))
        guard !status else { return try showStatus(&connection, on: console) }
        let applied = try RegistryMigrations.runner.migrate(&connection)
        for migration in applied {
            console.output("applied \(migration.version) \(migration.name)\n")
        }
        if applied.isEmpty, !common.quiet { console.output("the tables are up to date\n") }
        return .clean
    }

    private func showStatus(_ connection: inout Connection, on console: Console) throws -> ExitStatus {
        let all = try RegistryMigrations.runner.status(&connection)
        for migration in all {
            console.output(
                "\(migration.version) \(migration.name): \(MigrateCommand.words(migration.state))\n")
        }
        let isCurrent = all.allSatisfy { if case .applied = $0.state { true } else { false } }
        return isCurrent ? .clean : .findings
    }

    private static func words(_ state: MigrationStatus.State) -> String {
        switch state {
        case .applied(let time): "applied \(time)"
        case .pending: "missing"
        case .changed(let time): "applied \(time), and changed in the program since"
        case .unknown(let time): "applied \(time) by a program that knows more than this one"
        }
    }
}
