import ArgumentParser
import Entities
@preconcurrency import Glibc
import Pricing
import RegistryTree
import TestKit
import Text

/// `benchmarks pricing`: what a plan, a ranking of prices and the analysis of an invoice cost.
struct PricingBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pricing",
        abstract: "Measure a plan, a price ranking, and an invoice beside a pandas script.",
        discussion: "Run it in the folder of the project.")

    @Option(help: "How many rounds; of the plan and the ranking the fastest counts.")
    var runs = 5

    @Option(help: "How many lines the invoice has.")
    var lines = 1_000_000

    @Option(help: "The release binary to measure.")
    var atlas = ".build/release/atlas"

    @Option(help: "The day whose prices count.")
    var date = "2026-11-01"

    @Flag(help: "Leave the pandas script out.")
    var noPeers = false

    @Flag(help: "Write the tables to docs/benchmarks-pricing.md too.")
    var write = false

    func run() throws {
        let folder = ".build/benchmarks"
        Files.makeFolder(folder)
        guard let day = CalendarDate(date) else { throw BenchmarkError("\"\(date)\" is no day") }
        let catalog = try RegistryState(of: .folder("."), options: Validation.Options()).catalog
        let rows = catalog.rows(CatalogSelection(day: day)).rows
        let bars = [try plan(), ranking(of: rows, on: day)]
        let invoice = try InvoiceFile(of: rows, lineCount: max(1, lines), seed: 6, in: folder)
        let page = """
            # Benchmarks of plans, prices and invoices

            Made by `benchmarks pricing --runs \(runs) --lines \(lines) --date \(date)` on \(Machine()).

            \(Table(bars))
            The plan is `atlas plan \(Self.model) --tokens-per-day \(Self.tokens)` over all
            accelerators and offers of the registry, from the start of the process, CPU. The ranking is of
            synthetic rows that are in memory, one core. Of both the fastest of the rounds counts.

            ## An invoice of \(grouped(lines)) lines

            \(try contest(over: invoice, in: folder))
            The file is generated from prices of the registry; lines a second are of CPU, the median of the
            rounds. The script (`tools/pandas-invoice`) joins the same file with `atlas export csv` and sums what was
            spent and could be saved. It holds the file in memory, dates and rejects nothing, and explains
            nothing; start and import are on its bill, the reading of the registry is on ours.

            """
        print(page, terminator: "")
        guard write, !Files.write(page, to: "docs/benchmarks-pricing.md") else { return }
        throw BenchmarkError("cannot write docs/benchmarks-pricing.md")
    }

    private static let model = "meta/llama-3.3-70b-instruct"
    private static let tokens = "50000000"

    private func plan() throws -> Bar {
        var least = Double.infinity
        for _ in 0..<max(1, runs) * 4 {
            let cost = try measure([atlas, "plan", Self.model, "--tokens-per-day", Self.tokens])
            least = min(least, cost.cpuSeconds)
        }
        return Bar(promise: "a plan, from the start", unit: "ms", limit: 100, measured: least * 1_000)
    }

    /// Ten thousand rows drawn from the registry's, their prices changed so that few are alike.
    private func ranking(of rows: [CatalogRow], on day: CalendarDate) -> Bar {
        var generator = SeededGenerator(seed: 6)
        let drawn = (0..<10_000).map { number in
            let price = Int128.random(in: 10_000_000_000...100_000_000_000_000, using: &generator)
            return CatalogRow(
                workload: .llm, provider: "provider-\(number % 97)", skuKey: "model-\(number)",
                skuName: "Model \(number)", modelKey: "vendor/model-\(number % 1_013)",
                billingMode: "per_token",
                price: UnitPrice(Money(trillionths: price), per: WorkloadKind.llm.comparableUnit),
                sourceDate: day, confidence: generator.pick(.official, .high, .medium, .low),
                sourceKind: "third_party")
        }
        var question = PriceQuestion(.llm)
        question.weighsConfidence = true
        var best = Duration.seconds(3_600)
        for _ in 0..<max(1, runs) * 4 {
            var count = 0
            let time = ContinuousClock().measure {
                count = PriceRanking(of: drawn, for: question).entries.count
            }
            precondition(count == drawn.count, "every row is ranked")
            best = min(best, time)
        }
        return Bar(
            promise: "10,000 prices ranked", unit: "ms", limit: 10, measured: best / .milliseconds(1))
    }
}

extension PricingBenchmark {
    /// The invoice through `atlas invoice` and through the script, in turn.
    private func contest(over invoice: InvoiceFile, in folder: String) throws -> Table {
        let ours = "`atlas invoice`"
        let theirs = "pandas"
        var contestants = [
            Contestant(name: ours, commands: [[atlas, "invoice", invoice.path, "--date", date, "--quiet"]])
        ]
        if !noPeers, let catalog = try exported(in: folder) {
            let script = ["tools/pandas-invoice", invoice.path, catalog]
            // Installs it where it is not there yet, on nobody's bill.
            if (try? measure(script, quiet: false)) != nil {
                contestants.append(Contestant(name: theirs, commands: [script]))
            } else {
                fputs("benchmarks: the script is left out: no pandas\n", stderr)
            }
        }
        let contest = try Contest(contestants, rounds: max(1, runs))
        var table = Table(columns: ["", "lines a second", "CPU s", "wall s", "peak MiB", "CPU ÷ ours"])
        for entry in contest.entries {
            table.add([
                entry.name, grouped(Int(Double(invoice.lineCount) / entry.cpuSeconds)),
                decimal(entry.cpuSeconds, places: 2), decimal(entry.wallSeconds, places: 2),
                decimal(mebibytes(entry.peakBytes), places: 1),
                decimal(contest.ratio(of: entry.name, to: ours) ?? 0, places: 2),
            ])
        }
        return table
    }

    /// Where the catalog is as CSV, for the script.
    private func exported(in folder: String) throws -> String? {
        let text = try output(of: [atlas, "export", "csv", "--date", date, "--quiet"])
        let path = "\(folder)/catalog.csv"
        return Files.write(text + "\n", to: path) ? path : nil
    }
}
