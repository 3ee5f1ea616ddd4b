import ArgumentParser
import Commands
import Diagnostics
import Entities

/// `atlas search`: what a name may stand for.
struct SearchCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Finds models, providers and accelerators by id, name or alias.",
        discussion: "Exact names come first, then names that begin so, hold it, or are a few letters off.")

    @Argument(help: "What is looked for.")
    var text: String

    @Option(help: "Only model, provider or accelerator.")
    var kind: EntityKind?

    @Option(help: "How many are shown.")
    var limit = 10

    @OptionGroup var common: CommonOptions

    @Option(help: "How the hits are put out.")
    var format = TableFormat.text

    func validate() throws {
        guard !text.isEmpty, text.utf8.count <= 200 else { throw ValidationError("give 1 to 200 letters") }
        guard limit > 0 else { throw ValidationError("--limit takes a number from 1") }
    }

    func run(on console: Console) throws -> ExitStatus {
        let hits = try common.catalog(on: console).search(text, limit: kind == nil ? limit : .max)
        var table = ResultTable([
            .init("id", key: "id"), .init("kind", key: "kind"), .init("name", key: "name"),
            .init("found by", key: "match"), .init("fit", key: "fit"),
        ])
        for hit in hits.filter({ kind == nil || $0.kind == kind }).prefix(limit) {
            table.rows.append([
                .text(hit.id), .text(hit.kind.rawValue), .text(hit.name), .text(hit.match),
                .text("\(hit.fit)"),
            ])
        }
        if table.rows.isEmpty { table.notes = ["Nothing is called so."] }
        console.output(table.rendered(as: format))
        return .clean
    }
}

extension EntityKind: ExpressibleByArgument {}
