/// Finds keys that a mapping has twice, by handle and without hashing: linear in the members.
package struct KeyStamps: Sendable {
    /// For each handle: the check that saw it last, and the key's node.
    private var seen: [(check: UInt32, key: UInt32)] = []
    private var check: UInt32 = 0

    package init() {}

    /// Calls `report` with the first and the repeated key node for each repetition in one complete mapping.
    package mutating func findRepetitions(
        in mapping: Int, of document: borrowing Document, keyCount: Int, report: (Int, Int) -> Void
    ) {
        if seen.count < keyCount {
            let missing = max(64, keyCount * 2) - seen.count
            seen.append(contentsOf: repeatElement((check: 0, key: 0), count: missing))
        }
        check &+= 1
        var key = mapping + 1
        let end = Int(document.nodes[mapping].link)
        while key < end {
            let handle = Int(document.nodes[key].link)
            if seen[handle].check == check {
                report(Int(seen[handle].key), key)
            } else {
                seen[handle] = (check, UInt32(key))
            }
            key = document.end(of: key + 1)
        }
    }
}
