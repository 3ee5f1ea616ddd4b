/// Foreign text made fit to be shown: nothing in it moves a cursor, hides or turns other text.
package enum TerminalText {
    /// The text with each control, format and line-separating character written out, as `<U+001B>`.
    package static func visible(_ text: String) -> String {
        guard !text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) else { return text }
        var visible = ""
        for scalar in text.unicodeScalars {
            if isHidden(scalar) {
                visible += "<" + name(of: scalar) + ">"
            } else {
                visible.unicodeScalars.append(scalar)
            }
        }
        return visible
    }

    /// The same for a text of several lines, whose line feeds stay.
    package static func visibleLines(_ text: String) -> String {
        text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
            .map { visible(String($0)) }.joined(separator: "\n")
    }

    /// How many columns a terminal gives a text that holds no hidden characters.
    package static func columnCount(of text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + columnCount(of: $1) }
    }

    /// 0 for marks that stand on the character before, 2 for wide characters and emoji, else 1.
    ///
    /// The wide blocks of Unicode Standard Annex 11, whole blocks at a time.
    static func columnCount(of scalar: Unicode.Scalar) -> Int {
        guard scalar.value >= 0x300 else { return 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return 0
        default: break
        }
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
            0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
            return 2
        default:
            return scalar.properties.isEmojiPresentation ? 2 : 1
        }
    }

    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }

    private static func name(of scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
    }
}
