import ArgumentParser
import Sizing
import TestKit

/// `benchmarks fit`: the speed profiles from measured rows.
struct FitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fit",
        abstract: "Fit the speed profiles on a table of measured values.",
        discussion: """
            One profile for all rows, then one for each engine on each generation of cards that has rows enough, held \
            near the first. Prints the error on the rows that were fitted and, leaving out one model after the other, on \
            rows that were not; with --write, Sources/Sizing/Speed/FittedProfiles.swift is written.
            """)

    @Argument(help: "A file of the truth table's form.")
    var file: String

    @Option(help: "The registry's folder.")
    var root = "."

    @Flag(help: "Leave out the rows that are not fitted: no models are held back.")
    var quick = false

    @Flag(help: "Write the profiles into the sources.")
    var write = false

    func run() throws {
        let samples = SpeedSample.all(of: try TruthCommand.rows(of: file, root: root))
        print("\(samples.count) rows of \(Set(samples.map(\.model)).count) models")
        let fit = SpeedFit(samples)
        print("fitted:  " + fit.errors(on: samples).text)
        guard !quick else { return }
        var held: [SpeedError] = []
        for model in Set(samples.map(\.model)).sorted() {
            let own = samples.filter { $0.model == model }
            let others = SpeedFit(samples.filter { $0.model != model })
            held += own.map { others.error(of: $0) }
            print("  without \(model): " + SpeedErrors(own.map { others.error(of: $0) }).text)
        }
        print("unseen:  " + SpeedErrors(held).text)
        guard write else { return }
        let path = root + "/Sources/Sizing/Speed/FittedProfiles.swift"
        guard Files.write(fit.source(unseen: held), to: path) else {
            throw BenchmarkError("\"\(path)\" cannot be written")
        }
        print("written to \(path)")
    }
}

/// A measured row ready to be modelled.
struct SpeedSample {
    let model: String
    let served: ServedModel
    let workload: Workload
    let engine: EngineProfile.Engine
    let generation: String?
    /// Seconds; nil where not measured.
    var output: Double?
    var first: Double?

    /// The rows of latencies, both measurements of one run together.
    static func all(of rows: [TruthRow]) -> [SpeedSample] {
        rows.compactMap { row in
            var times: (output: Double?, first: Double?)
            switch row.kind {
            case "perf.tpot_ms": times = (row.value / 1_000, nil)
            case "perf.ttft_ms": times = (nil, row.value / 1_000)
            case "perf.decode_tps_single", "perf.max_output_tps_per_gpu": times = (1 / row.value, nil)
            default: return nil
            }
            guard let (served, workload) = try? TruthPrediction.served(row) else { return nil }
            if row.kind == "perf.max_output_tps_per_gpu" {
                times.output = Double(workload.concurrency) / row.value / Double(row.rankCount)
            }
            let place = TruthPrediction.place(row)
            // Cards at home differ more by their bandwidth than by what llama.cpp makes of it.
            let isEverywhere = place.engine == .llamaCPP
            return SpeedSample(
                model: row.model, served: served, workload: workload, engine: place.engine,
                generation: isEverywhere ? nil : place.generation, output: times.output, first: times.first)
        }
    }

    var group: String { "\(engine.rawValue) \(generation ?? "")" }
}

/// Modelled over measured time of one row.
struct SpeedError {
    let isOutput: Bool
    let group: String
    /// Measured over modelled.
    let ratio: Double
}

/// Errors of many rows.
struct SpeedErrors {
    private let errors: [SpeedError]

    init(_ errors: [SpeedError]) { self.errors = errors }

    var text: String {
        "TPOT \(summary(true)), TTFT \(summary(false))"
    }

    private func summary(_ isOutput: Bool) -> String {
        let shares = errors.filter { $0.isOutput == isOutput }.map { abs(1 / $0.ratio - 1) }.sorted()
        guard !shares.isEmpty else { return "none" }
        let median = shares[(shares.count - 1) / 2]
        let mean = shares.reduce(0, +) / Double(shares.count)
        return
            "median \((median * 1_000).rounded() / 10) % mean \((mean * 1_000).rounded() / 10) % of \(shares.count)"
    }
}
