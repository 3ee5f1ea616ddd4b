import ArgumentParser
import Git
import Postgres
import RegistryTree
import Storage

/// How a run ended; the process's exit code.
enum ExitStatus: Int32 {
    /// Nothing to object to.
    case clean = 0
    /// There are findings of error severity.
    case findings = 1
    /// The command could not do its work.
    case failure = 2
}

/// A command of this program: parsed by ArgumentParser, run on a console of the caller's choice.
protocol RegistryCommand: ParsableCommand {
    /// Does the work. What is thrown is a failure of the machine, never of the data.
    func run(on console: Console) throws -> ExitStatus
}

extension RegistryCommand {
    /// What ArgumentParser calls: `run(on:)` with the console of the moment; how it ended is thrown as an exit code.
    func run() throws {
        throw ExitCode(try run(on: Console.current).rawValue)
    }
}

/// The `registry` program.
struct Registry: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "registry",
        abstract: "Keeps a registry of YAML facts about AI models correct.",
        discussion: "Exit codes: 0 clean, 1 findings of error severity, 2 could not run, 64 wrong usage.",
        version: Registry.version,
        subcommands: [
            ValidateCommand.self, DiffCommand.self, FixCommand.self, NewCommand.self, RulesCommand.self,
            SchemaCommand.self, JSONCommand.self, ImportCommand.self, IngestCommand.self, VerifyCommand.self,
            MigrateCommand.self,
            DatabaseCommand.self,
        ])

    static let version = "0.1.0"

    /// Runs one command line and returns its exit code; everything the program does goes through here.
    static func run(_ arguments: [String], on console: Console) -> Int32 {
        do {
            var command = try parseAsRoot(arguments)
            try Console.$current.withValue(console) { try command.run() }
            return ExitStatus.clean.rawValue
        } catch let code as ExitCode {
            return code.rawValue
        } catch let error as TreeError {
            console.errorOutput("registry: \(error)\n")
            return ExitStatus.failure.rawValue
        } catch let error as StorageError {
            console.errorOutput("registry: \(error)\n")
            return ExitStatus.failure.rawValue
        } catch let error as PostgresError {
            console.errorOutput("registry: \(error)\n")
            return ExitStatus.failure.rawValue
        } catch let error as GitError {
            console.errorOutput("registry: \(error)\n")
            return ExitStatus.failure.rawValue
        } catch let error as Failure {
            console.errorOutput("registry: \(error)\n")
            return ExitStatus.failure.rawValue
        } catch {
            let code = exitCode(for: error)
            let message = fullMessage(for: error)
            if code == .success {
                console.output(message + "\n")
            } else {
                console.errorOutput(message + "\n")
            }
            return code.rawValue
        }
    }
}

/// Why a command could not run, in words fit for the person who called it.
struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
