/// Foreign text made fit for HTML.
package enum HTMLText {
    /// Visible text for content and attributes alike, in which nothing is a tag or a reference.
    package static func escaped(_ text: String) -> String {
        TerminalText.visible(text).replacing("&", with: "&amp;").replacing("<", with: "&lt;")
            .replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
    }
}
