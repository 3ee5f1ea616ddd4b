@testable import Storage

/// What may become of the database when some ingests were tried, one within the other.
struct SimulatedModel {
    typealias Ends = [(ingest: SimulatedIngest, end: SimulatedIngest.End)]

    let history: SimulatedHistory
    /// What readers see of each state.
    let expected: [[String]]

    /// The commit that the state row names.
    func number(of contents: TableContents) -> Int? { contents.commit.flatMap { history.number($0) } }

    /// Whether readers see the commit that the state row names, whole and nothing else.
    func isSound(_ contents: TableContents) -> Bool {
        number(of: contents).map { contents.visible == expected[history.commits[$0].state] } ?? false
    }

    /// Whether an ingest brings its commit in, given the commit that is there.
    private func moves(_ ingest: SimulatedIngest, from stored: Int?, isDamaged: Bool) -> Bool {
        guard let stored else { return true }
        guard stored != ingest.commit else { return ingest.options.repairs && isDamaged }
        let lineage = history.lineage(of: ingest.commit, to: stored)
        let isSameTree = history.commits[stored].state == history.commits[ingest.commit].state
        if isSameTree, !ingest.options.comparesRows, !ingest.options.repairs { return lineage == .descendant }
        switch lineage {
        case .descendant: return true
        case .ancestor: return ingest.options.rewinds
        default: return ingest.options.allowsDivergence
        }
    }

    /// Whether one commit can become another in so many generations: by the ingests that say that they worked, each
    /// once, and by any of those that broke, in some order.
    private func leads(from stored: Int?, to end: Int?, in steps: Int, by ends: Ends, isDamaged: Bool) -> Bool
    {
        if steps == 0 { return stored == end && !ends.contains { $0.end == .done } }
        return ends.indices.contains { index in
            let (ingest, how) = ends[index]
            guard how == .done || how == .broken, moves(ingest, from: stored, isDamaged: isDamaged) else {
                return false
            }
            var rest = ends
            rest.remove(at: index)
            return leads(from: ingest.commit, to: end, in: steps - 1, by: rest, isDamaged: false)
        }
    }

    /// What is not as it should be after some ingests.
    func faults(_ before: TableContents, _ after: TableContents, _ ends: Ends, isDamaged: Bool) -> [String] {
        let steps = after.generation - before.generation
        let (old, new) = (number(of: before), number(of: after))
        var faults: [String] = []
        if !leads(from: old, to: new, in: steps, by: ends, isDamaged: isDamaged) {
            let how = ends.map { "\($0.ingest) \($0.end)" }
            faults.append("\(name(old)) became \(name(new)) in \(steps) generations by \(how)")
        }
        if steps == 0, after.all != before.all { faults.append("rows were written for nothing") }
        if steps > 0, !isSound(after), let new {
            let wrong = Set(after.visible).symmetricDifference(expected[history.commits[new].state])
            faults.append(
                "the rows are not those of the commit: \(wrong.sorted().prefix(4)) by \(ends.map(\.ingest))")
        }
        if !rates(before).isSubset(of: rates(after)) {
            faults.append("a price that was in force is lost")
        }
        // Left alone, it does what it should: no less either.
        if ends.count == 1, let (ingest, end) = ends.first, ingest.fault == nil {
            let isDue = moves(ingest, from: old, isDamaged: isDamaged)
            if isDue != (end == .done) { faults.append("commit \(ingest.commit) ended as \(end)") }
        }
        return faults
    }

    /// A commit with its state and those that come before it.
    private func name(_ commit: Int?) -> String {
        guard let commit else { return "nothing" }
        let before = history.commits.indices.filter {
            $0 != commit && history.lineage(of: commit, to: $0) == .descendant
        }
        return "commit \(commit) (state \(history.commits[commit].state), after \(before))"
    }

    /// What each period charges, and charged: rows that are never changed.
    private func rates(_ contents: TableContents) -> Set<String> {
        Set(contents.all.filter { $0.hasPrefix("price_rates ") })
    }
}
