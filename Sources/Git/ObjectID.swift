import CGit2

/// The name of a git object: the SHA-1 of its kind, length and content.
///
/// 20 bytes without references; the order is that of the bytes, which is that of the hexadecimal text.
package struct ObjectID: Sendable, Hashable, Comparable, CustomStringConvertible {
    // Big-endian words, so that comparing them compares the bytes.
    private let high: UInt64
    private let middle: UInt64
    private let low: UInt32

    /// Bytes of an id.
    package static let byteCount = 20

    /// Reads 20 raw bytes; nil for any other number of them.
    package init?(bytes: some Collection<UInt8>) {
        guard bytes.count == ObjectID.byteCount else { return nil }
        high = bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
        middle = bytes.dropFirst(8).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
        low = bytes.dropFirst(16).reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// Reads 40 hexadecimal digits; nil for anything else, abbreviations included.
    package init?(_ text: some StringProtocol) {
        let digits = text.utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
        guard digits.count == 2 * ObjectID.byteCount, text.utf8.count == digits.count else { return nil }
        self.init(
            bytes: stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) })
    }

    /// The id that git gives to a file of this content; nothing is stored and no repository is needed.
    ///
    /// Linear in the bytes. The first call in a process starts libgit2, which takes about 3 ms.
    package init(ofBlob content: Span<UInt8>, faults: GitFaults? = nil) throws(GitError) {
        var oid = git_oid()
        try LibGit2(faults: faults).call(.hash, "\(content.count) bytes") {
            unsafe content.withUnsafeBytes { bytes in
                unsafe git_odb_hash(&oid, bytes.baseAddress, bytes.count, GIT_OBJECT_BLOB)
            }
        }
        self.init(oid)
    }

    /// The id that git gives to a folder with these entries, which stand in git's order; nothing is stored.
    ///
    /// Linear in the entries.
    package init(ofTree items: [TreeItem], faults: GitFaults? = nil) throws(GitError) {
        var content: [UInt8] = []
        for item in items {
            content += item.mode
            content.append(UInt8(ascii: " "))
            content += item.name.utf8
            content.append(0)
            content += item.id.bytes
        }
        var oid = git_oid()
        try LibGit2(faults: faults).call(.hash, "\(items.count) entries") {
            unsafe content.withUnsafeBytes { bytes in
                unsafe git_odb_hash(&oid, bytes.baseAddress, bytes.count, GIT_OBJECT_TREE)
            }
        }
        self.init(oid)
    }

    /// The 20 raw bytes.
    package var bytes: [UInt8] {
        unsafe withUnsafeBytes(of: (high.bigEndian, middle.bigEndian, low.bigEndian)) { bytes in
            unsafe Array(bytes.prefix(ObjectID.byteCount))
        }
    }

    package static func < (left: ObjectID, right: ObjectID) -> Bool {
        (left.high, left.middle, left.low) < (right.high, right.middle, right.low)
    }

    /// 40 lower-case hexadecimal digits.
    package var description: String {
        let digits = Array("0123456789abcdef".utf8)
        let text = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }

    /// The first ten digits, for people.
    package var abbreviated: String { String(description.prefix(10)) }
}

extension ObjectID {
    init(_ oid: git_oid) {
        let words = unsafe withUnsafeBytes(of: oid.id) { bytes in
            unsafe (
                bytes.loadUnaligned(as: UInt64.self), bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self),
                bytes.loadUnaligned(fromByteOffset: 16, as: UInt32.self)
            )
        }
        high = UInt64(bigEndian: words.0)
        middle = UInt64(bigEndian: words.1)
        low = UInt32(bigEndian: words.2)
    }

    /// The id as libgit2 takes it.
    var oid: git_oid {
        var oid = git_oid()
        unsafe withUnsafeMutableBytes(of: &oid.id) { bytes in
            unsafe bytes.storeBytes(of: high.bigEndian, as: UInt64.self)
            unsafe bytes.storeBytes(of: middle.bigEndian, toByteOffset: 8, as: UInt64.self)
            unsafe bytes.storeBytes(of: low.bigEndian, toByteOffset: 16, as: UInt32.self)
        }
        return oid
    }
}
