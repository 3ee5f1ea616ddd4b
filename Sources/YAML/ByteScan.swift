/// One quick pass over a file that tells which of the slower checks it needs; most files need none.
///
/// Every answer may be a false alarm, never a false silence. Eight bytes at a time, without branches.
struct ByteScan {
    /// A byte that is not printable ASCII, a space or LF.
    let hasUnusualBytes: Bool
    let hasTab: Bool
    let hasBackslash: Bool
    /// A `#` right behind something that is not a space: a comment that is none, or text.
    let hasTightHash: Bool
    /// Two of the characters that conflict markers are made of, side by side.
    let hasMarkerPair: Bool
    /// A line that begins with `%`.
    let hasDirective: Bool

    init(_ bytes: Span<UInt8>) {
        var found = Found()
        unsafe bytes.withUnsafeBytes { buffer in
            guard let first = unsafe buffer.first else { return }
            found.take(Lanes(first), after: Lanes(0x0A))
            var offset = 1
            while offset + 8 <= buffer.count {
                let block = unsafe buffer.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                let before = unsafe buffer.loadUnaligned(fromByteOffset: offset - 1, as: UInt64.self)
                found.take(Lanes(bytes: block), after: Lanes(bytes: before))
                offset += 8
            }
            while offset < buffer.count {
                unsafe found.take(Lanes(buffer[offset]), after: Lanes(buffer[offset - 1]))
                offset += 1
            }
        }
        hasUnusualBytes = found.unusual != 0
        hasTab = found.tab != 0
        hasBackslash = found.backslash != 0
        hasTightHash = found.tightHash != 0
        hasMarkerPair = found.pair != 0
        hasDirective = found.directive != 0
    }
}

/// What was found so far; not zero where it was.
private struct Found {
    var unusual: UInt64 = 0
    var tab: UInt64 = 0
    var backslash: UInt64 = 0
    var tightHash: UInt64 = 0
    var pair: UInt64 = 0
    var directive: UInt64 = 0

    @inline(__always)
    mutating func take(_ block: Lanes, after before: Lanes) {
        unusual |= block.below(0x20) & ~block.equal(to: 0x0A) | block.atLeast(0x7F)
        tab |= block.equal(to: 0x09)
        backslash |= block.equal(to: UInt8(ascii: "\\"))
        tightHash |= block.equal(to: UInt8(ascii: "#")) & before.atLeast(0x21)
        // `<`, `=` and `>` are neighbours in ASCII; `|` stands alone.
        let marker = block.atLeast(0x3C) & block.below(0x3F) | block.equal(to: UInt8(ascii: "|"))
        pair |= block.equal(to: before) & marker
        directive |= block.equal(to: UInt8(ascii: "%")) & before.below(0x20)
    }
}

/// Eight bytes in one word. An answer has the top bit of each byte that it is true of, and no other bit.
private struct Lanes {
    let bytes: UInt64

    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let tops: UInt64 = 0x8080_8080_8080_8080

    @inline(__always)
    init(bytes: UInt64) { self.bytes = bytes }

    @inline(__always)
    init(_ byte: UInt8) { bytes = UInt64(byte) &* Lanes.ones }

    @inline(__always)
    func equal(to other: Lanes) -> UInt64 { Lanes(bytes: bytes ^ other.bytes).below(1) }

    @inline(__always)
    func equal(to byte: UInt8) -> UInt64 { equal(to: Lanes(byte)) }

    /// `limit` is at most 0x80, so that no carry leaves its byte.
    @inline(__always)
    func atLeast(_ limit: UInt8) -> UInt64 {
        ((bytes & ~Lanes.tops) &+ UInt64(0x80 - limit) &* Lanes.ones | bytes) & Lanes.tops
    }

    @inline(__always)
    func below(_ limit: UInt8) -> UInt64 { ~atLeast(limit) & Lanes.tops }
}
