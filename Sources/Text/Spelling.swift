/// Guesses what a misspelt word was meant to be.
package enum Spelling {
    /// Words to guess among, prepared so that thousands can be compared with in microseconds.
    package struct Candidates: Sendable {
        private struct Candidate {
            let word: String
            let folded: [UInt8]
            let letters: UInt64
        }

        private var byLength: [Int: [Candidate]] = [:]

        /// Prepares the words. Linear in their bytes.
        package init(_ words: some Sequence<String>) {
            for word in words {
                let folded = Array(word.lowercased().utf8)
                byLength[folded.count, default: []].append(
                    Candidate(word: word, folded: folded, letters: Spelling.letters(of: folded)))
            }
        }

        /// The word nearest to `word`, or nil when none is near enough to be worth saying.
        ///
        /// Near enough is an edit distance of at most a third of the word's length, at least 1 and at most 4. Ties go
        /// to the word that comes first in byte order.
        package func nearest(to word: String) -> String? {
            let wanted = Array(word.lowercased().utf8)
            guard !wanted.isEmpty, wanted.count <= 200 else { return nil }
            let letters = Spelling.letters(of: wanted)
            var limit = min(4, max(1, wanted.count / 3))
            var best: String?
            for length in max(1, wanted.count - limit)...(wanted.count + limit) {
                for candidate in byLength[length] ?? [] where candidate.word != word {
                    // Each edit changes the set of letters by two at most: most words are ruled out by this alone.
                    guard (candidate.letters ^ letters).nonzeroBitCount <= 2 * limit else { continue }
                    let distance = Spelling.editDistance(wanted, candidate.folded, limit: limit)
                    guard distance <= limit else { continue }
                    if distance == limit, let best, best.precedesInByteOrder(candidate.word) { continue }
                    (limit, best) = (distance, candidate.word)
                }
            }
            return best
        }
    }

    /// The candidate nearest to `word`, or nil when none is near enough: `Candidates` for a single question.
    package static func nearest(to word: String, in candidates: some Sequence<String>) -> String? {
        Candidates(candidates).nearest(to: word)
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

    /// The set of bytes in a word, folded to 64 bits.
    private static func letters(of word: [UInt8]) -> UInt64 {
        word.reduce(0) { $0 | 1 << UInt64($1 & 63) }
    }
}
