import ArgumentParser
import Commands
import Postgres
import Storage
import Text

/// `registry verify`: holds every column of the database against the registry.
struct VerifyCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Compares every column of the database with a commit's registry.",
        discussion: """
            Without --rev it is the commit that the database says it holds. Finds rows that were changed by hand; \
            `registry ingest --repair` puts them right.
            """)

    @OptionGroup var common: CommonOptions

    @OptionGroup var database: DatabaseOptions

    /// Differences that are told one by one.
    private static let shownLimit = 50

    func run(on console: Console) throws -> ExitStatus {
        let settings = try database.settings(common, on: console)
        let input = try CommitInput(try revision(settings), common, on: console)
        guard let rows = try input.rows(common, on: console) else { return .findings }
        let verification = try Verification.run(rows, in: settings)
        for difference in verification.differences.prefix(VerifyCommand.shownLimit) {
            console.output(VerifyCommand.line(difference) + "\n")
        }
        let rest = verification.differences.count - VerifyCommand.shownLimit
        if rest > 0 { console.output("… and \(rest) more\n") }
        if !common.quiet {
            console.output(
                "\(verification.differences.count) of \(verification.rowCount) rows differ from "
                    + "\(input.commit.shortID)\n")
        }
        return verification.differences.isEmpty ? .clean : .findings
    }

    /// The commit to compare with.
    private func revision(_ settings: ConnectionSettings) throws -> String {
        if let rev = common.rev { return rev }
        var connection = try Connection.open(settings)
        guard let commit = try RegistryState.read(&connection)?.commit else {
            throw Failure("the database holds no commit yet; `registry ingest` brings one in")
        }
        return commit
    }

    private static func line(_ difference: Verification.Difference) -> String {
        let row = "\(difference.table.schema.name) \(TerminalText.visible(difference.name)): "
        switch difference.kind {
        case .missing: return row + "missing"
        case .surplus: return row + "not in the registry"
        case .column(let column): return row + "\(column) differs"
        }
    }
}
