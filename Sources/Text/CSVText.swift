/// Text as comma-separated values (RFC 4180), a record a line.
package enum CSVText {
    /// One record with its line end.
    package static func record(_ fields: [String]) -> String {
        fields.map(field).joined(separator: ",") + "\n"
    }

    /// A field in quotes where it needs them; what a spreadsheet would take for a formula gets an apostrophe before it.
    private static func field(_ text: String) -> String {
        let text = isFormula(text) ? "'" + text : text
        guard text.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }

    /// Names such as `@cf/meta/llama` stay as they are: only a call makes an `@` dangerous. Numbers are numbers.
    private static func isFormula(_ text: String) -> Bool {
        if Number(text) != nil { return false }
        return switch text.utf8.first {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), 0x09, 0x0D: true
        case UInt8(ascii: "@"): text.utf8.contains(UInt8(ascii: "("))
        default: false
        }
    }
}
