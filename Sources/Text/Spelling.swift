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
        /// Near enough is an edit distance of at most a third of the word's length, at least 1 and at most 3. Ties go
        /// to the word that comes first in byte order. Asks for one edit first, then for more: what rules a word out
        /// for few edits is cheap, and most mistakes are one.
        package func nearest(to word: String) -> String? {
            let wanted = Array(word.lowercased().utf8)
            guard !wanted.isEmpty, wanted.count <= 200 else { return nil }
            let letters = Spelling.letters(of: wanted)
            var table = EditTable(width: wanted.count + 4)
            for limit in 0...min(3, max(1, wanted.count / 3)) {
                var best: String?
                for length in max(1, wanted.count - limit)...(wanted.count + limit) {
                    for candidate in byLength[length] ?? [] where candidate.word != word {
                        // Each edit changes the set of letters by two at most: most words fall by this alone.
                        guard (candidate.letters ^ letters).nonzeroBitCount <= 2 * limit,
                            table.distance(candidate.folded, wanted, limit: limit) <= limit
                        else { continue }
                        if let best, best.precedesInByteOrder(candidate.word) { continue }
                        best = candidate.word
                    }
                }
                if let best { return best }
            }
            return nil
        }
    }

    /// The candidate nearest to `word`, or nil when none is near enough: `Candidates` for a single question.
    package static func nearest(to word: String, in candidates: some Sequence<String>) -> String? {
        Candidates(candidates).nearest(to: word)
    }

    /// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other
    /// (optimal string alignment distance); `limit + 1` as soon as it is certain to pass the limit.
    package static func editDistance(_ left: [UInt8], _ right: [UInt8], limit: Int) -> Int {
        var table = EditTable(width: right.count + 1)
        return table.distance(left, right, limit: limit)
    }

    /// The last three rows of the table of distances between the beginnings of two words, kept from word to word.
    private struct EditTable {
        private var beforeLast: [Int]
        private var last: [Int]
        private var current: [Int]

        /// For right words of fewer bytes than `width`.
        init(width: Int) {
            beforeLast = Array(repeating: 0, count: width)
            last = beforeLast
            current = beforeLast
        }

        /// The distance, or `limit + 1`: cells further than `limit` from the diagonal are never looked at.
        mutating func distance(_ left: [UInt8], _ right: [UInt8], limit: Int) -> Int {
            guard abs(left.count - right.count) <= limit else { return limit + 1 }
            guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
            for column in 0...min(right.count, limit) { last[column] = column }
            if limit < right.count { last[limit + 1] = limit + 1 }
            for row in 1...left.count {
                let first = max(1, row - limit)
                let end = min(right.count, row + limit)
                current[first - 1] = first == 1 ? row : limit + 1
                var smallest = current[first - 1]
                for column in first...end {
                    var cost = min(last[column], current[column - 1]) + 1
                    cost = min(cost, last[column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1))
                    if row > 1, column > 1, left[row - 1] == right[column - 2],
                        left[row - 2] == right[column - 1]
                    {
                        cost = min(cost, beforeLast[column - 2] + 1)
                    }
                    current[column] = cost
                    smallest = min(smallest, cost)
                }
                if smallest > limit { return limit + 1 }
                if end < right.count { current[end + 1] = limit + 1 }
                (beforeLast, last, current) = (last, current, beforeLast)
            }
            return min(last[right.count], limit + 1)
        }
    }

    /// The set of bytes in a word, folded to 64 bits.
    private static func letters(of word: [UInt8]) -> UInt64 {
        word.reduce(0) { $0 | 1 << UInt64($1 & 63) }
    }
}
