package import ArgumentParser
import Git
import RegistryTree

/// How a run ended; the process's exit code.
package enum ExitStatus: Int32 {
    /// Nothing to object to.
    case clean = 0
    /// There are findings of error severity.
    case findings = 1
    /// The command could not do its work.
    case failure = 2
}

/// Why a command could not run, in words fit for the person who called it.
package struct Failure: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}

/// A command of one of the programs: parsed by ArgumentParser, run on a console of the caller's choice.
package protocol ConsoleCommand: ParsableCommand {
    /// Does the work. What is thrown is a failure of the machine, never of the data.
    func run(on console: Console) throws -> ExitStatus
}

extension ConsoleCommand {
    /// What ArgumentParser calls: `run(on:)` with the console of the moment; how it ended is thrown as an exit code.
    package func run() throws {
        throw ExitCode(try run(on: Console.current).rawValue)
    }
}

/// One of the programs: the root of its commands.
package protocol Program: ParsableCommand {
    /// What a failure of the machine says, of those that rooms of this program alone can throw.
    static func words(of failure: any Error) -> String?
}

extension Program {
    /// Runs one command line and returns its exit code; everything a program does goes through here.
    package static func run(_ arguments: [String], on console: Console) -> Int32 {
        do {
            var command = try parsed(arguments)
            try Console.$current.withValue(console) { try command.run() }
            return ExitStatus.clean.rawValue
        } catch let code as ExitCode {
            return code.rawValue
        } catch {
            if let words = sharedWords(of: error) ?? words(of: error) {
                console.errorOutput("\(_commandName): \(words)\n")
                return ExitStatus.failure.rawValue
            }
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

    /// The command of a line.
    ///
    /// One that is named first is parsed without those that could have been, which makes every start shorter. A line it
    /// does not take is parsed from the root, whose messages name the whole command.
    private static func parsed(_ arguments: [String]) throws -> any ParsableCommand {
        let named = configuration.subcommands.first { $0._commandName == arguments.first }
        return try (try? named?.parseAsRoot(Array(arguments.dropFirst()))) ?? parseAsRoot(arguments)
    }

    /// The failures that every program can meet.
    private static func sharedWords(of error: any Error) -> String? {
        switch error {
        case let error as TreeError: "\(error)"
        case let error as GitError: "\(error)"
        case let error as Failure: "\(error)"
        default: nil
        }
    }
}
