/// `registry validate` on synthetic registries, in turn with the bare parser and with other validators.
struct ValidateBenchmark {
    let registry: String
    let rounds: Int
    /// Nothing when they are not to be had; their rows are then left out.
    let peers: Peers?
    let floor: String
    /// What a second thread is worth to a loop that does nothing else.
    let threads: String
    /// Where the synthetic registries are written.
    let folder: String

    /// What one size gave: its tables and how the promises about it were kept.
    struct Result {
        let title: String
        let contest: Contest
        let bars: [Bar]
    }

    /// Compares everyone on a clean registry of that many files, and us on a faulty one.
    func run(fileCount: Int) throws(BenchmarkError) -> Result {
        let tree = try SyntheticTree(SyntheticRegistry(fileCount: fileCount), at: "\(folder)/\(fileCount)")
        let faulty = try SyntheticTree(
            SyntheticRegistry(fileCount: fileCount, isFaulty: true), at: "\(folder)/\(fileCount)-faulty")
        var contestants = [
            Contestant(name: Name.floor, commands: [[floor, tree.root]]),
            Contestant(name: Name.oneJob, commands: [validate(tree, jobs: 1)]),
            Contestant(name: Name.twoJobs, commands: [validate(tree, jobs: 2)]),
            Contestant(name: Name.faulty, commands: [validate(faulty, jobs: 1)], expectedStatus: 1),
        ]
        contestants += peers?.contestants(on: tree) ?? []
        let contest = try Contest(contestants, rounds: rounds)
        let lines = decimal(Double(tree.size.lines) / Double(tree.size.files), places: 1)
        return Result(
            title:
                "\(grouped(fileCount)) files of \(lines) lines and \(tree.size.bytes / tree.size.files) bytes",
            contest: contest, bars: try bars(of: contest, fileCount: fileCount))
    }

    /// What a start costs: a registry of one file, many times.
    func runOneFile() throws(BenchmarkError) -> Result {
        let tree = try SyntheticTree(SyntheticRegistry(fileCount: 1), at: "\(folder)/1")
        var contestants = [
            Contestant(name: Name.floor, commands: [[floor, tree.root]]),
            Contestant(name: Name.oneJob, commands: [validate(tree, jobs: 1)]),
        ]
        contestants += peers?.contestants(on: tree) ?? []
        let contest = try Contest(contestants, rounds: max(20, rounds))
        var bars: [Bar] = []
        if let us = contest[Name.oneJob] {
            bars.append(
                Bar(promise: "one file, CPU", unit: "ms", limit: 10, aim: 5, measured: us.cpuSeconds * 1_000))
            bars.append(
                Bar(promise: "one file, peak", unit: "MiB", limit: 24, measured: mebibytes(us.peakBytes)))
        }
        return Result(title: "One file", contest: contest, bars: bars)
    }

    private enum Name {
        static let floor = "floor: read, libyaml's events"
        static let oneJob = "registry validate --jobs 1"
        static let twoJobs = "registry validate --jobs 2"
        static let faulty = "the same, a tenth of the files faulty"
    }

    private func validate(_ tree: SyntheticTree, jobs: Int) -> [String] {
        [registry, "validate", "--root", tree.root, "--jobs", String(jobs)]
    }

    /// The wall time of a bare loop on two threads over that on one, for work of that length: the median of the rounds.
    private func worthOfSecondThread(milliseconds: Double) throws(BenchmarkError) -> Double {
        var ratios: [Double] = []
        for _ in 0..<max(9, rounds) {
            let text = try output(of: [threads, decimal(milliseconds, places: 1)])
            guard let ratio = Double(text) else { throw BenchmarkError("\(threads) printed no number") }
            ratios.append(ratio)
        }
        return median(ratios)
    }

    private func bars(of contest: Contest, fileCount: Int) throws(BenchmarkError) -> [Bar] {
        let size = "\(grouped(fileCount)) files"
        var bars: [Bar] = []
        func hold(_ promise: String, limit: Double, aim: Double? = nil, _ measured: Double?) {
            guard let measured else { return }
            bars.append(Bar(promise: "\(size), \(promise)", limit: limit, aim: aim, measured: measured))
        }
        hold("CPU ÷ floor", limit: 2, aim: 1.6, contest.ratio(of: Name.oneJob, to: Name.floor))
        hold(
            "CPU ÷ sourcemeta's", limit: 0.5, aim: 0.4, contest.ratio(of: Name.oneJob, to: Peers.exhaustive))
        hold(
            "wall of two jobs ÷ one", limit: 0.6,
            contest.ratio(of: Name.twoJobs, to: Name.oneJob) { $0.wallSeconds })
        if let us = contest[Name.oneJob] {
            bars.append(
                Bar(
                    promise: "\(size), the same of a bare loop in C",
                    measured: try worthOfSecondThread(milliseconds: us.wallSeconds * 1_000)))
        }
        hold("CPU of faulty ÷ clean", limit: 1.5, aim: 1.2, contest.ratio(of: Name.faulty, to: Name.oneJob))
        if let us = contest[Name.oneJob], let limit = [10_000: 32.0, 50_000: 64.0][fileCount] {
            bars.append(
                Bar(promise: "\(size), peak", unit: "MiB", limit: limit, measured: mebibytes(us.peakBytes)))
        }
        return bars
    }
}
