import Entities

/// A tie between files as a number: 31 bits of a hash, and which end of the tie a file holds.
///
/// Two ties with the same hash only bring in files that were not needed.
struct TieToken: Sendable, Hashable, Comparable {
    let rawValue: UInt32

    /// What a file holds of a tie.
    enum End: UInt32 {
        /// The findings of others depend on this file.
        case given
        /// Its own findings depend on others.
        case taken
    }

    private init(_ hash: UInt64, _ end: End) {
        let folded = UInt32(truncatingIfNeeded: hash ^ (hash >> 32))
        rawValue = folded << 1 | end.rawValue
    }

    /// The same tie's other end, or this one.
    func end(_ end: End) -> TieToken {
        TieToken(rawValue: rawValue & ~1 | end.rawValue)
    }

    var isGiven: Bool { rawValue & 1 == End.given.rawValue }

    init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// The key of an entity in a collection.
    init(key: some Sequence<UInt8>, collection: Int32, _ end: End) {
        var hash = TieHash()
        hash.add("key")
        hash.add(UInt64(bitPattern: Int64(collection)))
        hash.add(key)
        self.init(hash.value, end)
    }

    /// A value that may occur once in a scope.
    init(unique value: [UInt8], scope: [UInt8]) {
        var hash = TieHash()
        hash.add("unique")
        hash.add(scope)
        hash.add(CollectionOfOne(0))
        hash.add(value)
        self.init(hash.value, .given)
    }

    /// A name that the rules between entities go by.
    init(_ tie: Tie, _ end: End) {
        var hash = TieHash()
        hash.add(tie.space.rawValue)
        hash.add(CollectionOfOne(0))
        hash.add(tie.name.utf8)
        self.init(hash.value, end)
    }

    static func < (left: TieToken, right: TieToken) -> Bool { left.rawValue < right.rawValue }
}

/// FNV-1a: the same in every run, since it is written to disk.
private struct TieHash {
    private(set) var value: UInt64 = 14_695_981_039_346_656_037

    mutating func add(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { value = (value ^ UInt64(byte)) &* 1_099_511_628_211 }
    }

    mutating func add(_ text: String) {
        add(text.utf8)
    }

    mutating func add(_ number: UInt64) {
        value = (value ^ number) &* 1_099_511_628_211
    }
}
