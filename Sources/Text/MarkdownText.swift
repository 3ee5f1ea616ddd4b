/// Foreign text made fit for Markdown.
package enum MarkdownText {
    /// A code span (CommonMark section 6.1) of visible text, where nothing is a mention, a link, HTML or a reference:
    /// its fence is longer than any run of backticks inside.
    package static func code(_ text: String) -> String {
        let text = TerminalText.visible(text)
        var longest = 0
        var run = 0
        for byte in text.utf8 {
            run = byte == UInt8(ascii: "`") ? run + 1 : 0
            longest = max(longest, run)
        }
        let fence = String(repeating: "`", count: longest + 1)
        // One blank at each end is taken off again; it keeps a backtick at the end apart from the fence.
        return longest > 0 || text.isEmpty ? "\(fence) \(text) \(fence)" : "\(fence)\(text)\(fence)"
    }

    /// A row of a table (GitHub Flavored Markdown section 4.10); cells come as Markdown.
    package static func row(_ cells: [String]) -> String {
        "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |\n"
    }

    /// The head of a table: the row of its titles and the line below it.
    package static func head(_ titles: [String]) -> String {
        row(titles) + row(titles.map { _ in "---" })
    }
}
