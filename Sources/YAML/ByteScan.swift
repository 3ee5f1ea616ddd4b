/// One quick pass over a file that tells which of the slower checks it needs; most files need none.
///
/// Every answer may be a false alarm, never a false silence. Written without branches, so that it vectorises.
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
        var unusual: UInt8 = 0
        var tab: UInt8 = 0
        var backslash: UInt8 = 0
        var tightHash: UInt8 = 0
        var pair: UInt8 = 0
        var directive: UInt8 = 0
        var previous: UInt8 = 0x0A
        for index in bytes.indices {
            let byte = bytes[index]
            unusual |= bit(byte &- 0x20 > 0x5E) & bit(byte != 0x0A)
            tab |= bit(byte == 0x09)
            backslash |= bit(byte == UInt8(ascii: "\\"))
            tightHash |= bit(byte == UInt8(ascii: "#")) & bit(previous > 0x20)
            // `<`, `=` and `>` are neighbours in ASCII; `|` stands alone.
            pair |= bit(byte == previous) & (bit(byte &- 0x3C < 3) | bit(byte == UInt8(ascii: "|")))
            directive |= bit(byte == UInt8(ascii: "%")) & bit(previous < 0x20)
            previous = byte
        }
        hasUnusualBytes = unusual != 0
        hasTab = tab != 0
        hasBackslash = backslash != 0
        hasTightHash = tightHash != 0
        hasMarkerPair = pair != 0
        hasDirective = directive != 0
    }
}

@inline(__always)
private func bit(_ condition: Bool) -> UInt8 { condition ? 1 : 0 }
