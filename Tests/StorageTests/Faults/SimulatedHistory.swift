import Postgres
import Storage
import TestKit

/// A random tree of commits, each with one of the states of the tests: branches, merges, roots of their own, and
/// commits that bring an earlier state back. Of one more, the last, this repository knows nothing.
struct SimulatedHistory: Sendable {
    struct Commit: Sendable {
        let registry: RegistryCommit
        let state: Int
    }

    private(set) var commits: [Commit] = []
    /// Of each commit those that come before it.
    private var ancestors: [Set<Int>] = []

    /// - Parameter name: what the ids of these commits begin with, and of no others.
    init(_ count: Int, named name: String, _ generator: inout SeededGenerator) {
        for number in 0...count {
            func chance(_ whole: Int) -> Bool { Int.random(in: 0..<whole, using: &generator) == 0 }
            var parents: Set<Int> = []
            if number > 0, number < count, !chance(10) {
                parents.insert(chance(3) ? .random(in: 0..<number, using: &generator) : number - 1)
                if chance(6) { parents.insert(.random(in: 0..<number, using: &generator)) }
            }
            let earlier = commits.randomElement(using: &generator)?.state
            let state =
                chance(3)
                ? earlier ?? 0 : Int.random(in: 0..<RegistryStates.count, using: &generator)
            // What a clock said when the commit was made is nothing to go by.
            let second = Int.random(in: -60_000_000_000...250_000_000_000, using: &generator)
            commits.append(
                Commit(
                    registry: RegistryCommit(
                        repository: "repository", id: "\(name)-\(number)", tree: "tree-\(state)",
                        committedAt: Timestamp(microsecondsSinceEpoch: second * 1_000_000)),
                    state: state))
            ancestors.append(parents.reduce(parents) { $0.union(ancestors[$1]) })
        }
    }

    /// The commit that is none of this repository.
    var foreign: Int { commits.count - 1 }

    /// The number of the commit with an id.
    func number(_ id: String) -> Int? { commits.firstIndex { $0.registry.id == id } }

    /// How a commit stands to another one.
    func lineage(of commit: Int, to other: Int) -> Lineage {
        if commit == other || ancestors[commit].contains(other) { return .descendant }
        if commit == foreign || other == foreign { return .unknown }
        return ancestors[other].contains(commit) ? .ancestor : .diverged
    }
}
