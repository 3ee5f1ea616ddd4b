/// Addresses and mail: RFC 2673 and RFC 4291, RFC 5321 and RFC 6531.
extension Format {
    /// Four decimal octets without leading zeros.
    static func isIPv4(_ text: Span<UInt8>) -> Bool {
        var offset = 0
        for octet in 0..<4 {
            if octet > 0, !text.take(UInt8(ascii: "."), at: &offset) { return false }
            let start = offset
            let digitCount = text.takeAll(.digits, at: &offset)
            guard (1...3).contains(digitCount) else { return false }
            if digitCount > 1, text[start] == UInt8(ascii: "0") { return false }
            let value = (start..<offset).reduce(0) { $0 * 10 + Int(text[$1] - UInt8(ascii: "0")) }
            guard value <= 255 else { return false }
        }
        return offset == text.count
    }

    /// Eight groups of hexadecimal digits; `::` once for one or more of them; the last two may be an IPv4 address.
    static func isIPv6(_ text: Span<UInt8>) -> Bool {
        var offset = 0
        var groupCount = 0
        var hasGap = false
        if text.take(UInt8(ascii: ":"), at: &offset) {
            guard text.take(UInt8(ascii: ":"), at: &offset) else { return false }
            hasGap = true
            if offset == text.count { return true }
        }
        while true {
            let start = offset
            let digitCount = text.takeAll(.hexadecimalDigits, at: &offset)
            if text.byte(at: offset) == UInt8(ascii: ".") {
                groupCount += 2
                guard isIPv4(text.extracting(start..<text.count)) else { return false }
                offset = text.count
            } else {
                guard (1...4).contains(digitCount) else { return false }
                groupCount += 1
            }
            if offset == text.count { break }
            guard text.take(UInt8(ascii: ":"), at: &offset) else { return false }
            if text.take(UInt8(ascii: ":"), at: &offset) {
                guard !hasGap else { return false }
                hasGap = true
                if offset == text.count { break }
            }
        }
        return hasGap ? groupCount < 8 : groupCount == 8
    }

    /// A mailbox: local part, `@`, and a domain or an address in brackets.
    static func isEmail(_ text: Span<UInt8>, allowsUnicode: Bool) -> Bool {
        var offset = 0
        let isLocalPart =
            text.byte(at: 0) == UInt8(ascii: "\"")
            ? takeQuotedLocalPart(text, at: &offset, allowsUnicode: allowsUnicode)
            : takeDottedAtoms(text, at: &offset, allowsUnicode: allowsUnicode)
        // RFC 5321, section 4.5.3.1.1.
        guard isLocalPart, offset <= 64, text.take(UInt8(ascii: "@"), at: &offset) else { return false }
        let domain = text.extracting(offset..<text.count)
        if domain.byte(at: 0) == UInt8(ascii: "[") { return isAddressLiteral(domain) }
        return isDomain(domain, allowsUnicode: allowsUnicode)
    }

    private static let atomCharacters = ASCIISet.lettersAndDigits + ASCIISet("!#$%&'*+-/=?^_`{|}~")

    private static func takeDottedAtoms(_ text: Span<UInt8>, at offset: inout Int, allowsUnicode: Bool)
        -> Bool
    {
        repeat {
            let start = offset
            while let byte = text.byte(at: offset),
                atomCharacters.contains(byte) || allowsUnicode && byte >= 0x80
            {
                offset += 1
            }
            if offset == start { return false }
        } while text.take(UInt8(ascii: "."), at: &offset)
        return true
    }

    private static func takeQuotedLocalPart(
        _ text: Span<UInt8>, at offset: inout Int, allowsUnicode: Bool
    ) -> Bool {
        offset += 1
        while let byte = text.byte(at: offset) {
            offset += 1
            if byte == UInt8(ascii: "\"") { return true }
            var quoted = byte
            if byte == UInt8(ascii: "\\") {
                guard let next = text.byte(at: offset) else { return false }
                quoted = next
                offset += 1
            }
            let isPlain = (0x20...0x7E).contains(quoted)
            let isLongScalar = allowsUnicode && quoted >= 0x80 && byte == quoted
            guard isPlain || isLongScalar else { return false }
        }
        return false
    }

    private static func isAddressLiteral(_ text: Span<UInt8>) -> Bool {
        guard text.count > 2, text[text.count - 1] == UInt8(ascii: "]") else { return false }
        let address = text.extracting(1..<text.count - 1)
        let tag = "ipv6:".utf8
        let isTagged =
            address.count > tag.count && tag.enumerated().allSatisfy { address[$0] | 0x20 == $1 | 0x20 }
        return isTagged ? isIPv6(address.extracting(tag.count..<address.count)) : isIPv4(address)
    }
}

/// Host names: RFC 1123, section 2.1, with the lengths of RFC 1035, section 2.3.4.
extension Format {
    /// Letters, digits and hyphens in labels; a label in Punycode must stand for a valid one.
    static func isHostName(_ text: Span<UInt8>) -> Bool {
        guard isDomain(text, allowsUnicode: false) else { return false }
        return !hasPunycodeLabel(text) || InternationalHostName.isValid(text)
    }

    static let maximumHostNameLength = 253
    static let maximumLabelLength = 63

    /// Labels of letters, digits and inner hyphens, separated by dots; with Unicode, of anything beyond ASCII too.
    static func isDomain(_ text: Span<UInt8>, allowsUnicode: Bool) -> Bool {
        guard text.count <= maximumHostNameLength else { return false }
        var labelStart = 0
        for offset in 0...text.count {
            guard offset == text.count || text[offset] == UInt8(ascii: ".") else {
                let byte = text[offset]
                let isHyphen = byte == UInt8(ascii: "-")
                if isHyphen || ASCIISet.lettersAndDigits.contains(byte) || allowsUnicode && byte >= 0x80 {
                    continue
                }
                return false
            }
            guard (1...maximumLabelLength).contains(offset - labelStart),
                text[labelStart] != UInt8(ascii: "-"), text[offset - 1] != UInt8(ascii: "-")
            else { return false }
            labelStart = offset + 1
        }
        return true
    }

    private static func hasPunycodeLabel(_ text: Span<UInt8>) -> Bool {
        guard text.count >= 4 else { return false }
        return (0...text.count - 4).contains { start in
            text[start] | 0x20 == UInt8(ascii: "x") && text[start + 1] | 0x20 == UInt8(ascii: "n")
                && text[start + 2] == UInt8(ascii: "-") && text[start + 3] == UInt8(ascii: "-")
                && (start == 0 || text[start - 1] == UInt8(ascii: "."))
        }
    }
}
