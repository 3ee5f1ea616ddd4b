import ArgumentParser
@preconcurrency import Glibc
import TestKit

/// The program `benchmarks`: measures this project, and makes what it measures on.
@main
struct BenchmarkCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "benchmarks", abstract: "Measure the registry program.",
        subcommands: [
            Validate.self, Ingesting.self, Generate.self, SizingBenchmark.self, PricingBenchmark.self,
            TruthCommand.self,
            TruthPeerCommand.self,
            FitCommand.self,
        ])
}

extension BenchmarkCommand {
    struct Generate: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write a synthetic registry, the same bytes every time.")

        @Argument(help: "The folder to write; it is made, and what is in it stays.")
        var folder: String

        @Option(help: "How many files.")
        var files = 1_000

        @Flag(help: "Plant a fault in every tenth file.")
        var faulty = false

        func run() throws {
            let size = try SyntheticRegistry(fileCount: files, isFaulty: faulty).write(to: folder)
            let lines = decimal(Double(size.lines) / Double(size.files), places: 1)
            print("\(size.files) files, on average \(lines) lines and \(size.bytes / size.files) bytes")
        }
    }

    /// Runs in the folder of the project: the floor's source and the list of peers stand in tools/bench.
    struct Validate: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Measure `registry validate` against the bare parser and against other validators.",
            discussion: "Run it in the folder of the project.")

        @Option(
            help: "The sizes of the synthetic registries, in files (default: 1000,10000,50000).",
            transform: BenchmarkCommand.sizes)
        var sizes = [1_000, 10_000, 50_000]

        @Option(help: "How many rounds; each runs every contestant once, slow ones take part in fewer.")
        var runs = 5

        @Option(help: "The release binary to measure.")
        var registry = ".build/release/registry"

        @Flag(help: "Leave other people's validators out.")
        var noPeers = false

        @Flag(help: "Write the tables to docs/benchmarks.md too.")
        var write = false

        func run() throws {
            let folder = ".build/benchmarks"
            Files.makeFolder(folder)
            let floor = "\(folder)/floor"
            _ = try measure(["cc", "-O2", "-o", floor, "tools/bench/floor.c", "-lyaml"], quiet: false)
            let threads = "\(folder)/threads"
            _ = try measure(["cc", "-O1", "-pthread", "-o", threads, "tools/bench/threads.c"], quiet: false)
            let benchmark = ValidateBenchmark(
                registry: registry, rounds: max(1, runs), peers: peers(in: folder), floor: floor,
                threads: threads, folder: folder)

            var report = BenchmarkReport(command: command, rounds: benchmark.rounds)
            report.add(try benchmark.runOneFile())
            for size in sizes {
                report.add(try benchmark.run(fileCount: size))
            }
            let changes = ChangeBenchmark(
                registry: registry, rounds: benchmark.rounds, floor: floor, folder: folder)
            for size in sizes { report.add(try changes.run(fileCount: size)) }
            print(report, terminator: "")
            if write {
                guard Files.write(report.description, to: "docs/benchmarks.md") else {
                    throw BenchmarkError("cannot write docs/benchmarks.md")
                }
            }
        }

        private var command: String {
            "benchmarks validate --sizes \(sizes.map(String.init).joined(separator: ",")) --runs \(runs)"
                + (noPeers ? " --no-peers" : "")
        }

        private func peers(in folder: String) -> Peers? {
            guard !noPeers else { return nil }
            do {
                return try Peers(environment: "\(folder)/peers", requirements: "tools/bench/peers.txt")
            } catch {
                fputs("benchmarks: other validators are left out: \(error)\n", stderr)
                return nil
            }
        }

    }

    /// Runs in the folder of the project: the peer's script stands in tools/bench.
    struct Ingesting: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "ingest", abstract: "Measure an ingest against bare COPY and against a script.",
            discussion:
                "Rows come from memory; the server is one of its own. Run it in the folder of the project.")

        @Option(
            help: "The sizes of the synthetic registries, in offers (default: 1000,10000,100000).",
            transform: BenchmarkCommand.sizes)
        var sizes = [1_000, 10_000, 100_000]

        @Option(help: "How many rounds.")
        var runs = 5

        @Flag(help: "Leave the script out.")
        var noPeers = false

        @Flag(help: "Write the tables to docs/benchmarks-ingest.md too.")
        var write = false

        func run() throws {
            let peer = noPeers ? nil : try? IngestPeer(environment: ".build/benchmarks/peers")
            if peer == nil, !noPeers { fputs("benchmarks: the script is left out: no psycopg\n", stderr) }
            var page = IngestReport(
                command:
                    "benchmarks ingest --sizes \(sizes.map(String.init).joined(separator: ",")) --runs \(runs)"
            )
            for size in sizes {
                page.add(try IngestBenchmark(offerCount: size, rounds: max(1, runs), peer: peer).run())
            }
            print(page, terminator: "")
            if write, !Files.write(page.description, to: "docs/benchmarks-ingest.md") {
                throw BenchmarkError("cannot write docs/benchmarks-ingest.md")
            }
        }
    }

    /// A list of counts with commas between them.
    fileprivate static func sizes(_ text: String) throws -> [Int] {
        try text.split(separator: ",").map { word in
            guard let size = Int(word), size > 1 else {
                throw ValidationError("'\(word)' is not a count")
            }
            return size
        }
    }
}
