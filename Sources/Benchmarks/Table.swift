/// A table in Markdown whose columns line up, so that it reads the same in a terminal and on a page.
struct Table: CustomStringConvertible {
    private var rows: [[String]]

    init(columns: [String]) {
        rows = [columns]
    }

    /// Adds a row of as many cells as there are columns.
    mutating func add(_ cells: [String]) {
        precondition(cells.count == rows[0].count, "a row has one cell for each column")
        rows.append(cells)
    }

    /// The first column stands to the left, numbers to the right.
    var description: String {
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        var lines = rows.map { row in
            row.indices.map { column in
                let padding = String(repeating: " ", count: widths[column] - row[column].count)
                return column == 0 ? row[column] + padding : padding + row[column]
            }
        }
        lines.insert(
            widths.indices.map { column in
                let dashes = String(repeating: "-", count: max(2, widths[column] - 1))
                return column == 0 ? dashes + "-" : dashes + ":"
            }, at: 1)
        return lines.map { "| " + $0.joined(separator: " | ") + " |\n" }.joined()
    }
}

/// A number with a fixed count of decimal places, rounded half up. Not for amounts beyond 2^53.
func decimal(_ value: Double, places: Int) -> String {
    var scale = 1
    for _ in 0..<places { scale *= 10 }
    let scaled = Int((value.magnitude * Double(scale)).rounded())
    let sign = value < 0 && scaled > 0 ? "-" : ""
    guard places > 0 else { return "\(sign)\(scaled)" }
    return "\(sign)\(scaled / scale).\(padded(scaled % scale, to: places))"
}

/// A count with a comma before each three digits.
func grouped(_ count: Int) -> String {
    var digits = String(count)
    var end = digits.endIndex
    while let comma = digits.index(end, offsetBy: -3, limitedBy: digits.startIndex), comma > digits.startIndex
    {
        digits.insert(",", at: comma)
        end = comma
    }
    return digits
}
