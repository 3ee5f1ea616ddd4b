import ArgumentParser
import RegistryTree
import Sizing
import TestKit

/// `benchmarks truth-peer`: our errors beside another program's on the rows that both can do.
struct TruthPeerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "truth-peer",
        abstract: "Score the sizing engine and another program side by side on measured values.",
        discussion: """
            The other program's predictions are a file as tools/aiconfigurator-peer writes it. Only rows that both \
            predict count.
            """)

    @Argument(help: "A file of the truth table's form.")
    var file: String

    @Argument(help: "The other program's predictions.")
    var predictions: String

    @Option(help: "The registry's folder.")
    var root = "."

    @Flag(help: "Write the table to docs/benchmarks-aiconfigurator.md too.")
    var write = false

    func run() throws {
        let rows = try TruthCommand.rows(of: file, root: root)
        let peer = try PeerPredictions(of: SourceFiles.bytes(at: predictions))
        var table = Table(columns: [
            "kind", "rows of both", "our median", "its median", "our mean", "its mean", "ours nearer",
        ])
        for kind in Set(rows.map(\.kind)).sorted() {
            let pairs = rows.filter { $0.kind == kind }.compactMap { row -> (ours: Double, theirs: Double)? in
                guard let other = peer.values[row.id], let own = try? TruthPrediction(of: row) else {
                    return nil
                }
                return (abs(own.value.point / row.value - 1), abs(other / row.value - 1))
            }
            guard !pairs.isEmpty else { continue }
            let (ours, theirs) = (pairs.map(\.ours), pairs.map(\.theirs))
            let nearer = Double(pairs.count { $0.ours < $0.theirs }) / Double(pairs.count)
            table.add([
                kind, String(pairs.count), percent(median(ours)), percent(median(theirs)),
                percent(mean(ours)), percent(mean(theirs)), percent(nearer),
            ])
        }
        let page = """
            # Sizing beside \(peer.name)

            Made by `tools/aiconfigurator-peer sizing-truth.json predictions.json` and `benchmarks truth-peer
            sizing-truth.json predictions.json`: absolute errors of both on the rows of the shared half of the truth
            table that both can do. Our profiles were fitted on this half; \(peer.name) \(peer.version) measured its own
            kernels, and most of the rows are from its own samples. [sizing.md](sizing.md) says what ours are off by on
            models that were not fitted.

            \(table)
            """
        print(page, terminator: "")
        guard write, !Files.write(page, to: "docs/benchmarks-aiconfigurator.md") else { return }
        throw BenchmarkError("cannot write docs/benchmarks-aiconfigurator.md")
    }

    private func percent(_ share: Double) -> String { "\(decimal(share * 100, places: 1)) %" }

    /// The middle; of an even number the lower.
    private func median(_ errors: [Double]) -> Double { errors.sorted()[(errors.count - 1) / 2] }

    private func mean(_ errors: [Double]) -> Double { errors.reduce(0, +) / Double(errors.count) }
}
