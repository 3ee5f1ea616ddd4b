import ArgumentParser
import Commands
import Diagnostics
import Entities
import Sizing

/// `atlas tiers`: which class of machine each open model asks for.
struct TiersCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "tiers",
        abstract: "Puts the open models into classes of machines.",
        discussion: """
            By weights and cache at eight bits for 8,192 + 512 tokens of one user, in GB (10^9 bytes): consumer below 24, \
            workstation from 24 to 80, infrastructure above. --formula seed reckons the cache from the full hidden size, \
            as an older calculator did, for comparison.
            """)

    /// How the list is cut.
    enum Grouping: String, CaseIterable, ExpressibleByArgument {
        case tier, vendor
    }

    /// How the memory is reckoned.
    enum Formula: String, CaseIterable, ExpressibleByArgument {
        case exact, seed
    }

    @Option(help: "What the list is grouped by: tier or vendor.")
    var by = Grouping.tier

    @Option(help: "How memory is reckoned: exact or seed.")
    var formula = Formula.exact

    @Option(help: ArgumentHelp("Where the workstation begins, in GB.", valueName: "gb"))
    var consumer = 24.0

    @Option(help: ArgumentHelp("Where the workstation ends, in GB.", valueName: "gb"))
    var workstation = 80.0

    @OptionGroup var common: CommonOptions

    @Option(help: "How the list is put out.")
    var format = TableFormat.text

    func validate() throws {
        guard consumer > 0, workstation >= consumer else {
            throw ValidationError(
                "the bounds of the tiers must rise: --consumer \(consumer), --workstation \(workstation)")
        }
    }

    func run(on console: Console) throws -> ExitStatus {
        let bounds = Tier.Bounds(consumer: consumer, workstation: workstation)
        let rows = try common.hardware(andModel: nil, on: console).models.compactMap {
            TierRow($0, formula, bounds)
        }
        let sorted = rows.sorted { left, right in
            if by == .tier, left.tier != right.tier { return left.order < right.order }
            if by == .vendor, left.model.vendor != right.model.vendor {
                return left.model.vendor < right.model.vendor
            }
            let (a, b) = (left.parameters, right.parameters)
            return a != b ? a > b : left.model.id < right.model.id
        }
        var table = ResultTable([
            .init(by == .tier ? "tier" : "vendor", key: by.rawValue), .init("model", key: "model"),
            .init("parameters", key: "parameters_billion"), .init("GB", key: "gigabytes"),
            .init(by == .tier ? "vendor" : "tier", key: by == .tier ? "vendor" : "tier"),
            .init("architecture", key: "architecture"),
        ])
        for row in sorted {
            let (tier, vendor) = (
                ResultTable.Cell.text(row.tier.rawValue), ResultTable.Cell.text(row.model.vendor)
            )
            table.rows.append([
                by == .tier ? tier : vendor, .text(row.model.id.text),
                .number(Double(row.parameters) / 1e9, decimals: 1), .number(row.gigabytes, decimals: 1),
                by == .tier ? vendor : tier, .text(row.isAssumed ? "assumed" : "known"),
            ])
        }
        let counts = Tier.allCases.map { tier in "\(rows.count { $0.tier == tier }) \(tier.rawValue)" }
        table.notes = [counts.joined(separator: ", ")]
        console.output(table.rendered(as: format))
        return .clean
    }
}

/// An open model and the class of machine that it asks for.
private struct TierRow {
    let model: Model
    let parameters: Int
    let gigabytes: Double
    let tier: Tier
    let isAssumed: Bool

    var order: Int { Tier.allCases.firstIndex(of: tier) ?? 0 }

    init?(_ model: Model, _ formula: TiersCommand.Formula, _ bounds: Tier.Bounds) {
        guard model.hasOpenWeights, let (architecture, isAssumed) = model.sizedNetwork,
            let count = architecture.parameterCount
        else { return nil }
        let memory =
            formula == .exact ? Tier.gigabytes(architecture) : SeedFormula(architecture)?.tierGigabytes
        guard let memory else { return nil }
        self.model = model
        parameters = model.parameters?.total.value ?? count.total
        gigabytes = memory
        tier = Tier(gigabytes: memory, bounds: bounds)
        self.isAssumed = isAssumed
    }
}
