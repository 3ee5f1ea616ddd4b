/// Reading code points out of UTF-8.
///
/// A malformed byte reads as U+FFFD of length one, so that no input can stop a reader or make it skip.
extension Span<UInt8> {
    /// The code point that starts at `offset`, and its length in bytes.
    @inline(__always)
    func scalar(at offset: Int) -> (scalar: UInt32, length: Int) {
        let lead = self[offset]
        return lead < 0x80 ? (UInt32(lead), 1) : longScalar(at: offset, lead: lead)
    }

    /// The code point that ends before `offset`, which is above zero, and its length in bytes.
    func scalar(before offset: Int) -> (scalar: UInt32, length: Int) {
        var start = offset - 1
        while start > 0, start > offset - 4, self[start] & 0xC0 == 0x80 { start -= 1 }
        let (scalar, length) = scalar(at: start)
        return start + length == offset ? (scalar, length) : (0xFFFD, 1)
    }

    private func longScalar(at offset: Int, lead: UInt8) -> (scalar: UInt32, length: Int) {
        let length: Int
        let smallest: UInt32
        var scalar: UInt32
        switch lead {
        case 0xC2...0xDF: (length, smallest, scalar) = (2, 0x80, UInt32(lead & 0x1F))
        case 0xE0...0xEF: (length, smallest, scalar) = (3, 0x800, UInt32(lead & 0x0F))
        case 0xF0...0xF4: (length, smallest, scalar) = (4, 0x10000, UInt32(lead & 0x07))
        default: return (0xFFFD, 1)
        }
        guard offset + length <= count else { return (0xFFFD, 1) }
        for index in offset + 1..<offset + length {
            guard self[index] & 0xC0 == 0x80 else { return (0xFFFD, 1) }
            scalar = scalar << 6 | UInt32(self[index] & 0x3F)
        }
        return scalar >= smallest && scalar <= 0x10FFFF ? (scalar, length) : (0xFFFD, 1)
    }
}
