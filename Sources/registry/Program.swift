import ArgumentParser
import Commands
import Postgres
import Storage

/// The `registry` program.
struct Registry: Program {
    static let configuration = CommandConfiguration(
        commandName: "registry",
        abstract: "Keeps a registry of YAML facts about AI models correct.",
        discussion: "Exit codes: 0 clean, 1 findings of error severity, 2 could not run, 64 wrong usage.",
        version: Registry.version,
        subcommands: [
            ValidateCommand.self, DiffCommand.self, FixCommand.self, NewCommand.self, RulesCommand.self,
            SchemaCommand.self, JSONCommand.self, StaleCommand.self, ImportCommand.self, IngestCommand.self,
            VerifyCommand.self, MigrateCommand.self, DatabaseCommand.self,
        ])

    static let version = "0.1.0"

    static func words(of failure: any Error) -> String? {
        switch failure {
        case let error as StorageError: "\(error)"
        case let error as PostgresError: "\(error)"
        default: nil
        }
    }
}
