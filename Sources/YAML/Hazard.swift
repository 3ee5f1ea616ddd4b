/// What makes a character unfit for a registry file.
enum Hazard: Equatable {
    /// Controls other than tab, LF and CR, and code points that are no characters.
    case control
    /// U+0085, U+2028, U+2029: line ends to YAML 1.1 and to libyaml, to no editor and no diff.
    case lineBreak
    /// Reorders the text around it when it is shown.
    case bidirectional
    /// Takes no room, so that two different names look the same. The joiners U+200C and U+200D are needed by
    /// scripts and emoji and are no hazard.
    case invisible
    /// U+FEFF, fine only as the first character of a file.
    case byteOrderMark

    init?(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D, 0x20...0x7E: return nil
        case 0x85, 0x2028, 0x2029: self = .lineBreak
        case 0..<0x20, 0x7F...0x9F: self = .control
        case 0x61C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: self = .bidirectional
        case 0xAD, 0x115F, 0x1160, 0x180E, 0x200B, 0x2060...0x2064, 0x3164, 0xFFA0, 0xFFF9...0xFFFB,
            0xE0000...0xE007F:
            self = .invisible
        case 0xFEFF: self = .byteOrderMark
        case let value where value & 0xFFFE == 0xFFFE: self = .control
        default: return nil
        }
    }

    /// Calls `report` for each hazard in valid UTF-8 with its byte offset. Linear.
    static func forEach(in bytes: Span<UInt8>, _ report: (Hazard, Unicode.Scalar, Int) -> Void) {
        var offset = 0
        while offset < bytes.count {
            let start = offset
            let scalar = decodeScalar(bytes, &offset)
            if let hazard = Hazard(scalar) { report(hazard, scalar, start) }
        }
    }

    private static func decodeScalar(_ bytes: Span<UInt8>, _ offset: inout Int) -> Unicode.Scalar {
        let lead = bytes[offset]
        offset += 1
        if lead < 0x80 { return Unicode.Scalar(lead) }
        var value = UInt32(lead) & (lead < 0xE0 ? 0x1F : lead < 0xF0 ? 0x0F : 0x07)
        while offset < bytes.count, UTF8.isContinuation(bytes[offset]) {
            value = value << 6 | UInt32(bytes[offset] & 0x3F)
            offset += 1
        }
        return Unicode.Scalar(value) ?? "\u{FFFD}"
    }
}
