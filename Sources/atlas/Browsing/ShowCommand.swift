import ArgumentParser
import Commands
import Diagnostics
import Entities
import Pricing

/// `atlas show`: what the registry says of one model, provider or accelerator.
struct ShowCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows a model, a provider or an accelerator: its facts, offers and rents.")

    @Argument(help: "An id or another name.")
    var id: String

    @Option(help: ArgumentHelp("The day whose prices count. Default: today, UTC.", valueName: "date"))
    var date: Day?

    @OptionGroup var common: CommonOptions

    @Option(help: "How it is put out; csv holds the facts.")
    var format = TableFormat.text

    func run(on console: Console) throws -> ExitStatus {
        let catalog = try common.catalog(on: console)
        let day = try Day.today(date, on: console)
        let page: ResultPage
        if let provider = catalog.provider(named: id) {
            page = FactSheet.page(of: provider, in: catalog, on: day)
        } else if let accelerator = catalog.accelerator(named: id) {
            page = FactSheet.page(of: accelerator, in: catalog, on: day)
        } else if let model = try? catalog.requiredModel(id) {
            page = FactSheet.page(of: model, in: catalog, on: day)
        } else {
            let near = catalog.search(id, limit: 3).map { "\"\($0.id)\"" }.joined(separator: ", ")
            throw Failure("nothing is called \"\(id)\"" + (near.isEmpty ? "" : "; there are \(near)"))
        }
        console.output(page.rendered(as: format))
        return .clean
    }
}
