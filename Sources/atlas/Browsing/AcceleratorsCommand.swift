import ArgumentParser
import Commands
import Diagnostics
import Entities
import Pricing
import Sizing
import Text

/// `atlas accelerators`: the cards there are.
struct AcceleratorsCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "accelerators",
        abstract: "Lists accelerators with memory, bandwidth, dense rates and the lowest price of an hour.",
        discussion: "Rates are dense, in 10^12 operations a second; GiB are 2^30 bytes, GB/s 10^9.")

    /// What comes first.
    enum Order: String, CaseIterable, ExpressibleByArgument {
        case id, memory, bandwidth, price
    }

    @Option(help: "What comes first: id, memory, bandwidth or price.")
    var sort = Order.memory

    @Option(help: "Of this vendor only.")
    var vendor: String?

    @Option(help: ArgumentHelp("With at least so much memory that programs can use.", valueName: "gib"))
    var minMemory: Double?

    @Option(help: "How many are shown.")
    var top = 100

    @Option(help: ArgumentHelp("The day whose prices count. Default: today, UTC.", valueName: "date"))
    var date: Day?

    @OptionGroup var common: CommonOptions

    @Option(help: "How the list is put out.")
    var format = TableFormat.text

    func validate() throws {
        guard top > 0 else { throw ValidationError("--top takes a number from 1") }
    }

    func run(on console: Console) throws -> ExitStatus {
        let catalog = try common.catalog(on: console)
        let day = try Day.today(date, on: console)
        let least = (minMemory ?? 0) * SizeTables.gib
        let wanted = catalog.accelerators.filter {
            (vendor ?? $0.vendor.rawValue) == $0.vendor.rawValue && Double($0.usableBytes) >= least
        }
        let priced = wanted.map { ($0, catalog.lowestHourlyPrice(of: $0.id, on: day)) }
        var table = ResultTable([
            .init("accelerator", key: "accelerator"), .init("name", key: "name"),
            .init("GiB", key: "memory_gib"), .init("usable", key: "usable_gib"),
            .init("GB/s", key: "bandwidth_gb_per_s"), .init("bf16", key: "bf16_tflops"),
            .init("fp8", key: "fp8_tflops"), .init("int8", key: "int8_tops"), .init("fp4", key: "fp4_tflops"),
            .init("W", key: "power_w"), .init("USD/h", key: "usd_per_hour"),
        ])
        for (card, price) in sorted(priced).prefix(top) { table.rows.append(row(card, price)) }
        if wanted.count > top { table.notes = ["and \(wanted.count - top) more"] }
        console.output(table.rendered(as: format))
        return .clean
    }

    private func row(_ card: Accelerator, _ price: Money?) -> [ResultTable.Cell] {
        func rate(_ format: PeakRates.Format) -> ResultTable.Cell {
            card.rates[format].map { .number(Double($0.denseOperationsPerSecond) / 1e12, decimals: 0) }
                ?? .none
        }
        return [
            .text(card.id.text), .text(card.name),
            .number(Double(card.memory.bytes) / SizeTables.gib, decimals: 0),
            .number(Double(card.usableBytes) / SizeTables.gib, decimals: 1),
            .number(Double(card.bandwidthBytesPerSecond) / 1e9, decimals: 0), rate(.bf16), rate(.fp8),
            rate(.int8), rate(.fp4), card.powerWatts.map { .integer($0) } ?? .none,
            price.map { .money($0, decimals: 2) } ?? .none,
        ]
    }

    private func sorted(_ cards: [(Accelerator, Money?)]) -> [(Accelerator, Money?)] {
        cards.sorted { left, right in
            let (a, b) = (figure(left), figure(right))
            return a != b ? a > b : left.0.id < right.0.id
        }
    }

    /// What is larger comes first; of prices the lower.
    private func figure(_ card: (Accelerator, Money?)) -> Double {
        switch sort {
        case .id: 0
        case .memory: Double(card.0.memory.bytes)
        case .bandwidth: Double(card.0.bandwidthBytesPerSecond)
        case .price: -(card.1?.approximate ?? .infinity)
        }
    }
}
