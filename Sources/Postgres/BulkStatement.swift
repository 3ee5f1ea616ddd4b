/// A statement whose arguments are columns: an array for each, with a field of every row.
///
/// One execution writes many rows, so what a statement costs the server by itself is paid once:
///
///     INSERT INTO prices (id, price) SELECT id, price FROM unnest($1::text[], $2::numeric[]) AS sent (id, price)
package struct BulkStatement: Sendable {
    /// One argument: which of the rows' columns it carries, and of what type its values are.
    package struct Column: Sendable {
        /// Counted from zero.
        package let number: Int
        package let type: ValueType

        package init(_ number: Int, _ type: ValueType) {
            self.number = number
            self.type = type
        }
    }

    /// Its text, which names each argument's type.
    let sql: String
    /// One for each argument, their numbers rising.
    let columns: [Column]

    package init(_ sql: String, _ columns: [Column]) {
        self.sql = sql
        self.columns = columns
    }

    /// The place of an argument in the text of the statement, with the type of its array.
    package static func argument(_ number: Int, _ type: ValueType) -> String {
        "$\(number)::\(type.elementName)[]"
    }

    /// What a column of that type is called where its values are taken out of the array again.
    ///
    /// Arrays of arrays cannot be taken apart, so that a `text[]` travels as the text which the server reads as one.
    package static func value(_ column: String, _ type: ValueType) -> String {
        type == .texts ? "\(column)::text[]" : column
    }
}

extension ValueType {
    /// The server's name of the type that values have within an array.
    fileprivate var elementName: String {
        switch self {
        case .bool: "boolean"
        case .integer: "bigint"
        case .text, .texts: "text"
        case .bytes: "bytea"
        case .numeric: "numeric"
        case .date: "date"
        case .timestamp: "timestamptz"
        case .json: "jsonb"
        }
    }

    /// The server's number of that type.
    fileprivate var elementOID: UInt32 { self == .texts ? ValueType.text.oid : oid }
}

/// Some rows as the arguments of a bulk statement.
package struct BulkArguments: Sendable {
    let sql: String
    let buffer: ParameterBuffer

    /// Encodes the columns that the statement names. Linear in the bytes.
    package init(_ statement: BulkStatement, _ rows: EncodedRows, _ indices: some Collection<Int>) {
        precondition(
            statement.columns.last.map { $0.number < rows.columnCount } ?? true, "the rows have the columns")
        sql = statement.sql
        var columns = statement.columns.map { ArrayEncoder($0.type, count: indices.count) }
        for row in indices {
            var argument = 0
            rows.forEachField(of: row) { column, range in
                guard argument < columns.count, statement.columns[argument].number == column else { return }
                columns[argument].append(range.map { rows.bytes[$0] })
                argument += 1
            }
        }
        buffer = ParameterBuffer(fields: columns.map(\.finished))
    }

    /// How many bytes they have.
    package var byteCount: Int { buffer.byteCount }
}

/// An array of one dimension in the server's binary format, an element at a time.
private struct ArrayEncoder {
    private let type: ValueType
    private var bytes: [UInt8] = []
    private var hasNulls = false

    init(_ type: ValueType, count: Int) {
        self.type = type
        bytes.append(bigEndian: Int32(1))
        // Whether there are nulls: known at the end.
        bytes.append(bigEndian: Int32(0))
        bytes.append(bigEndian: type.elementOID)
        bytes.append(bigEndian: Int32(truncatingIfNeeded: count))
        bytes.append(bigEndian: Int32(1))
    }

    /// Adds a field, nil for a null.
    mutating func append(_ field: ArraySlice<UInt8>?) {
        guard let field else {
            hasNulls = true
            bytes.append(bigEndian: Int32(-1))
            return
        }
        let start = bytes.count
        bytes.append(bigEndian: Int32(0))
        if type == .texts {
            ArrayEncoder.appendLiteral(of: field, to: &bytes)
        } else {
            bytes += field
        }
        bytes.replaceBytes(at: start, withBigEndian: Int32(truncatingIfNeeded: bytes.count - start - 4))
    }

    var finished: [UInt8] {
        var bytes = bytes
        if hasNulls { bytes.replaceBytes(at: 4, withBigEndian: 1) }
        return bytes
    }

    /// Appends a `text[]` as text: `{"a","b",NULL}`.
    private static func appendLiteral(of array: ArraySlice<UInt8>, to bytes: inout [UInt8]) {
        let (quote, backslash) = (UInt8(ascii: "\""), UInt8(ascii: "\\"))
        bytes.append(UInt8(ascii: "{"))
        // Dimensions, nulls, element type, then count and lower bound where there is a dimension.
        var offset = array.startIndex + 20
        var isFirst = true
        while offset < array.endIndex {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            let length = Int(array.span.bigEndian32(at: offset - array.startIndex))
            offset += 4
            guard length >= 0 else {
                bytes += "NULL".utf8
                continue
            }
            bytes.append(quote)
            for byte in array[offset..<offset + length] {
                if byte == quote || byte == backslash { bytes.append(backslash) }
                bytes.append(byte)
            }
            bytes.append(quote)
            offset += length
        }
        bytes.append(UInt8(ascii: "}"))
    }
}
