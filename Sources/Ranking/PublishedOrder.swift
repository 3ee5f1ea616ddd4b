package import Entities

/// The order of a list that people look at: a provider passes its neighbour only when it is half a point ahead in two
/// rankings in a row, so that two near-equal ones do not change places with every probe.
package struct PublishedOrder: Sendable {
    /// From the best to the worst.
    package private(set) var providers: [Provider.ID] = []
    private var last: [Provider.ID: Int] = [:]

    /// Half a point, in millionths.
    private static let lead = 500_000

    /// The order after rankings that follow each other in time.
    package init(replaying rankings: some Sequence<ProviderRanking>) {
        for ranking in rankings { follow(ranking) }
    }

    private mutating func follow(_ ranking: ProviderRanking) {
        let scores = Dictionary(ranking.entries.map { ($0.provider, $0.millionths) }) { first, _ in first }
        providers.removeAll { scores[$0] == nil }
        let known = Set(providers)
        providers += ranking.entries.map(\.provider).filter { !known.contains($0) }
        // Each pass moves a provider up by one place; as many as there are providers settle it.
        for _ in providers {
            for index in providers.indices.dropFirst()
            where isAhead(providers[index], of: providers[index - 1], scores) {
                providers.swapAt(index - 1, index)
            }
        }
        last = scores
    }

    private func isAhead(_ lower: Provider.ID, of upper: Provider.ID, _ scores: [Provider.ID: Int]) -> Bool {
        guard let now = scores[lower], let before = last[lower], let nowAbove = scores[upper],
            let beforeAbove = last[upper]
        else { return false }
        return now - nowAbove >= PublishedOrder.lead && before - beforeAbove >= PublishedOrder.lead
    }
}
