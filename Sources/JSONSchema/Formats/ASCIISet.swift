/// A set of ASCII characters, a bit each.
struct ASCIISet: Sendable {
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    init(_ characters: StaticString) {
        characters.withUTF8Buffer { for byte in $0 { insert(byte) } }
    }

    private init() {}

    private mutating func insert(_ byte: UInt8) {
        if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte - 64) }
    }

    @inline(__always)
    func contains(_ byte: UInt8) -> Bool {
        byte < 0x80 && (byte < 64 ? low : high) >> UInt64(byte & 63) & 1 == 1
    }

    static func + (left: ASCIISet, right: ASCIISet) -> ASCIISet {
        var union = ASCIISet()
        union.low = left.low | right.low
        union.high = left.high | right.high
        return union
    }

    static let letters = ASCIISet("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    static let digits = ASCIISet("0123456789")
    static let hexadecimalDigits = digits + ASCIISet("abcdefABCDEF")
    static let lettersAndDigits = letters + digits
}

/// Reading by position; each advances `offset` only past what it accepts.
extension Span<UInt8> {
    func byte(at offset: Int) -> UInt8? {
        offset < count ? self[offset] : nil
    }

    func take(_ byte: UInt8, at offset: inout Int) -> Bool {
        guard offset < count, self[offset] == byte else { return false }
        offset += 1
        return true
    }

    /// The number of bytes of the set taken.
    func takeAll(_ set: ASCIISet, at offset: inout Int) -> Int {
        let start = offset
        while offset < count, set.contains(self[offset]) { offset += 1 }
        return offset - start
    }

    /// The value of two decimal digits.
    func takeTwoDigits(at offset: inout Int) -> Int? {
        guard offset + 2 <= count else { return nil }
        let zero = UInt8(ascii: "0")
        let tens = self[offset] &- zero
        let ones = self[offset + 1] &- zero
        guard tens < 10, ones < 10 else { return nil }
        offset += 2
        return Int(tens) * 10 + Int(ones)
    }

    func isHexadecimal(at offset: Int) -> Bool {
        offset < count && ASCIISet.hexadecimalDigits.contains(self[offset])
    }
}
