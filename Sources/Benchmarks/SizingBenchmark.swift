import ArgumentParser
import Entities
import RegistryTree
import Sizing
import TestKit

/// `benchmarks sizing`: how many configurations a second the placement search looks at on one core.
struct SizingBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sizing",
        abstract: "Measure the placement search: configurations a second, and growth with what is searched.",
        discussion: """
            A configuration is one layout of one format under one load, its memory and its speed. Each row multiplies one \
            side of the search by eight; the time of a configuration ought to stay what it was.
            """)

    @Option(help: "The registry's folder.")
    var root = "."

    @Option(help: "The models to place.")
    var models = ["meta/llama-3.3-70b-instruct", "openai/gpt-oss-120b", "deepseek/deepseek-v3"]

    @Option(help: "The card to place them on.")
    var gpu = "h100-sxm"

    @Option(help: "How many rounds; the fastest counts.")
    var runs = 5

    @Flag(help: "Write the table to docs/benchmarks-sizing.md too.")
    var write = false

    func run() throws {
        let catalog = try RegistryState(of: .folder(root), options: Validation.Options()).catalog
        guard let card = catalog.accelerator(named: gpu) else {
            throw BenchmarkError("no accelerator is called \"\(gpu)\"")
        }
        var table = Table(columns: ["model", "search", "configurations", "µs each", "a second"])
        for name in models {
            guard let architecture = catalog.model(named: name)?.architecture else {
                throw BenchmarkError("no architecture is known of \"\(name)\"")
            }
            for search in Search.all {
                let cost = search.cost(of: architecture, on: card, rounds: max(1, runs))
                let each = cost.seconds / Double(max(1, cost.configurations))
                table.add([
                    name, search.name, grouped(cost.configurations), decimal(each * 1e6, places: 2),
                    grouped(Int((1 / each).rounded())),
                ])
            }
        }
        let page = """
            # Benchmarks of the placement search

            Made by `benchmarks sizing --gpu \(gpu) --runs \(runs)` on \(Machine()).

            A configuration is one layout of one format under one load: whether it can be, its memory and its speed.
            One core, the fastest of the rounds. The aim is 2,000,000 a second; a search that grows eightfold on
            one side ought to leave the time of a configuration as it was.

            \(table)
            """
        print(page, terminator: "")
        guard write, !Files.write(page, to: "docs/benchmarks-sizing.md") else { return }
        throw BenchmarkError("cannot write docs/benchmarks-sizing.md")
    }
}

extension SizingBenchmark {
    /// Every pairing of some formats, numbers of cards and loads.
    private struct Search {
        let name: String
        var formats: [WeightFormat] = [.plain(.fp8)]
        var counts = [8]
        var batches = [16]

        static let all = [
            Search(name: "one format, 8 cards, one load"),
            Search(name: "cards × 8", counts: [1, 2, 4, 8, 16, 24, 32, 64]),
            Search(
                name: "formats × 8",
                formats: ["bf16", "fp8", "int8", "awq", "nvfp4", "nf4", "Q8_0", "Q4_K_M"].compactMap {
                    WeightFormat($0)
                }),
            Search(name: "loads × 8", batches: [1, 2, 4, 8, 16, 32, 64, 128]),
        ]

        /// The configurations that were looked at in one pass, and the seconds of the fastest.
        ///
        /// Models and cards are summed up before: a registry is read once, and searched often.
        func cost(
            of architecture: Architecture, on card: Accelerator, rounds: Int
        ) -> (configurations: Int, seconds: Double) {
            let models = formats.compactMap { ModelFootprint(architecture, as: $0) }
            let serving = ServingCard(card)
            let workloads = batches.map {
                Workload(promptTokens: 4_096, outputTokens: 512, concurrency: $0)
            }
            var best = Duration.seconds(3_600)
            var count = 0
            for _ in 0..<rounds {
                count = 0
                let repeats = 2_000
                let time = ContinuousClock().measure {
                    for _ in 0..<repeats { count += pass(models, serving, workloads) }
                }
                count /= repeats
                best = min(best, time / repeats)
            }
            return (count, best / .seconds(1))
        }

        /// Finds the fastest that fits, as a planner does; how many configurations were looked at.
        private func pass(_ models: [ModelFootprint], _ card: ServingCard, _ workloads: [Workload]) -> Int {
            var looked = 0
            var fastest = Double.infinity
            for model in models {
                PlacementSearch(model, on: card).visit(counts: counts, workloads: workloads) { answer, _ in
                    looked += 1
                    guard answer.verdict != .no, let speed = answer.speed else { return }
                    fastest = min(fastest, speed.outputToken.point)
                }
            }
            return fastest > 0 ? looked : 0
        }
    }
}
