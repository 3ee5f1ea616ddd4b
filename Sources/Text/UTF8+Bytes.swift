extension UTF8 {
    /// True of the second and later bytes of a character.
    @inlinable
    package static func isContinuation(_ byte: UInt8) -> Bool {
        byte & 0xC0 == 0x80
    }

    /// How many code points stand in a stretch of valid UTF-8, a byte order mark at the very start left out.
    package static func codePointCount(of text: Span<UInt8>, from start: Int, to end: Int) -> Int {
        var count = 0
        for offset in (start == 0 ? min(byteOrderMarkLength(of: text), end) : start)..<end
        where !isContinuation(text[offset]) {
            count += 1
        }
        return count
    }

    /// 3 for a text that begins with U+FEFF, else 0.
    package static func byteOrderMarkLength(of text: Span<UInt8>) -> Int {
        text.count >= 3 && text[0] == 0xEF && text[1] == 0xBB && text[2] == 0xBF ? 3 : 0
    }

    /// Appends one scalar's encoding to a byte buffer.
    package static func append(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: String(Character(scalar)).utf8)
    }
}
