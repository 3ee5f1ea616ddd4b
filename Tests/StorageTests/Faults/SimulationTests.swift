import Glibc
import Postgres
import TestKit
import Testing

/// F24: random trees of commits, brought in by ingests that come between one another, break, go back and repair what
/// somebody's hand did, against a small model.
///
/// `SIMULATION_SEEDS=10000` plays so many seeds, `SIMULATION_SEED=77` plays one again.
@Suite struct SimulationTests {
    private static let seeds = seeds(usually: 200)

    private static func seeds(usually count: UInt64) -> ClosedRange<UInt64> {
        func variable(_ name: String) -> UInt64? { getenv(name).flatMap { UInt64(String(cString: $0)) } }
        if let seed = variable("SIMULATION_SEED") { return seed...seed }
        return 1...max(1, variable("SIMULATION_SEEDS") ?? count)
    }

    /// Plays seeds, and gives what happened how often.
    private static func play(
        _ seeds: ClosedRange<UInt64>, in settings: ConnectionSettings, kills: Bool = false
    ) throws -> [SimulatedEvent: Int] {
        var world = try SimulatedWorld(settings, kills: kills)
        var connection = try Connection.open(settings)
        for seed in seeds {
            let faults = try world.play(seed, &connection)
            #expect(faults == [], "seed \(seed): replay it with SIMULATION_SEED=\(seed)")
        }
        return world.counts
    }

    @Test func `random histories end as the model says`() throws {
        try ScratchDatabase.withSchema { settings in
            let counts = try Self.play(Self.seeds, in: settings)
            print(
                "random histories:", counts.map { "\($0.key) \($0.value)" }.sorted().joined(separator: ", "))
            guard Self.seeds.count >= 200 else { return }
            for event in SimulatedEvent.allCases where event != .killed {
                // Few moments of an ingest are such that another is held up, or has to give way.
                let least = event == .blocked || event == .overtaken ? 1 : 10
                #expect(counts[event, default: 0] >= least, "\(event)")
            }
        }
    }

    @Test func `so do those in which processes are killed`() async throws {
        let settings = try ScratchDatabase.makeSchema()
        defer { ScratchDatabase.dropSchema(of: settings) }
        let url = try ScratchDatabase.serverURL()
        let schema = settings.searchPath?.first ?? ""
        await #expect(processExitsWith: .success) { [url = url as String, schema = schema as String] in
            var settings = ConnectionSettings(url: url)
            settings.searchPath = [schema]
            let seeds = SimulationTests.seeds(usually: 20)
            let counts = try SimulationTests.play(seeds, in: settings, kills: true)
            #expect(seeds.count < 20 || counts[.killed, default: 0] >= 5)
        }
    }
}
