import ArgumentParser
import Commands
import Entities
import Pricing

/// `atlas export`: the prices of the registry in the form that another tool reads.
struct ExportCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Puts out the offers and prices in the form of another tool.",
        discussion: """
            litellm is the price map that litellm.register_model takes, models-dev an api.json, openrouter and openai what \
            their list of models answers, genai-prices its data file; csv, json and markdown are this project's own. Offers on \
            sale in the ordinary terms, in US dollars, at the prices of one day.
            """)

    @Argument(help: "One of: \(ExportFormat.allCases.map(\.rawValue).joined(separator: ", ")).")
    var format: ExportFormat

    @Option(parsing: .upToNextOption, help: ArgumentHelp("Offers of these providers only.", valueName: "id"))
    var provider: [String] = []

    @Option(help: ArgumentHelp("The day whose prices count. Default: today, UTC.", valueName: "date"))
    var date: Day?

    @OptionGroup var common: CommonOptions

    func run(on console: Console) throws -> ExitStatus {
        let catalog = try common.catalog(on: console)
        let providers = try provider.map { try catalog.requiredProvider($0).id }
        let export = CatalogExport(
            catalog, CatalogSelection(day: try Day.today(date, on: console)),
            providers: providers.isEmpty ? nil : Set(providers))
        console.output(export.text(as: format))
        return .clean
    }
}

extension ExportFormat: ExpressibleByArgument {}
