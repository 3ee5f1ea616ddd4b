import ArgumentParser
import Commands
import Diagnostics
import Entities
import Ranking
import Text

/// `atlas models`: the models there are.
struct ModelsCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "models", abstract: "Lists models, the most popular, newest or longest first.",
        discussion: "Popular is what is new and what many providers offer; docs/ranking.md has the formula.")

    /// What comes first.
    enum Order: String, CaseIterable, ExpressibleByArgument {
        case popular, released, context, providers, id
    }

    @Option(help: "What comes first: popular, released, context, providers or id.")
    var sort = Order.popular

    @Option(help: "Of this vendor only.")
    var vendor: String?

    @Option(
        help: ArgumentHelp(
            "With this capability only: tools, vision, reasoning and the like.", valueName: "name"))
    var capability: Capability?

    @Flag(help: "With open weights only.")
    var open = false

    @Option(help: "How many are shown.")
    var top = 20

    @Option(help: ArgumentHelp("The day from which age is reckoned. Default: today, UTC.", valueName: "date"))
    var today: Day?

    @OptionGroup var common: CommonOptions

    @Option(help: "How the list is put out.")
    var format = TableFormat.text

    func validate() throws {
        guard top > 0 else { throw ValidationError("--top takes a number from 1") }
    }

    func run(on console: Console) throws -> ExitStatus {
        let catalog = try common.catalog(on: console)
        let scores = Popularity.scores(in: catalog, on: try Day.today(today, on: console)).filter { item in
            (vendor ?? item.model.vendor) == item.model.vendor && (!open || item.model.hasOpenWeights)
                && (capability.map { item.model.capabilities.contains($0) } ?? true)
        }
        var table = ResultTable([
            .init("model", key: "model"), .init("name", key: "name"), .init("popular", key: "popularity"),
            .init("providers", key: "providers"), .init("released", key: "released"),
            .init("context", key: "context_tokens"), .init("open", key: "open_weights"),
            .init("status", key: "status"),
        ])
        let sorted = sorted(scores)
        for (model, providers, score) in sorted.prefix(top) {
            table.rows.append([
                .text(model.id.text), .text(model.name), .number(score, decimals: 3), .integer(providers),
                model.released.map { .text($0.description) } ?? .none,
                model.limits.map { .integer($0.contextTokens) } ?? .none,
                .text(model.hasOpenWeights ? "yes" : "no"),
                .text(model.status.stage.rawValue),
            ])
        }
        if sorted.count > top { table.notes = ["and \(sorted.count - top) more"] }
        console.output(table.rendered(as: format))
        return .clean
    }

    /// Of equal ones the more popular first: the sort keeps their order.
    private func sorted(
        _ scores: [(model: Model, providers: Int, score: Double)]
    ) -> [(model: Model, providers: Int, score: Double)] {
        switch sort {
        case .popular: scores
        case .released:
            scores.sorted {
                ($0.model.released?.daysSinceEpoch ?? 0) > ($1.model.released?.daysSinceEpoch ?? 0)
            }
        case .context:
            scores.sorted { ($0.model.limits?.contextTokens ?? 0) > ($1.model.limits?.contextTokens ?? 0) }
        case .providers: scores.sorted { $0.providers > $1.providers }
        case .id: scores.sorted { $0.model.id < $1.model.id }
        }
    }
}

extension Capability: ExpressibleByArgument {}
