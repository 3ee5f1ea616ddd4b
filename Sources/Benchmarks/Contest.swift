/// One of the programs that are compared.
struct Contestant {
    let name: String
    /// Run one after the other; their costs add up. Tools that take one schema a run need one for each collection.
    let commands: [[String]]
    /// A command run before each round on nobody's bill.
    var preparation: [String]?
    /// The status each command must end with.
    var expectedStatus: Int32 = 0
    /// How many rounds it takes part in; slow ones take part in fewer.
    var rounds = Int.max
}

/// Runs contestants in turn, round by round, so that what else the machine does falls on all of them alike.
struct Contest {
    private(set) var entries: [Entry] = []

    /// A contestant and what each of its rounds cost.
    struct Entry {
        let name: String
        var costs: [ProcessCost] = []

        var cpuSeconds: Double { median(costs.map(\.cpuSeconds)) }
        var wallSeconds: Double { median(costs.map(\.wallSeconds)) }
        var peakBytes: Int { costs.map(\.peakBytes).max() ?? 0 }
    }

    /// Every contestant once a round, in the order given. The first one's first run is repeated beforehand, so that
    /// nobody pays for a cold file cache.
    init(_ contestants: [Contestant], rounds: Int) throws(BenchmarkError) {
        entries = contestants.map { Entry(name: $0.name) }
        for command in contestants.first?.commands ?? [] {
            _ = try measure(command)
        }
        for round in 0..<rounds {
            for (index, contestant) in contestants.enumerated() where round < contestant.rounds {
                try entries[index].costs.append(Self.run(contestant))
            }
        }
    }

    /// The entry of that name, when it took part.
    subscript(name: String) -> Entry? {
        entries.first { $0.name == name }
    }

    /// How many times the other's cost an entry's is: the median over rounds of what the two cost in the same round.
    func ratio(
        of name: String, to other: String, _ cost: (ProcessCost) -> Double = { $0.cpuSeconds }
    ) -> Double? {
        guard let entry = self[name], let other = self[other], !entry.costs.isEmpty else { return nil }
        return median(zip(entry.costs, other.costs).map { cost($0) / cost($1) })
    }

    private static func run(_ contestant: Contestant) throws(BenchmarkError) -> ProcessCost {
        if let preparation = contestant.preparation { _ = try measure(preparation) }
        var total = ProcessCost(cpuSeconds: 0, wallSeconds: 0, peakBytes: 0)
        for command in contestant.commands {
            let cost = try measure(command, expecting: contestant.expectedStatus)
            total.cpuSeconds += cost.cpuSeconds
            total.wallSeconds += cost.wallSeconds
            total.peakBytes = max(total.peakBytes, cost.peakBytes)
        }
        return total
    }
}

/// The middle of the values, or the mean of the middle two; zero when there are none.
func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    guard !sorted.isEmpty else { return 0 }
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
