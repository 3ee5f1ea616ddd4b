import Testing
import Text

@Suite struct ShownTextTests {
    @Test(arguments: [
        ("plain: text", "plain: text"), ("日本 é 🚀", "日本 é 🚀"), ("\u{1B}[31m", "<U+001B>[31m"),
        ("a\r\nb\tc", "a<U+000D><U+000A>b<U+0009>c"), ("\u{7F}\u{9B}", "<U+007F><U+009B>"),
        ("\u{202E}\u{2066}\u{200B}\u{FEFF}", "<U+202E><U+2066><U+200B><U+FEFF>"),
        ("\u{2028}\u{2029}\u{85}", "<U+2028><U+2029><U+0085>"), ("\u{E0041}", "<U+E0041>"),
        ("e\u{301}", "e\u{301}"),
    ])
    func `hidden characters are written out`(text: String, visible: String) {
        #expect(Array(TerminalText.visible(text).unicodeScalars) == Array(visible.unicodeScalars))
    }

    @Test(arguments: [
        ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("ｱ", 1), ("Ａ", 2), ("한", 2), ("🚀", 2),
        ("→…", 2),
    ])
    func `columns as a terminal counts them`(text: String, columns: Int) {
        #expect(TerminalText.columnCount(of: text) == columns)
    }

    @Test(arguments: [
        ("", #""""#), ("a\"b\\c/", #""a\"b\\c/""#), ("\n\r\t", #""\n\r\t""#),
        ("\u{0}\u{8}\u{1F}\u{7F}", #""\u0000\u0008\u001f\u007f""#),
        ("é日🚀\u{2028}", "\"é日🚀\u{2028}\""),
    ])
    func `JSON text escapes what it must`(text: String, json: String) {
        var bytes: [UInt8] = []
        JSONText.append(text.utf8, to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == json)
    }
}
