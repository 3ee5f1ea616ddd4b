/// How entries of a cache are named so that no commit of the registry can leave an old one in use.
///
/// A key carries the generation that its value was read from. When the generation moves, every older entry is out of
/// reach at once, also one that a slow reader stores afterwards; removing it only saves memory.
package enum CacheKey {
    /// Holds the newest generation, for readers that look here more often than into the database. It is a hint: a
    /// reader that finds another generation than its own asks the database, which alone decides.
    package static let mark = "atlas:generation"

    /// The key of something in a generation: `atlas:g12:models?limit=20`.
    package static func key(_ name: String, generation: Int) -> String {
        "atlas:g\(generation):\(name)"
    }

    /// What all keys with a generation match.
    static let pattern = "atlas:g*:*"

    /// The generation in a key; nil for other keys.
    static func generation(of key: [UInt8]) -> Int? {
        let prefix = "atlas:g".utf8
        guard key.starts(with: prefix),
            let end = key.dropFirst(prefix.count).firstIndex(of: UInt8(ascii: ":"))
        else { return nil }
        return Int(String(decoding: key[prefix.count..<end], as: UTF8.self))
    }
}
