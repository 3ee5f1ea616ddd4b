/// A promise about cost, held against what was measured.
struct Bar {
    let promise: String
    /// The unit of all three numbers; empty for a ratio.
    var unit = ""
    /// Nil where nothing is promised, and the figure stands for comparison.
    var limit: Double?
    /// What we would like besides.
    var aim: Double?
    let measured: Double

    var isKept: Bool? { limit.map { measured <= $0 } }
}

extension Table {
    /// What was promised beside what was measured.
    init(_ bars: [Bar]) {
        self.init(columns: ["what", "measured", "bar", "aim", ""])
        for bar in bars {
            let unit = bar.unit.isEmpty ? "" : " \(bar.unit)"
            add([
                bar.promise, decimal(bar.measured, places: 2) + unit,
                bar.limit.map { "≤ \(decimal($0, places: 2))\(unit)" } ?? "",
                bar.aim.map { "≤ \(decimal($0, places: 2))\(unit)" } ?? "",
                bar.isKept.map { $0 ? "ok" : "over" } ?? "",
            ])
        }
    }

    /// What each contestant cost, with its ratio to the first.
    init(_ contest: Contest) {
        self.init(columns: ["", "CPU s", "wall s", "peak MiB", "× floor", "rounds"])
        guard let floor = contest.entries.first else { return }
        for entry in contest.entries {
            add([
                entry.name, decimal(entry.cpuSeconds, places: 3), decimal(entry.wallSeconds, places: 3),
                decimal(mebibytes(entry.peakBytes), places: 1),
                decimal(contest.ratio(of: entry.name, to: floor.name) ?? 0, places: 2),
                String(entry.costs.count),
            ])
        }
    }
}

/// Bytes as mebibytes.
func mebibytes(_ bytes: Int) -> Double {
    Double(bytes) / 1_048_576
}
