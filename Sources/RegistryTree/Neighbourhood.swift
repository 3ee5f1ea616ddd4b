import Diagnostics
import Text

/// The unchanged files that a change concerns: those that share a tie with a changed file, and those needed to tell
/// what is said of them.
///
/// What spans files is a matter between files that share a tie. So of a tie that a changed file gives, all holders are
/// taken in, and of one that it only takes, all givers: judged among these, a changed file is judged as in the whole
/// registry, and so is every tie that changed. Any other tie has the same holders here before and after the change,
/// hence the same findings, which cancel out.
struct Neighbourhood {
    /// Numbers of files in the index.
    private(set) var members: Set<Int> = []
    private let index: TieIndex
    private let changed: Set<String>
    private var asked: Set<TieToken> = []

    init(in index: TieIndex, changed: Set<String>) {
        self.index = index
        self.changed = changed
    }

    /// Takes in everything that a file is judged by and that is judged by it.
    mutating func complete(_ ties: FileTies) {
        for token in ties.tokens {
            take(token.end(.given))
            if token.isGiven { take(token.end(.taken)) }
        }
    }

    /// Takes in what a file's replacements lead to; `isKnown` tells whether a changed file gives a tie.
    mutating func follow(_ ties: FileTies, isKnown: (TieToken) -> Bool) {
        for step in ties.steps {
            let isFound = take(step.target) || isKnown(step.target)
            if !isFound, let neighbours = step.neighbours { take(neighbours) }
        }
    }

    /// Takes in files by their paths, where they are there and did not change.
    mutating func take(paths: Set<String>) {
        members.formUnion(paths.subtracting(changed).compactMap { index.number(of: $0) })
    }

    /// Takes in the unchanged files that hold a token; false when there are none.
    @discardableResult
    private mutating func take(_ token: TieToken) -> Bool {
        let holders = index.files(with: token).filter { !changed.contains(index.files[$0].path) }
        if asked.insert(token).inserted { members.formUnion(holders) }
        return !holders.isEmpty
    }
}
