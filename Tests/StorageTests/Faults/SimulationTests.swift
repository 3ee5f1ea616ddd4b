import Postgres
import Storage
import TestKit
import Testing

/// F24: random histories of commits, of ingests that come between one another, and of faults, against a small model.
@Suite struct SimulationTests {
    private static let seedCount: UInt64 = 200

    @Test func `random histories end as the model says`() throws {
        try ScratchDatabase.withSchema { settings in
            var world = try SimulatedWorld(settings)
            for seed in 1...Self.seedCount {
                let faults = try world.play(seed)
                #expect(faults == [], "seed \(seed)")
            }
            #expect(world.struckCount > 80 && world.nestedCount > 100 && world.olderCount > 20)
        }
    }
}

/// A database, commits in a line that no one else knows, and what was seen so far.
struct SimulatedWorld {
    /// One ingest of a play.
    private struct Step {
        /// The commit, counted from the first of the play.
        let commit: Int
        let faults: FaultPlan
    }

    private let settings: ConnectionSettings
    private var expected: [[String]] = []
    /// Commits have numbers that never come twice, over all plays.
    private var base = 0
    /// What the database holds after the last play.
    private var lastState = RegistryStates.count - 1
    private(set) var struckCount = 0
    private(set) var nestedCount = 0
    private(set) var olderCount = 0

    init(_ settings: ConnectionSettings) throws {
        self.settings = settings
        var connection = try Connection.open(settings)
        try RegistryMigrations.runner.migrate(&connection)
        for state in 0..<RegistryStates.count {
            base += 1
            _ = try Ingest.ofState(state, commit: base, into: settings).run(RegistryStates.rows[state])
            expected.append(try TableContents.read(&connection).visible)
        }
    }

    /// Plays what a seed gives, and returns what is not as the model says.
    mutating func play(_ seed: UInt64) throws -> [String] {
        var generator = SeededGenerator(seed: seed)
        var states = (0..<6).map { _ in Int.random(in: 0..<RegistryStates.count, using: &generator) }
        // The same tree would not be taken in, and the commit before would stay.
        if states[0] == lastState { states[0] = (lastState + 1) % RegistryStates.count }
        base += 10
        _ = try run(Step(commit: 0, faults: FaultPlan()), states, between: {})
        var faults: [String] = []
        var before = try TableContents.read(settings)
        for _ in 0..<2 {
            let outer = step(&generator, among: states.count)
            let inner = Bool.random(using: &generator) ? step(&generator, among: states.count) : nil
            var (outerWorked, innerWorked) = (false, false)
            outerWorked = try run(outer, states) {
                guard let inner else { return }
                innerWorked = (try? run(inner, states, between: {})) ?? false
            }
            let after = try TableContents.read(settings)
            for step in [outer, inner].compactMap(\.self) { struckCount += step.faults.hasStruck ? 1 : 0 }
            nestedCount += inner == nil ? 0 : 1
            let worked =
                (outerWorked ? [outer.commit] : []) + (innerWorked ? inner.map { [$0.commit] } ?? [] : [])
            let candidates = [outer.commit] + (inner.map { [$0.commit] } ?? [])
            faults += judge(before, after, candidates, worked, states)
            before = after
        }
        return faults
    }

    /// The model: the commit is the one before or one of those that were tried, none is later and less; each step
    /// forward is a generation; what said that it went in is there, or something later. An ingest that finds its tree
    /// there says nothing: the state row keeps the commit that brought it.
    private mutating func judge(
        _ before: TableContents, _ after: TableContents, _ candidates: [Int], _ worked: [Int], _ states: [Int]
    ) -> [String] {
        let (old, new) = (number(before) - base, number(after) - base)
        var faults: [String] = []
        lastState = states[new]
        if after.visible != expected[states[new]] { faults.append("the rows are not those of the commit") }
        if new != old, !candidates.contains(new) { faults.append("a commit that nobody brought") }
        if new < old { faults.append("commit \(old) became \(new)") }
        let steps = after.generation - before.generation
        if new == old ? steps != 0 : !(1...candidates.count).contains(steps) {
            faults.append("\(steps) generations")
        }
        if new == old, after.all != before.all { faults.append("rows were written for nothing") }
        for commit in worked where commit > new {
            faults.append("it did not work")
        }
        olderCount += candidates.count { $0 < new }
        return faults
    }

    private func step(_ generator: inout SeededGenerator, among count: Int) -> Step {
        let fault: FaultPlan.Fault = Bool.random(using: &generator) ? .reset : .refuse
        let call = Int.random(in: 1...80, using: &generator)
        let isLasting = Int.random(in: 0..<4, using: &generator) == 0
        let faults =
            Bool.random(using: &generator)
            ? FaultPlan(fault, atCall: call, isLasting: isLasting) : FaultPlan()
        return Step(commit: Int.random(in: 0..<count, using: &generator), faults: faults)
    }

    /// Runs an ingest; `between` runs once, after it has read the state row. True when it brought its commit in.
    private func run(_ step: Step, _ states: [Int], between: () -> Void) throws -> Bool {
        var settings = settings
        settings.faults = step.faults
        let own = base + step.commit
        var isFirst = true
        do {
            let outcome = try Ingest.ofState(states[step.commit], commit: own, into: settings)
                .run(RegistryStates.rows[states[step.commit]]) { (stored) throws(StorageError) in
                    if isFirst { between() }
                    isFirst = false
                    return (Int(stored.dropFirst("commit-".count)) ?? 0) < own ? .descendant : .ancestor
                }
            if case .done = outcome { return true }
            return false
        } catch {
            guard step.faults.hasStruck else { throw error }
            return false
        }
    }

    private func number(_ contents: TableContents) -> Int {
        (contents.commit?.dropFirst("commit-".count)).flatMap { Int($0) } ?? 0
    }
}
