package import Text

/// Rows of results in columns, fit for a terminal, a program, a spreadsheet or a page.
package struct ResultTable: Sendable {
    /// One value of a row.
    package enum Cell: Sendable, Hashable {
        case text(String)
        /// Text of others: on a page it stands in a code span, where nothing in it is a link or a tag.
        case foreign(String)
        /// A number, with the decimals that people are shown; programs get all of it.
        case number(Double, decimals: Int)
        case integer(Int)
        /// An exact amount, with the decimals that people are shown; programs get all of it, as decimal text.
        case money(Money, decimals: Int)
        /// Not known, or not applicable.
        case none
    }

    /// A column's name, for people and for programs.
    package struct Column: Sendable {
        package let title: String
        /// In snake case, with the unit in it.
        package let key: String

        package init(_ title: String, key: String) {
            self.title = title
            self.key = key
        }
    }

    package let columns: [Column]
    package var rows: [[Cell]] = []
    /// Said below the table, to people only.
    package var notes: [String] = []

    package init(_ columns: [Column]) { self.columns = columns }

    /// The table in a format; every form ends with a line end.
    package func rendered(as format: TableFormat) -> String {
        switch format {
        case .text: text
        case .json: json
        case .csv: csv
        case .markdown: markdown
        }
    }

    private var text: String {
        let cells = [columns.map(\.title)] + rows.map { $0.map(\.shown) }
        let widths = columns.indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
        let isNumber = columns.indices.map { column in rows.contains { $0[column].isNumber } }
        let lines = cells.map { row in
            let padded = columns.indices.map { column in
                let blanks = String(repeating: " ", count: widths[column] - row[column].count)
                return isNumber[column] ? blanks + row[column] : row[column] + blanks
            }
            return TerminalText.visible(padded.joined(separator: "  ")).trimmedAtEnd
        }
        return (lines + notes.map { TerminalText.visible($0) }).map { $0 + "\n" }.joined()
    }

    private var json: String { jsonList(indentation: "") + "\n" }

    /// The rows as a list of objects, one a line, without a line end after it.
    func jsonList(indentation: String) -> String {
        let objects = rows.map { row in
            let members = zip(columns, row).compactMap { column, cell in
                cell.json.map { "\"\(column.key)\": \($0)" }
            }
            return "\(indentation)  {" + members.joined(separator: ", ") + "}"
        }
        return "[\n" + objects.joined(separator: ",\n") + (objects.isEmpty ? "" : "\n") + indentation + "]"
    }

    private var csv: String {
        ([columns.map(\.key)] + rows.map { $0.map(\.exact) }).map(CSVText.record).joined()
    }

    /// The rows as an HTML table.
    var html: String {
        let head = columns.map { "<th>\(HTMLText.escaped($0.title))</th>" }.joined()
        let body = rows.map { row in
            "<tr>"
                + row.map { cell in
                    "<td\(cell.isNumber ? " class=\"number\"" : "")>\(HTMLText.escaped(cell.shown))</td>"
                }.joined() + "</tr>\n"
        }
        return "<table>\n<tr>\(head)</tr>\n" + body.joined() + "</table>\n"
    }

    private var markdown: String {
        let head = MarkdownText.row(columns.map(\.title))
        let rule =
            "|"
            + columns.indices.map { column in rows.contains { $0[column].isNumber } ? " ---: |" : " --- |" }
            .joined()
        let body = rows.map { MarkdownText.row($0.map(\.markdown)) }
        return head + rule + "\n" + body.joined() + notes.map { "\n" + $0 + "\n" }.joined()
    }
}

extension ResultTable.Cell {
    fileprivate var isNumber: Bool {
        switch self {
        case .number, .integer, .money: true
        default: false
        }
    }

    /// For people who read a page.
    fileprivate var markdown: String {
        if case .foreign(let text) = self { return MarkdownText.code(text) }
        return shown
    }

    /// For people.
    fileprivate var shown: String {
        switch self {
        case .text(let text), .foreign(let text): text
        case .integer(let integer): String(integer)
        case .number(let number, let decimals): ResultTable.decimal(number, decimals)
        case .money(let amount, let decimals): amount.text(decimals: decimals)
        case .none: "–"
        }
    }

    /// For programs.
    fileprivate var exact: String {
        switch self {
        case .text(let text), .foreign(let text): text
        case .integer(let integer): String(integer)
        case .number(let number, _): number.isFinite ? "\(number)" : ""
        case .money(let amount, _): amount.description
        case .none: ""
        }
    }

    fileprivate var json: String? {
        switch self {
        case .text(let text), .foreign(let text):
            var bytes: [UInt8] = []
            JSONText.append(text.utf8, to: &bytes)
            return String(decoding: bytes, as: UTF8.self)
        case .integer, .number: return exact.isEmpty ? nil : exact
        case .money: return "\"\(exact)\""
        case .none: return nil
        }
    }
}

extension ResultTable {
    /// A number with so many decimals, halves rounded away from zero.
    package static func decimal(_ number: Double, _ decimals: Int) -> String {
        guard number.isFinite, abs(number) < 1e15 else { return number.isFinite ? "\(number)" : "–" }
        let scale = (0..<decimals).reduce(1.0) { product, _ in product * 10 }
        let whole = Int((abs(number) * scale).rounded())
        let sign = number < 0 && whole > 0 ? "-" : ""
        guard decimals > 0 else { return sign + String(whole) }
        let fraction = String(whole % Int(scale))
        return sign + String(whole / Int(scale)) + "."
            + String(repeating: "0", count: decimals - fraction.count) + fraction
    }
}

extension String {
    /// Without blanks at its end.
    fileprivate var trimmedAtEnd: String {
        var end = endIndex
        while end > startIndex, self[index(before: end)] == " " { end = index(before: end) }
        return String(self[..<end])
    }
}
