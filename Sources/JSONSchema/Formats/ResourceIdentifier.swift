/// The grammar of RFC 3986 (URI) and RFC 3987 (IRI); the second adds most characters beyond ASCII to the first.
struct ResourceIdentifier {
    let allowsUnicode: Bool

    /// With a scheme.
    func isAbsolute(_ text: Span<UInt8>) -> Bool {
        var offset = 0
        return takeScheme(text, at: &offset) && isAfterScheme(text, from: offset)
    }

    /// With a scheme or relative.
    func isReference(_ text: Span<UInt8>) -> Bool {
        if isAbsolute(text) { return true }
        // A colon in the first segment of a relative path would read as a scheme's.
        for offset in text.indices {
            switch text[offset] {
            case UInt8(ascii: ":"): return false
            case UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"): return isAfterScheme(text, from: 0)
            default: continue
            }
        }
        return isAfterScheme(text, from: 0)
    }

    private static let unreservedAndSubDelimiters = ASCIISet.lettersAndDigits + ASCIISet("-._~!$&'()*+,;=")
    private static let userInformation = unreservedAndSubDelimiters + ASCIISet(":")
    private static let path = unreservedAndSubDelimiters + ASCIISet(":@/")
    private static let query = path + ASCIISet("?")
    private static let scheme = ASCIISet.lettersAndDigits + ASCIISet("+-.")

    private func takeScheme(_ text: Span<UInt8>, at offset: inout Int) -> Bool {
        guard let first = text.byte(at: 0), ASCIISet.letters.contains(first) else { return false }
        _ = text.takeAll(Self.scheme, at: &offset)
        return text.take(UInt8(ascii: ":"), at: &offset)
    }

    /// `//authority`, path, `?query` and `#fragment`; each of them may be missing.
    private func isAfterScheme(_ text: Span<UInt8>, from start: Int) -> Bool {
        var offset = start
        if text.byte(at: offset) == UInt8(ascii: "/"), text.byte(at: offset + 1) == UInt8(ascii: "/") {
            offset += 2
            guard takeAuthority(text, at: &offset) else { return false }
        }
        guard take(Self.path, of: text, at: &offset) else { return false }
        if text.take(UInt8(ascii: "?"), at: &offset) {
            guard take(Self.query, of: text, at: &offset, allowsPrivateUse: true) else { return false }
        }
        if text.take(UInt8(ascii: "#"), at: &offset) {
            guard take(Self.query, of: text, at: &offset) else { return false }
        }
        return offset == text.count
    }

    /// `user@host:port`; leaves `offset` at the path.
    private func takeAuthority(_ text: Span<UInt8>, at offset: inout Int) -> Bool {
        var userEnd = offset
        guard take(Self.userInformation, of: text, at: &userEnd) else { return false }
        if text.take(UInt8(ascii: "@"), at: &userEnd) { offset = userEnd }
        if text.byte(at: offset) == UInt8(ascii: "[") {
            guard takeAddress(text, at: &offset) else { return false }
        } else if !take(Self.unreservedAndSubDelimiters, of: text, at: &offset) {
            return false
        }
        if text.take(UInt8(ascii: ":"), at: &offset) { _ = text.takeAll(.digits, at: &offset) }
        switch text.byte(at: offset) {
        case nil, UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"): return true
        default: return false
        }
    }

    /// `[IPv6]` or `[v1.anything]`.
    private func takeAddress(_ text: Span<UInt8>, at offset: inout Int) -> Bool {
        let start = offset + 1
        while let byte = text.byte(at: offset), byte != UInt8(ascii: "]") { offset += 1 }
        guard offset < text.count else { return false }
        let address = text.extracting(start..<offset)
        offset += 1
        guard let first = address.byte(at: 0), first | 0x20 == UInt8(ascii: "v") else {
            return Format.isIPv6(address)
        }
        var inner = 1
        return address.takeAll(.hexadecimalDigits, at: &inner) > 0
            && address.take(UInt8(ascii: "."), at: &inner)
            && address.takeAll(Self.userInformation, at: &inner) > 0 && inner == address.count
    }

    /// Takes characters of a set, percent-encoded ones and those beyond ASCII; false for a broken `%`.
    private func take(
        _ set: ASCIISet, of text: Span<UInt8>, at offset: inout Int, allowsPrivateUse: Bool = false
    ) -> Bool {
        while let byte = text.byte(at: offset) {
            if set.contains(byte) {
                offset += 1
            } else if byte == UInt8(ascii: "%") {
                guard text.isHexadecimal(at: offset + 1), text.isHexadecimal(at: offset + 2) else {
                    return false
                }
                offset += 3
            } else if byte >= 0x80, allowsUnicode {
                let (scalar, length) = text.scalar(at: offset)
                guard Self.isAllowed(scalar) || allowsPrivateUse && Self.isPrivateUse(scalar) else {
                    return true
                }
                offset += length
            } else {
                return true
            }
        }
        return true
    }

    /// `ucschar` of RFC 3987.
    static func isAllowed(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0xA0...0xD7FF, 0xF900...0xFDCF, 0xFDF0...0xFFEF: true
        case 0x10000...0xDFFFF: scalar & 0xFFFF <= 0xFFFD
        case 0xE1000...0xEFFFD: true
        default: false
        }
    }

    /// `iprivate` of RFC 3987.
    static func isPrivateUse(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0xE000...0xF8FF, 0xF0000...0xFFFFD, 0x100000...0x10FFFD: true
        default: false
        }
    }
}
