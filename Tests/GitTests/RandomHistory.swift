import Git
import TestKit
import Testing

/// A random history in a repository, and what is true of it by the slowest and plainest means.
struct RandomHistory {
    private(set) var ids: [ObjectID] = []
    /// The positions of each commit's parents, always smaller than its own.
    private(set) var parents: [[Int]] = []

    /// Makes commits that branch and merge at will, with clocks that are right or not, each writing one of a few files.
    init(seed: UInt64, commitCount: Int, clocksAreRight: Bool, in scratch: Scratch) throws {
        var random = SeededGenerator(seed: seed)
        var stream = ""
        for index in 0..<commitCount {
            let count =
                index == 0 || Int.random(in: 0..<12, using: &random) == 0
                ? 0 : Int.random(in: 1...2, using: &random)
            let recent = max(0, index - 5)..<index
            let own = Set((0..<count).map { _ in Int.random(in: recent, using: &random) }).sorted(by: >)
            parents.append(own)
            let seconds =
                1_700_000_000 + (clocksAreRight ? index * 60 : Int.random(in: 0..<5_000, using: &random))
            stream += "commit refs/heads/c\(index)\nmark :\(index + 1)\ncommitter A <a> \(seconds) +0000\n"
            stream += "data \(String(index).utf8.count)\n\(index)\n"
            for (place, parent) in own.enumerated() {
                stream += "\(place == 0 ? "from" : "merge") :\(parent + 1)\n"
            }
            let file = Int.random(in: 0..<3, using: &random)
            let value = Int.random(in: 0..<4, using: &random)
            if value == 0, !own.isEmpty {
                stream += "D f\(file)\n"
            } else {
                stream += "M 644 inline f\(file)\ndata 1\n\(value)\n"
            }
        }
        try scratch.git("fast-import", "--quiet", input: Array(stream.utf8))
        for index in 0..<commitCount { ids.append(try scratch.id("refs/heads/c\(index)")) }
    }

    /// A commit and all that come before it, as positions.
    func ancestors(of index: Int) -> Set<Int> {
        parents[index].reduce(into: [index]) { $0.formUnion(ancestors(of: $1)) }
    }

    /// The common ancestors of two commits that come before no other common ancestor.
    func bestBases(_ first: Int, _ second: Int) -> Set<ObjectID> {
        let common = ancestors(of: first).intersection(ancestors(of: second))
        let best = common.filter { base in !common.contains { $0 != base && ancestors(of: $0).contains(base) }
        }
        return Set(best.map { ids[$0] })
    }
}
