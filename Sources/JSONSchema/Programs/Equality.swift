import Documents
import Text

/// Equality of JSON values: numbers by value, objects whatever their order (2020-12 core section 4.2.2).
///
/// Keys compare by handle, so both documents must have been read with interners that share their beginning.
enum Equality {
    /// True when two nodes are the same JSON value. Linear in the smaller, times the members of its objects.
    static func areEqual(_ left: borrowing Document, _ i: Int, _ right: borrowing Document, _ j: Int) -> Bool
    {
        let (i, j) = (left.resolve(i), right.resolve(j))
        let (a, b) = (left[i], right[j])
        switch (a.kind, b.kind) {
        case (.null, .null), (.true, .true), (.false, .false): return true
        case (.integer, .integer), (.integer, .number), (.number, .integer), (.number, .number):
            return left.number(at: i) == right.number(at: j)
        case (.string, .string), (.string, .key), (.key, .string): return sameText(left, i, right, j)
        case (.sequence, .sequence): return a.length == b.length && sameItems(left, i, right, j)
        case (.mapping, .mapping): return a.length == b.length && sameMembers(left, i, right, j)
        default: return false
        }
    }

    /// The first two items of an array that are equal, by hash and then by value.
    static func firstRepetition(in document: borrowing Document, _ array: Int) -> (first: Int, second: Int)? {
        let count = Int(document[array].length)
        guard count > 1 else { return nil }
        var seen: [Int: [Int]] = Dictionary(minimumCapacity: count)
        var item = array + 1
        for _ in 0..<count {
            let hash = hash(document, item)
            for earlier in seen[hash, default: []] where areEqual(document, earlier, document, item) {
                return (earlier, item)
            }
            seen[hash, default: []].append(item)
            item = document.end(of: item)
        }
        return nil
    }

    private static func sameText(_ left: borrowing Document, _ i: Int, _ right: borrowing Document, _ j: Int)
        -> Bool
    {
        let (a, b) = (left[i], right[j])
        guard a.length == b.length else { return false }
        for offset in 0..<Int(a.length)
        where left.text[Int(a.start) + offset] != right.text[Int(b.start) + offset] {
            return false
        }
        return true
    }

    private static func sameItems(_ left: borrowing Document, _ i: Int, _ right: borrowing Document, _ j: Int)
        -> Bool
    {
        var (a, b) = (i + 1, j + 1)
        for _ in 0..<Int(left[i].length) {
            guard areEqual(left, a, right, b) else { return false }
            (a, b) = (left.end(of: a), right.end(of: b))
        }
        return true
    }

    private static func sameMembers(
        _ left: borrowing Document, _ i: Int, _ right: borrowing Document, _ j: Int
    ) -> Bool {
        var a = i + 1
        for _ in 0..<Int(left[i].length) {
            var b = j + 1
            var found = false
            for _ in 0..<Int(right[j].length) where !found {
                if left[a].link == right[b].link {
                    guard areEqual(left, a + 1, right, b + 1) else { return false }
                    found = true
                }
                b = right.end(of: b + 1)
            }
            guard found else { return false }
            a = left.end(of: a + 1)
        }
        return true
    }

    private static func hash(_ document: borrowing Document, _ index: Int) -> Int {
        let index = document.resolve(index)
        let node = document[index]
        switch node.kind {
        case .integer, .number: return document.number(at: index).hashValue
        case .string:
            var hasher = Hasher()
            for byte in document.text[document.textRange(of: index)] { hasher.combine(byte) }
            return hasher.finalize()
        case .sequence, .mapping:
            var result = node.kind == .mapping ? 7 : 11
            var child = index + 1
            for position in 0..<Int(node.length) {
                if node.kind == .mapping {
                    // Members add up, so their order does not matter.
                    result &+= (Int(document[child].link) &+ 1) &* (hash(document, child + 1) | 1)
                    child = document.end(of: child + 1)
                } else {
                    result = result &* 31 &+ hash(document, child) &+ position
                    child = document.end(of: child)
                }
            }
            return result
        default: return Int(node.kind.rawValue)
        }
    }
}
