import Documents
import Text

/// Equality of JSON values: numbers by value, objects whatever their order (2020-12 core section 4.2.2).
///
/// Keys compare by handle, so both documents must have been read with interners that share their beginning.
enum Equality {
    /// True when two nodes are the same JSON value. Linear in the smaller; allocates only for objects whose members
    /// stand in different orders.
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

    /// The first two items of an array that are equal, by hash and then by value. Linear in the array.
    static func firstRepetition(in document: borrowing Document, _ array: Int) -> (first: Int, second: Int)? {
        var found: (first: Int, second: Int)?
        forEachRepetition(in: document, array) { first, second in
            found = (first, second)
            return false
        }
        return found
    }

    /// Calls `body` with each item that equals an earlier one, and with that one, until it answers false.
    static func forEachRepetition(
        in document: borrowing Document, _ array: Int, _ body: (_ first: Int, _ second: Int) -> Bool
    ) {
        let count = Int(document[array].length)
        guard count > 1 else { return }
        var seen: [Int: [Int]] = Dictionary(minimumCapacity: count)
        var item = array + 1
        for _ in 0..<count {
            let hash = hash(document, item)
            var earlier: Int?
            for other in seen[hash, default: []] where areEqual(document, other, document, item) {
                earlier = other
            }
            if let earlier {
                guard body(earlier, item) else { return }
            } else {
                seen[hash, default: []].append(item)
            }
            item = document.end(of: item)
        }
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
        // Mostly the members stand in the same order.
        var (a, b) = (i + 1, j + 1)
        var rest = Int(left[i].length)
        while rest > 0, left[a].link == right[b].link {
            guard areEqual(left, a + 1, right, b + 1) else { return false }
            (a, b) = (left.end(of: a + 1), right.end(of: b + 1))
            rest -= 1
        }
        guard rest > 0 else { return true }
        var values: [UInt32: Int] = Dictionary(minimumCapacity: rest)
        for _ in 0..<rest {
            values[right[b].link] = b + 1
            b = right.end(of: b + 1)
        }
        for _ in 0..<rest {
            guard let value = values[left[a].link], areEqual(left, a + 1, right, value) else { return false }
            a = left.end(of: a + 1)
        }
        return true
    }

    /// A hash that equal values share. Seeded anew in each process, so that nobody can prepare values that collide.
    private static func hash(_ document: borrowing Document, _ index: Int) -> Int {
        let index = document.resolve(index)
        let node = document[index]
        var hasher = Hasher()
        switch node.kind {
        case .integer, .number: hasher.combine(document.number(at: index))
        case .string:
            for byte in document.text[document.textRange(of: index)] { hasher.combine(byte) }
        case .sequence:
            var item = index + 1
            for _ in 0..<Int(node.length) {
                hasher.combine(hash(document, item))
                item = document.end(of: item)
            }
        case .mapping:
            // Members add up, so their order does not matter.
            var sum = 0
            var key = index + 1
            for _ in 0..<Int(node.length) {
                var member = Hasher()
                member.combine(document[key].link)
                member.combine(hash(document, key + 1))
                sum &+= member.finalize()
                key = document.end(of: key + 1)
            }
            hasher.combine(sum)
        default: hasher.combine(node.kind)
        }
        return hasher.finalize()
    }
}
