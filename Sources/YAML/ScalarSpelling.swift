import Documents

/// How canonical YAML spells text: plain where every parser reads it as this text, else in double quotes.
struct ScalarSpelling {
    /// Whether the text stands inside `[…]` or `{…}`.
    let isInFlow: Bool

    func append(_ text: ArraySlice<UInt8>, to output: inout [UInt8]) {
        if isPlain(text) {
            output.append(contentsOf: text)
        } else {
            ScalarSpelling.appendQuoted(text, to: &output)
        }
    }

    // MARK: Plain

    private func isPlain(_ text: ArraySlice<UInt8>) -> Bool {
        guard let first = text.first, let last = text.last, first != 0x20, last != 0x20 else { return false }
        guard last != UInt8(ascii: ":"), hasPlainStart(text, first) else { return false }
        guard hasPlainCharacters(text) else { return false }
        return ScalarSpelling.isTextEverywhere(text)
    }

    private func hasPlainStart(_ text: ArraySlice<UInt8>, _ first: UInt8) -> Bool {
        // At the start of a line these would be marks: of documents, or of a merge conflict.
        if ["---", "...", "<<<<<<<"].contains(where: { text.starts(with: $0.utf8) }) { return false }
        if first == UInt8(ascii: "-") {
            // Behind a dash only what cannot make it an indicator for any parser.
            guard let second = text.dropFirst().first else { return false }
            return second >= 0x80 || (second | 0x20) &- UInt8(ascii: "a") < 26 || second &- 48 < 10
        }
        return !"?:,[]{}#&*!|>'\"%@`=".utf8.contains(first)
    }

    private func hasPlainCharacters(_ text: ArraySlice<UInt8>) -> Bool {
        var before: UInt8 = 0
        for byte in text {
            switch byte {
            case 0..<0x20, 0x7F: return false
            case UInt8(ascii: "#") where before == 0x20: return false
            case 0x20 where before == UInt8(ascii: ":"): return false
            case UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]"),
                UInt8(ascii: "{"), UInt8(ascii: "}"):
                if isInFlow { return false }
            default: break
            }
            before = byte
        }
        var isClean = true
        if text.contains(where: { $0 >= 0x80 }) {
            Hazard.forEach(in: text.span) { _, _, _ in isClean = false }
        }
        return isClean
    }

    /// Whether YAML 1.1 and 1.2 agree that this is text; only dates are left to differ.
    private static func isTextEverywhere(_ text: ArraySlice<UInt8>) -> Bool {
        if isWord(text) { return false }
        guard let first = text.first, first &- 48 < 10 || "+-.~nNtTfF<".utf8.contains(first) else {
            return true
        }
        if text.elementsEqual("<<".utf8) { return false }
        // YAML 1.1 allows a sign before any base, and underscores between digits.
        var digits = text.filter { $0 != UInt8(ascii: "_") }
        if !isText(digits) || !isText(Array(text)) { return false }
        if digits.first == UInt8(ascii: "+") || digits.first == UInt8(ascii: "-") { digits.removeFirst() }
        if !isText(digits) || digits.starts(with: "0b".utf8) { return false }
        // Base sixty: 12:30:00.
        let isSexagesimal = digits.allSatisfy { $0 &- 48 < 11 || $0 == UInt8(ascii: ".") }
        return !(isSexagesimal && digits.contains(UInt8(ascii: ":")))
    }

    private static func isText(_ text: [UInt8]) -> Bool {
        if case .text = CoreSchema.value(of: text.span) { true } else { false }
    }

    /// The booleans of YAML 1.1.
    private static func isWord(_ text: ArraySlice<UInt8>) -> Bool {
        guard text.count <= 3 else { return false }
        return ["y", "n", "yes", "no", "on", "off"].contains { word in
            text.count == word.utf8.count && zip(text, word.utf8).allSatisfy { $0 | 0x20 == $1 }
        }
    }

    // MARK: Quoted

    static func appendQuoted(_ text: ArraySlice<UInt8>, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
            switch scalar {
            case "\"": output.append(contentsOf: "\\\"".utf8)
            case "\\": output.append(contentsOf: "\\\\".utf8)
            case "\n": output.append(contentsOf: "\\n".utf8)
            case "\t": output.append(contentsOf: "\\t".utf8)
            case "\r": output.append(contentsOf: "\\r".utf8)
            default:
                if Hazard(scalar) != nil {
                    appendEscape(scalar, to: &output)
                } else {
                    output.append(contentsOf: UTF8.encode(scalar)?.map { $0 } ?? [])
                }
            }
        }
        output.append(UInt8(ascii: "\""))
    }

    private static func appendEscape(_ scalar: Unicode.Scalar, to output: inout [UInt8]) {
        let digits = String(scalar.value, radix: 16, uppercase: true).utf8
        let (letter, width) = scalar.value < 0x100 ? ("x", 2) : scalar.value < 0x10000 ? ("u", 4) : ("U", 8)
        output.append(contentsOf: "\\".utf8)
        output.append(contentsOf: letter.utf8)
        output.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: width - digits.count))
        output.append(contentsOf: digits)
    }
}
