import Text

/// The rows of a CSV file (RFC 4180) by the names in its first line.
///
/// Quoted fields may hold commas, quotes and line breaks; a byte order mark and empty lines are passed over.
struct CSVTable {
    /// One row and the line that it begins in.
    struct Row {
        let line: Int
        fileprivate let fields: [String]
        fileprivate let columns: [String: Int]

        /// A field without blanks around it; nil when it is empty or there is no such column.
        subscript(column: String) -> String? {
            guard let index = columns[column], index < fields.count else { return nil }
            let text = fields[index].drop { $0 == " " }
            var end = text.endIndex
            while end > text.startIndex, text[text.index(before: end)] == " " {
                end = text.index(before: end)
            }
            return end > text.startIndex ? String(text[..<end]) : nil
        }
    }

    let columns: [String]
    private(set) var rows: [Row] = []

    /// Reads a snapshot. Throws when it is empty or a quote in it is never closed, which would swallow every row that
    /// follows. Linear in the bytes.
    init(_ snapshot: Snapshot) throws(SourceError) {
        var (records, unclosed) = CSVTable.records(in: snapshot.bytes)
        if let unclosed {
            throw SourceError(
                "\"\(snapshot.name)\": the quote in the record of line \(unclosed) is never closed")
        }
        guard !records.isEmpty else { throw SourceError("\"\(snapshot.name)\" is empty") }
        columns = records.removeFirst().fields
        let places = Dictionary(
            columns.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        rows = records.map { Row(line: $0.line, fields: $0.fields, columns: places) }
    }

    /// The records, and the line of the one whose quote was never closed.
    private static func records(
        in bytes: [UInt8]
    ) -> (records: [(line: Int, fields: [String])], unclosed: Int?) {
        var records: [(line: Int, fields: [String])] = []
        var unclosed: Int?
        var reader = CSVReader()
        var rest = bytes[...]
        while reader.next(in: &rest) || reader.last() {
            let record = reader.record
            if record.isUnclosed { unclosed = unclosed ?? record.line }
            let fields = (0..<record.count).map { String(decoding: record[$0], as: UTF8.self) }
            records.append((record.line, fields))
        }
        return (records, unclosed)
    }
}
