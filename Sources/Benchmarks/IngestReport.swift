/// The page that the ingest's benchmark makes: the promises first, then every figure.
struct IngestReport: CustomStringConvertible {
    private typealias Name = IngestBenchmark.Name

    let command: String
    private var results: [IngestBenchmark.Result] = []

    init(command: String) {
        self.command = command
    }

    mutating func add(_ result: IngestBenchmark.Result) {
        results.append(result)
    }

    var description: String {
        var page = """
            # Benchmarks of the ingest

            Made by `\(command)` on \(Machine()).

            Wall time; a figure is the median of the rounds and a ratio the median of the ratios within a round. Rows
            come from memory and go to a PostgreSQL of the benchmark's own, on the same machine, which waits for no
            disk. Before each ingest its buffers hold the tables, as those of a server do that has run for a while. The
            floor is binary COPY of the same rows, all tables in one transaction, into unlogged tables without index or
            key. Each opens a connection of its own, the floor too: to a new session, in which the server looks at every
            table for the first time, or, "in a warm session", through pgbouncer to one that has done the same before. Of
            the 1 %, three tenths get a new price, three tenths a later check, three tenths another limit, and a tenth
            goes and is replaced. The script sends one INSERT … ON CONFLICT a row with psycopg, as many loaders do, in one
            transaction.

            \(Table(results.flatMap { bars(of: $0) }))
            """
        for result in results {
            let size = "\(grouped(result.offerCount)) offers, \(grouped(result.rowCount)) rows"
            page += "\n## \(size), \(decimal(result.megabytes, places: 1)) MB\n\n\(table(of: result))"
        }
        return page
    }

    private func table(of result: IngestBenchmark.Result) -> Table {
        var table = Table(columns: ["", "ms", "× floor", "rounds"])
        for (name, values) in result.samples {
            table.add([
                name, decimal(median(values), places: 1),
                decimal(result.ratio(of: name, to: Name.floor) ?? 0, places: 3), String(values.count),
            ])
        }
        return table
    }

    private func bars(of result: IngestBenchmark.Result) -> [Bar] {
        let size = "\(grouped(result.offerCount)) offers"
        var bars: [Bar] = []
        func hold(
            _ promise: String, unit: String = "", limit: Double?, aim: Double? = nil, _ measured: Double?
        ) {
            guard let measured else { return }
            bars.append(
                Bar(promise: "\(size), \(promise)", unit: unit, limit: limit, aim: aim, measured: measured))
        }
        hold("first load ÷ floor", limit: 1.8, aim: 1.6, result.ratio(of: Name.first, to: Name.floor))
        hold("unchanged ÷ floor", limit: 0.25, aim: 0.2, result.ratio(of: Name.unchanged, to: Name.floor))
        hold("1 % ÷ floor", limit: 0.35, aim: 0.3, result.ratio(of: Name.changed, to: Name.floor))
        hold(
            "unchanged ÷ floor, in a warm session", limit: 0.25, aim: 0.2,
            result.ratio(of: Name.warmUnchanged, to: Name.warmFloor))
        hold(
            "1 % ÷ floor, in a warm session", limit: 0.35, aim: 0.3,
            result.ratio(of: Name.warmChanged, to: Name.warmFloor))
        hold(
            "same tree, over a connection and one query", unit: "ms", limit: 3,
            result.excess(of: Name.sameTree, over: Name.hello))
        hold(
            "unchanged, 10 ms away", unit: "ms", limit: result.offerCount == 10_000 ? 60 : nil,
            result.milliseconds(Name.away))
        hold("lock held at 1 %", unit: "ms", limit: 40, result.milliseconds(Name.locked))
        hold("first load ÷ psycopg's", limit: 0.1, result.ratio(of: Name.first, to: Name.peerFirst))
        hold("unchanged ÷ psycopg's", limit: 0.01, result.ratio(of: Name.unchanged, to: Name.peerAgain))
        return bars
    }
}
