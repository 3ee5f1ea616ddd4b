import Git
import Text

/// Which files of one tree share a tie: what is kept of a registry to find the few files that a change concerns.
struct TieIndex: Sendable {
    /// A file in the order of the listing.
    struct File: Sendable {
        /// A stretch of the bytes that were read: of tens of thousands of paths a run looks at a few.
        let pathBytes: ArraySlice<UInt8>
        let collection: Int32
        /// Its key, where that is not what its path says.
        let oddKey: [UInt8]?
        /// True when more than its tokens must be known to judge it among others.
        let isEntangled: Bool

        var path: String { String(decoding: pathBytes, as: UTF8.self) }

        init(_ file: ListedFile, _ ties: FileTies) {
            self.init(
                pathBytes: Array(file.path.utf8)[...], collection: file.collection, oddKey: ties.oddKey,
                isEntangled: ties.isMismatched || !ties.steps.isEmpty)
        }

        init(pathBytes: ArraySlice<UInt8>, collection: Int32, oddKey: [UInt8]?, isEntangled: Bool) {
            self.pathBytes = pathBytes
            self.collection = collection
            self.oddKey = oddKey
            self.isEntangled = isEntangled
        }
    }

    /// The tree of the registry's folder.
    let tree: ObjectID
    private(set) var files: [File]
    /// A token and the number of a file that holds it, in this order, as one number each.
    private(set) var postings: [UInt64]

    init(tree: ObjectID, files: [File], postings: [UInt64]) {
        self.tree = tree
        self.files = files
        self.postings = postings
    }

    /// Makes it from all files of a tree. O(n log n) in the ties.
    init(tree: ObjectID, files: [ListedFile], ties: [FileTies]) {
        self.tree = tree
        self.files = zip(files, ties).map { File($0, $1) }
        postings = []
        for (index, ties) in ties.enumerated() {
            for token in ties.tokens { postings.append(TieIndex.posting(token, index)) }
        }
        postings.sort()
    }

    /// The numbers of the files that hold a token.
    func files(with token: TieToken) -> [Int] {
        var (low, high) = (0, postings.count)
        let first = TieIndex.posting(token, 0)
        while low < high {
            let middle = (low + high) / 2
            if postings[middle] < first { low = middle + 1 } else { high = middle }
        }
        return postings[low...].prefix { $0 >> 32 == UInt64(token.rawValue) }.map { Int($0 & 0xFFFF_FFFF) }
    }

    /// The number of the file at a path. O(log n).
    func number(of path: String) -> Int? {
        var (low, high) = (0, files.count)
        while low < high {
            let middle = (low + high) / 2
            if files[middle].path.precedesInByteOrder(path) { low = middle + 1 } else { high = middle }
        }
        return low < files.count && files[low].path == path ? low : nil
    }

    /// The index of another tree, from what differs: the old files go, the new ones come, each in order.
    ///
    /// Linear in the index.
    func updated(
        to tree: ObjectID, removing old: [ListedFile], adding new: [ListedFile], ties: [FileTies]
    ) -> TieIndex {
        let gone = Set(old.map(\.path))
        var merged: [File] = []
        merged.reserveCapacity(files.count + new.count)
        var number = [UInt64](repeating: .max, count: files.count)
        var numberOfNew: [UInt64] = []
        var next = 0
        func takeNew(before path: String?) {
            while next < new.count, path.map({ new[next].path.precedesInByteOrder($0) }) ?? true {
                numberOfNew.append(UInt64(merged.count))
                merged.append(File(new[next], ties[next]))
                next += 1
            }
        }
        for (index, file) in files.enumerated() where !gone.contains(file.path) {
            takeNew(before: file.path)
            number[index] = UInt64(merged.count)
            merged.append(file)
        }
        takeNew(before: nil)
        var added: [UInt64] = []
        for (index, ties) in ties.enumerated() {
            for token in ties.tokens { added.append(TieIndex.posting(token, Int(numberOfNew[index]))) }
        }
        added.sort()
        return TieIndex(tree: tree, files: merged, postings: mergedPostings(number, with: added))
    }

    /// The postings of the files that keep a number, with others between them in order.
    private func mergedPostings(_ number: [UInt64], with added: [UInt64]) -> [UInt64] {
        var merged: [UInt64] = []
        merged.reserveCapacity(postings.count + added.count)
        var next = 0
        for posting in postings {
            let file = number[Int(posting & 0xFFFF_FFFF)]
            guard file != .max else { continue }
            let moved = (posting & ~0xFFFF_FFFF) | file
            while next < added.count, added[next] < moved {
                merged.append(added[next])
                next += 1
            }
            merged.append(moved)
        }
        return merged + added[next...]
    }

    private static func posting(_ token: TieToken, _ file: Int) -> UInt64 {
        UInt64(token.rawValue) << 32 | UInt64(file)
    }
}
