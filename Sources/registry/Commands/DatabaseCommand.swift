import ArgumentParser
import Commands
import Glibc
import Postgres

/// `registry database`: the private local PostgreSQL.
struct DatabaseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "database",
        abstract: "Starts and stops the private local PostgreSQL.",
        discussion: """
            A server made from the installed programs, for ingests that are given no database URL. Its data stands in \
            .registry/ below the registry's root; it listens on a Unix socket only, that its user alone may enter.
            """,
        subcommands: [
            DatabaseStartCommand.self, DatabaseStopCommand.self, DatabaseStatusCommand.self,
            DatabaseURLCommand.self,
        ])
}

/// `registry database start`: makes it where there is none, and starts it.
struct DatabaseStartCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "start", abstract: "Starts it, making it first where there is none.")

    @OptionGroup var common: CommonOptions

    func run(on console: Console) throws -> ExitStatus {
        try common.localServer(on: console).start()
        return .clean
    }
}

/// `registry database stop`: ends it; its data stays.
struct DatabaseStopCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "stop", abstract: "Stops it; its data stays.")

    @OptionGroup var common: CommonOptions

    func run(on console: Console) throws -> ExitStatus {
        try common.localServer(on: console).stop()
        return .clean
    }
}

/// `registry database status`: one word.
struct DatabaseStatusCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Says whether it is absent, stopped or running.")

    @OptionGroup var common: CommonOptions

    func run(on console: Console) throws -> ExitStatus {
        let word =
            switch try common.localServer(on: console).status {
            case .absent: "absent"
            case .stopped: "stopped"
            case .running: "running"
            }
        console.output(word + "\n")
        return .clean
    }
}

/// `registry database url`: what psql and others connect to.
struct DatabaseURLCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "url", abstract: "Prints the URL of the running server, which holds no password.",
        discussion: "For example: psql \"$(registry database url)\"")

    @OptionGroup var common: CommonOptions

    func run(on console: Console) throws -> ExitStatus {
        let server = try common.localServer(on: console)
        guard case .running = server.status else {
            throw Failure("the private PostgreSQL does not run; registry database start starts it")
        }
        console.output(server.url + "\n")
        return .clean
    }
}

extension CommonOptions {
    /// The registry's private server, which says on the error output what it does.
    func localServer(on console: Console) throws -> LocalServer {
        let (root, isQuiet) = (try rootFolder(on: console), quiet)
        guard access(root, F_OK) == 0 else { throw Failure("there is no folder \(self.root ?? root)") }
        return try LocalDatabase.server(ofRegistryAt: root) { sentence in
            if !isQuiet { console.errorOutput("registry: \(sentence)\n") }
        }
    }
}
