/// The page that a benchmark makes: the promises first, then every figure.
struct BenchmarkReport: CustomStringConvertible {
    let command: String
    let rounds: Int
    private var results: [ValidateBenchmark.Result] = []

    init(command: String, rounds: Int) {
        self.command = command
        self.rounds = rounds
    }

    mutating func add(_ result: ValidateBenchmark.Result) {
        results.append(result)
    }

    var description: String {
        var page = """
            # Benchmarks

            Made by `\(command)` (`make bench ARGS=--write`) on \(Machine()).

            Every program runs once a round, in turn; a figure is the median of the rounds and a ratio the median of
            the ratios within a round, so that what else the machine did falls on all alike. CPU is user and system
            time of the whole process. The floor is a C program that walks the tree, reads every file and drives
            libyaml's event loop over it, on one thread, and keeps nothing. The peers check neither references nor
            duplicates, and run once for each of the three schemas. Linux counts a program's peak from its fork, so
            no peak is below what the measuring program held then, about 10 MiB. Where one file changed, cold means
            that nothing was kept of an earlier run, warm that the base was looked at before; two threads each. The bare loop
            says what a second thread was worth on this machine, for work as long as one job's: an idle core takes time to
            wake, which short work feels.

            \(Table(results.flatMap(\.bars)))
            """
        for result in results {
            page += "\n## \(result.title)\n\n\(Table(result.contest))"
        }
        return page
    }
}
