import Diagnostics
import Documents
import Text

/// Draft-07's `contentEncoding` and `contentMediaType`, for the values the standard names.
enum Content {
    /// True when the text is base64 (if asked) of JSON (if asked).
    static func isValid(_ text: ArraySlice<UInt8>, isBase64: Bool, isJSON: Bool) -> Bool {
        guard isBase64 else { return !isJSON || Content.isJSON(Array(text)) }
        guard let decoded = decodeBase64(text) else { return false }
        return !isJSON || Content.isJSON(decoded)
    }

    private static func isJSON(_ bytes: [UInt8]) -> Bool {
        var reader = JSONReader()
        var document = Document()
        var keys = Interner()
        var findings: [Diagnostic] = []
        return reader.read(bytes, path: "", into: &document, keys: &keys, findings: &findings)
    }

    /// RFC 4648 section 4, padding required.
    private static func decodeBase64(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        guard text.count % 4 == 0 else { return nil }
        let padding = text.reversed().prefix { $0 == UInt8(ascii: "=") }.count
        guard padding <= 2 else { return nil }
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        for (index, letter) in text.dropLast(padding).enumerated() {
            guard let value = base64Value(letter) else { return nil }
            bits = bits << 6 | value
            if index % 4 > 0 { bytes.append(UInt8(truncatingIfNeeded: bits >> (6 - 2 * (index % 4)))) }
        }
        return bytes
    }

    private static func base64Value(_ letter: UInt8) -> UInt32? {
        switch letter {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(letter - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(letter - UInt8(ascii: "a")) + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(letter - UInt8(ascii: "0")) + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
