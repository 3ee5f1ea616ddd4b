import CGit2

/// How hard renames are looked for.
package struct RenameLimits: Sendable {
    /// Percent of the content that must be the same; git's own default is 50.
    package var similarity: Int
    /// Bytes of the largest file whose content is compared; a larger one is recognised only unchanged.
    package var fileByteCount: Int
    /// Pairs of files that are compared; past that only unchanged content is recognised.
    package var pairCount: Int

    package init(similarity: Int = 50, fileByteCount: Int = 1 << 20, pairCount: Int = 250_000) {
        self.similarity = similarity
        self.fileByteCount = fileByteCount
        self.pairCount = pairCount
    }
}

/// Finds which of the added files are removed ones in another place.
struct RenameSearch {
    /// Positions in the lists of removed and added entries.
    struct Move {
        let old: Int
        let new: Int
        let similarity: Int
    }

    private let removed: [TreeEntry]
    private let added: [TreeEntry]
    private let limits: RenameLimits

    init(_ removed: [TreeEntry], _ added: [TreeEntry], _ limits: RenameLimits) {
        self.removed = removed
        self.added = added
        self.limits = limits
    }

    /// The moves, no entry in two of them: equal content first, then the most similar.
    func moves(in repository: borrowing Repository) throws(GitError) -> [Move] {
        let exact = exactMoves()
        let (oldTaken, newTaken) = (Set(exact.map(\.old)), Set(exact.map(\.new)))
        let old = removed.indices.filter { removed[$0].kind.isFile && !oldTaken.contains($0) }
        let new = added.indices.filter { added[$0].kind.isFile && !newTaken.contains($0) }
        guard !old.isEmpty, !new.isEmpty, old.count <= limits.pairCount / new.count else { return exact }
        return exact + best(of: try similarPairs(old, new, in: repository))
    }

    /// Pairs with the same content; a file that kept its name is preferred.
    private func exactMoves() -> [Move] {
        var places: [ObjectID: [Int]] = [:]
        for index in removed.indices where removed[index].kind != .folder {
            places[removed[index].id, default: []].append(index)
        }
        var moves: [Move] = []
        for (index, entry) in added.enumerated() {
            let candidates = (places[entry.id] ?? []).filter { isSameSort(removed[$0].kind, entry.kind) }
            let sameName = candidates.first { removed[$0].name.utf8.elementsEqual(entry.name.utf8) }
            guard let old = sameName ?? candidates.first else { continue }
            places[entry.id]?.removeAll { $0 == old }
            moves.append(Move(old: old, new: index, similarity: 100))
        }
        return moves
    }

    private func isSameSort(_ old: TreeEntry.Kind, _ new: TreeEntry.Kind) -> Bool {
        old == new || old.isFile && new.isFile
    }

    /// All pairs that are similar enough.
    private func similarPairs(
        _ old: [Int], _ new: [Int], in repository: borrowing Repository
    ) throws(GitError) -> [Move] {
        var signatures = SignatureTable()
        var content: [UInt8] = []
        for entry in old.map({ removed[$0] }) + new.map({ added[$0] }) {
            try signatures.append(entry.id, limits.fileByteCount, &content, in: repository)
        }
        var pairs: [Move] = []
        for (row, oldIndex) in old.enumerated() {
            for (column, newIndex) in new.enumerated() {
                let similarity = try signatures.similarity(row, old.count + column, in: repository)
                if similarity >= limits.similarity {
                    pairs.append(Move(old: oldIndex, new: newIndex, similarity: similarity))
                }
            }
        }
        return pairs
    }

    private func best(of pairs: [Move]) -> [Move] {
        var oldTaken: Set<Int> = []
        var newTaken: Set<Int> = []
        let ordered = pairs.sorted { ($1.similarity, $0.old, $0.new) < ($0.similarity, $1.old, $1.new) }
        return ordered.filter { pair in
            guard !oldTaken.contains(pair.old), !newTaken.contains(pair.new) else { return false }
            oldTaken.insert(pair.old)
            newTaken.insert(pair.new)
            return true
        }
    }
}

/// libgit2's signatures of the lines of some files, by which two can be compared without keeping their content.
struct SignatureTable {
    /// A class, since an array holds nothing that cannot be copied.
    private final class Signature {
        let handle: Handle
        let byteCount: Int

        init(_ handle: consuming Handle, byteCount: Int) {
            self.handle = handle
            self.byteCount = byteCount
        }
    }

    /// Nil for a file that is too large or not there.
    private var signatures: [Signature?] = []

    /// Adds a file's signature; `content` is memory to work in.
    mutating func append(
        _ id: ObjectID, _ limit: Int, _ content: inout [UInt8], in repository: borrowing Repository
    ) throws(GitError) {
        do throws(GitError) {
            guard try repository.readBlob(id, limit: limit, into: &content) else {
                return signatures.append(nil)
            }
        } catch {
            // A partial clone still knows what was added and removed.
            guard error.code == .missingObject else { throw error }
            return signatures.append(nil)
        }
        let handle = unsafe try repository.git.make(.compare, id.description, free: git_hashsig_free) {
            signature in
            unsafe content.withUnsafeBytes { bytes in
                unsafe git_hashsig_create(
                    &signature, bytes.baseAddress, bytes.count, GIT_HASHSIG_ALLOW_SMALL_FILES)
            }
        }
        signatures.append(Signature(handle, byteCount: content.count))
    }

    /// How much of two files is the same, in percent.
    func similarity(_ first: Int, _ second: Int, in repository: borrowing Repository) throws(GitError) -> Int
    {
        guard let first = signatures[first], let second = signatures[second] else { return 0 }
        // A file of less than half the size cannot hold half of the other.
        let (small, large) = (
            min(first.byteCount, second.byteCount), max(first.byteCount, second.byteCount)
        )
        guard small > 0, small >= large / 2 else { return 0 }
        return Int(
            try repository.git.call(.compare, "two files") {
                unsafe git_hashsig_compare(first.handle.pointer, second.handle.pointer)
            })
    }
}
