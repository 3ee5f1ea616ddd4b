/// Guesses what a misspelt word was meant to be.
package enum Spelling {
    /// The candidate nearest to `word`, or nil when none is near enough to be worth saying.
    ///
    /// Near enough is an edit distance of at most a third of the word's length (at least 1). Ties go to the
    /// candidate that comes first in byte order. Linear in the candidates, quadratic in the word.
    package static func nearest(to word: String, in candidates: some Sequence<String>) -> String? {
        let wanted = Array(word.lowercased().utf8)
        guard !wanted.isEmpty, wanted.count <= 200 else { return nil }
        var best: (distance: Int, candidate: String)?
        let limit = max(1, wanted.count / 3)
        for candidate in candidates where candidate != word {
            let bytes = Array(candidate.lowercased().utf8)
            guard abs(bytes.count - wanted.count) <= limit else { continue }
            let distance = editDistance(wanted, bytes, limit: best?.distance ?? limit)
            guard distance <= limit else { continue }
            if let known = best, (known.distance, known.candidate) <= (distance, candidate) { continue }
            best = (distance, candidate)
        }
        return best?.candidate
    }

    /// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other
    /// (optimal string alignment distance); `limit + 1` as soon as it is certain to pass the limit.
    package static func editDistance(_ left: [UInt8], _ right: [UInt8], limit: Int) -> Int {
        var beforeLast = [Int](repeating: 0, count: right.count + 1)
        var last = Array(0...right.count)
        var current = last
        for row in 0..<left.count {
            current[0] = row + 1
            var smallest = current[0]
            for column in 0..<right.count {
                var cost = min(last[column + 1], current[column]) + 1
                cost = min(cost, last[column] + (left[row] == right[column] ? 0 : 1))
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    cost = min(cost, beforeLast[column - 1] + 1)
                }
                current[column + 1] = cost
                smallest = min(smallest, cost)
            }
            if smallest > limit { return limit + 1 }
            (beforeLast, last, current) = (last, current, beforeLast)
        }
        return last[right.count]
    }
}
