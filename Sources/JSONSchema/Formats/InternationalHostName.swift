/// Host names in any script: IDNA2008 (RFC 5890 to RFC 5893).
///
/// A label is either plain ASCII, or Unicode that the rules allow, or the Punycode of such. Code point properties are
/// those of Unicode 17.0.
enum InternationalHostName {
    static func isValid(_ text: Span<UInt8>) -> Bool {
        // No character takes more bytes in UTF-8 than four times its share of the encoded name.
        guard !text.isEmpty, text.count <= 4 * Format.maximumHostNameLength, let labels = decodedLabels(text)
        else {
            return false
        }
        guard labels.contains(where: { $0.contains { BidiClass.isRightToLeft($0) } }) else { return true }
        return labels.allSatisfy { BidiClass.permits($0) }
    }

    /// The labels, Punycode decoded, or nil when one is invalid or the encoded name is too long.
    private static func decodedLabels(_ text: Span<UInt8>) -> [[UInt32]]? {
        var labels: [[UInt32]] = []
        var encodedLength = -1
        var label: [UInt32] = []
        var offset = 0
        while offset <= text.count {
            var isEnd = offset == text.count
            if !isEnd {
                let (scalar, length) = text.scalar(at: offset)
                offset += length
                isEnd = isDot(scalar)
                if !isEnd { label.append(scalar) }
            } else {
                offset += 1
            }
            guard isEnd else { continue }
            guard let (decoded, length) = decode(label) else { return nil }
            labels.append(decoded)
            encodedLength += length + 1
            label = []
        }
        return encodedLength <= Format.maximumHostNameLength ? labels : nil
    }

    /// The full stop and its wide forms (RFC 3490, section 3.1).
    private static func isDot(_ scalar: UInt32) -> Bool {
        scalar == 0x2E || scalar == 0x3002 || scalar == 0xFF0E || scalar == 0xFF61
    }

    /// A label's Unicode form and the length of its ASCII form.
    private static func decode(_ label: [UInt32]) -> (decoded: [UInt32], encodedLength: Int)? {
        guard (1...Format.maximumLabelLength).contains(label.count) else { return nil }
        guard label.allSatisfy({ $0 < 0x80 }) else {
            let encodedLength = Punycode.encode(label).count + 4
            guard encodedLength <= Format.maximumLabelLength, isValidUnicodeLabel(label) else { return nil }
            return (label, encodedLength)
        }
        let ascii = label.map { UInt8($0) }
        guard Format.isDomain(ascii.span, allowsUnicode: false) else { return nil }
        guard hasReservedHyphens(label) else { return (label, ascii.count) }
        let small = ascii.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        guard small.starts(with: "xn--".utf8), let decoded = Punycode.decode(small[4...]),
            decoded.contains(where: { $0 >= 0x80 }), Punycode.encode(decoded)[...] == small[4...],
            isValidUnicodeLabel(decoded)
        else { return nil }
        return (decoded, ascii.count)
    }

    /// RFC 5891, section 4.2.3.1.
    private static func hasReservedHyphens(_ label: [UInt32]) -> Bool {
        label.count >= 4 && label[2] == 0x2D && label[3] == 0x2D
    }

    /// RFC 5891, section 4.2: hyphens, leading marks, allowed code points and their contexts, normalisation.
    private static func isValidUnicodeLabel(_ label: [UInt32]) -> Bool {
        let scalars = label.compactMap { Unicode.Scalar($0) }
        guard scalars.count == label.count, label.first != 0x2D, label.last != 0x2D,
            !hasReservedHyphens(label),
            let first = scalars.first, !first.properties.generalCategory.isMark
        else { return false }
        for (index, scalar) in scalars.enumerated() {
            switch HostNameScalarClass(scalar) {
            case .valid: continue
            case .disallowed: return false
            case .inContext: if !HostNameContext.permits(scalars, at: index) { return false }
            }
        }
        return CanonicalComposition.isComposed(scalars)
    }
}

/// The derived property of RFC 5892, section 3; its order of rules is kept.
enum HostNameScalarClass {
    case valid
    case inContext
    case disallowed

    init(_ scalar: Unicode.Scalar) {
        let properties = scalar.properties
        if let exception = Self.exception(scalar.value) {
            self = exception
        } else if properties.isJoinControl {
            self = .inContext
        } else if properties.generalCategory == .unassigned || Self.isOldHangulJamo(scalar.value)
            || properties.changesWhenNFKCCaseFolded || properties.isDefaultIgnorableCodePoint
            || properties.isWhitespace || properties.isNoncharacterCodePoint
            || Self.isInIgnoredBlock(scalar.value)
        {
            self = .disallowed
        } else {
            self = scalar == "-" || properties.generalCategory.isLetterOrDigit ? .valid : .disallowed
        }
    }

    /// RFC 5892, section 2.6.
    private static func exception(_ scalar: UInt32) -> HostNameScalarClass? {
        switch scalar {
        case 0xDF, 0x03C2, 0x06FD, 0x06FE, 0x0F0B, 0x3007: .valid
        case 0xB7, 0x0375, 0x05F3, 0x05F4, 0x30FB, 0x0660...0x0669, 0x06F0...0x06F9: .inContext
        case 0x0640, 0x07FA, 0x302E, 0x302F, 0x3031...0x3035, 0x303B: .disallowed
        default: nil
        }
    }

    /// Hangul syllable types L, V and T.
    private static func isOldHangulJamo(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x1100...0x11FF, 0xA960...0xA97C, 0xD7B0...0xD7C6, 0xD7CB...0xD7FB: true
        default: false
        }
    }

    /// Combining marks for symbols, and musical symbols, modern and ancient Greek.
    private static func isInIgnoredBlock(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x20D0...0x20FF, 0x1D100...0x1D1FF, 0x1D200...0x1D24F: true
        default: false
        }
    }
}

extension Unicode.GeneralCategory {
    fileprivate var isMark: Bool {
        switch self {
        case .nonspacingMark, .spacingMark, .enclosingMark: true
        default: false
        }
    }

    fileprivate var isLetterOrDigit: Bool {
        switch self {
        case .lowercaseLetter, .uppercaseLetter, .otherLetter, .decimalNumber, .modifierLetter,
            .nonspacingMark,
            .spacingMark:
            true
        default: false
        }
    }
}
