import ArgumentParser
import Commands

/// The `atlas` program.
struct Atlas: Program {
    /// One file of `Commands` each.
    static let configuration = CommandConfiguration(
        commandName: "atlas",
        abstract: "Answers questions from a registry of YAML facts about AI models.",
        discussion: "Exit codes: 0 clean, 1 findings of error severity, 2 could not run, 64 wrong usage.",
        version: "0.1.0",
        subcommands: [
            SizeCommand.self, FitsCommand.self, TiersCommand.self, CoverageCommand.self,
            ReconcileCommand.self, InvoiceCommand.self, CatalogCommand.self, RankCommand.self,
            PlanCommand.self, HistoryCommand.self, AuditCommand.self, CompareCommand.self,
            ShowCommand.self, SearchCommand.self, ModelsCommand.self, ProvidersCommand.self,
            AcceleratorsCommand.self, ExportCommand.self,
        ])

    static func words(of failure: any Error) -> String? { nil }
}
