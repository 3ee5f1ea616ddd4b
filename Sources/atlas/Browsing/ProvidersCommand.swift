import ArgumentParser
import Commands
import Diagnostics
import Entities
import Text

/// `atlas providers`: who serves models and who rents accelerators.
struct ProvidersCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "providers", abstract: "Lists providers, those with the most models first.")

    @Option(help: "Of this kind only: lab, cloud, inference, aggregator, marketplace or self_hosted.")
    var kind: Provider.Kind?

    @Option(help: "In this country or region only, by its code or id.")
    var region: String?

    @Option(help: "With this interface only: openai, anthropic, google, cohere or custom.")
    var compatible: Interface.Format?

    @Flag(help: "Those that rent accelerators only.")
    var renting = false

    @Option(help: "How many are shown.")
    var top = 20

    @OptionGroup var common: CommonOptions

    @Option(help: "How the list is put out.")
    var format = TableFormat.text

    func validate() throws {
        guard top > 0 else { throw ValidationError("--top takes a number from 1") }
    }

    func run(on console: Console) throws -> ExitStatus {
        let catalog = try common.catalog(on: console)
        let counts = Dictionary(grouping: catalog.mappings, by: \.provider).mapValues(\.count)
        let wanted = catalog.providers.filter(isWanted).sorted { left, right in
            let (a, b) = (counts[left.id] ?? 0, counts[right.id] ?? 0)
            return a != b ? a > b : left.id < right.id
        }
        var table = ResultTable([
            .init("provider", key: "provider"), .init("name", key: "name"), .init("kind", key: "kind"),
            .init("models", key: "models"), .init("cards", key: "accelerators"),
            .init("interface", key: "interface"), .init("regions", key: "regions"),
            .init("from", key: "headquarters"), .init("status", key: "status"),
        ])
        for provider in wanted.prefix(top) {
            table.rows.append([
                .text(provider.id.text), .text(provider.name), .text(provider.kind.rawValue),
                .integer(counts[provider.id] ?? 0),
                .integer(Set(provider.acceleratorOffers.map(\.accelerator)).count),
                .text(provider.api?.formats.map(\.rawValue).joined(separator: ", ") ?? ""),
                .integer(provider.regions.count), provider.headquarters.map { .text($0) } ?? .none,
                .text(provider.status.stage.rawValue),
            ])
        }
        if wanted.count > top { table.notes = ["and \(wanted.count - top) more"] }
        console.output(table.rendered(as: format))
        return .clean
    }

    private func isWanted(_ provider: Provider) -> Bool {
        let place = region?.lowercased()
        let isThere =
            place == nil || provider.headquarters == place
            || provider.regions.contains { $0.id.lowercased() == place || $0.jurisdiction == place }
        return isThere && (kind ?? provider.kind) == provider.kind
            && (compatible.map { provider.api?.formats.contains($0) == true } ?? true)
            && (!renting || !provider.acceleratorOffers.isEmpty)
    }
}

extension Provider.Kind: ExpressibleByArgument {}
extension Interface.Format: ExpressibleByArgument {}
