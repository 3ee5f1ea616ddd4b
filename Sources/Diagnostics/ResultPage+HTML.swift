import Text

extension ResultPage {
    /// The page as one HTML file that loads nothing: the same tables, without a time in it.
    package func html(title: String) -> String {
        let shown = sections.filter { !$0.table.rows.isEmpty || !$0.table.notes.isEmpty }
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <title>\(HTMLText.escaped(title))</title>
            <style>
            body { font: 14px sans-serif; margin: 2em; }
            table { border-collapse: collapse; }
            th, td { border: 1px solid #ccc; padding: 2px 8px; text-align: left; }
            td.number { text-align: right; }
            </style>
            </head>
            <body>
            <h1>\(HTMLText.escaped(title))</h1>

            """ + shown.map(html).joined() + "</body>\n</html>\n"
    }

    private func html(_ section: Section) -> String {
        "<h2>\(HTMLText.escaped(section.title))</h2>\n" + section.table.html
            + section.table.notes.map { "<p>\(HTMLText.escaped($0))</p>\n" }.joined()
    }
}
