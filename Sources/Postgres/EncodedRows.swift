/// Fields in the server's binary format, each behind its length, as COPY and arguments carry them.
package struct EncodedFields: Sendable, Hashable {
    package private(set) var bytes: [UInt8] = []
    /// How many fields there are.
    package private(set) var count = 0

    package init() {}

    /// Adds a field. Throws when the server's type cannot hold the value.
    package mutating func append(_ value: Value) throws(PostgresError) {
        try value.encodeField(into: &bytes)
        count += 1
    }

    /// Adds fields that are encoded already.
    package mutating func append(_ other: EncodedFields) {
        bytes += other.bytes
        count += other.count
    }

    /// The first of them. Linear in their number.
    package func first(_ count: Int) -> EncodedFields {
        var end = 0
        for _ in 0..<count { end += 4 + Int(max(0, bytes.span.bigEndian32(at: end))) }
        var fields = EncodedFields()
        fields.append(bytes[..<end], count: count)
        return fields
    }

    /// Forgets the fields and keeps the memory.
    package mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        count = 0
    }

    /// All bytes at once: an array by itself hands them over one by one.
    package func hash(into hasher: inout Hasher) {
        unsafe bytes.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
    }

    /// The fields as texts, when they are all of type `text`; empty for a null.
    package var texts: [String] { words(Array(repeating: .text, count: count)) }

    /// The fields in words, given their types: texts and whole numbers; empty for a null and for other types.
    package func words(_ types: some Collection<ValueType>) -> [String] {
        var words: [String] = []
        var offset = 0
        for type in types.prefix(count) {
            let length = Int(max(0, bytes.span.bigEndian32(at: offset)))
            offset += 4
            switch type {
            case .text: words.append(String(decoding: bytes[offset..<offset + length], as: UTF8.self))
            case .integer where length == 8: words.append(String(bytes.span.bigEndian64(at: offset)))
            default: words.append("")
            }
            offset += length
        }
        return words
    }

    /// Adds the bytes of one field that is not null.
    mutating func append(field: Span<UInt8>) {
        bytes.append(bigEndian: Int32(truncatingIfNeeded: field.count))
        for index in field.indices { bytes.append(field[index]) }
        count += 1
    }

    /// Adds fields out of a row, lengths and all.
    mutating func append(_ encoded: ArraySlice<UInt8>, count: Int) {
        bytes += encoded
        self.count += count
    }

    mutating func appendNull() {
        bytes.append(bigEndian: Int32(-1))
        count += 1
    }
}

/// Rows of one table in the server's binary format, in one buffer: encoded once, then hashed, copied, sent as
/// arguments and compared with what the server holds.
package struct EncodedRows: Sendable {
    package let columnCount: Int
    /// Each row as COPY has it: the count of fields in two bytes, then the fields.
    private(set) var bytes: [UInt8] = []
    /// Where each row begins, and where the last one ends.
    private var starts = [0]

    /// No rows yet, of so many columns each.
    package init(columnCount: Int) {
        self.columnCount = columnCount
    }

    package var count: Int { starts.count - 1 }

    /// How many bytes all rows have.
    package var byteCount: Int { bytes.count }

    /// Adds a row, given in two parts; another number of fields than columns is a programmer's error.
    package mutating func append(_ first: EncodedFields, _ second: EncodedFields = EncodedFields()) {
        precondition(first.count + second.count == columnCount, "a row has a field for each column")
        bytes.append(bigEndian: Int16(columnCount))
        bytes += first.bytes
        bytes += second.bytes
        starts.append(bytes.count)
    }

    /// The first fields of a row.
    package func fields(of row: Int, first count: Int) -> EncodedFields {
        let start = starts[row] + 2
        var fields = EncodedFields()
        fields.append(bytes[start..<end(ofField: count - 1, of: row)], count: count)
        return fields
    }

    /// Whether a field is null. Linear in the columns before it.
    package func isNull(_ row: Int, _ column: Int) -> Bool {
        bytes.span.bigEndian32(at: start(ofField: column, of: row)) < 0
    }

    /// A field of type `text`; empty when it is null. Linear in the columns before it.
    package func text(_ row: Int, _ column: Int) -> String {
        let range = content(ofField: column, of: row)
        return String(decoding: bytes[range], as: UTF8.self)
    }

    /// A field of type `bigint`; nil when it is null. Linear in the columns before it.
    package func integer(_ row: Int, _ column: Int) -> Int? {
        let range = content(ofField: column, of: row)
        return range.count == 8 ? Int(bytes.span.bigEndian64(at: range.lowerBound)) : nil
    }

    /// The columns in which at least one of some rows has something. Linear in their fields.
    package func columnsInUse(by indices: some Collection<Int>) -> [Int] {
        var isUsed = Array(repeating: false, count: columnCount)
        for row in indices {
            forEachField(of: row) { column, range in if range != nil { isUsed[column] = true } }
        }
        return isUsed.indices.filter { isUsed[$0] }
    }

    /// Calls `body` with each column of a row and where its field stands in the buffer; nil for a null.
    func forEachField(of row: Int, _ body: (_ column: Int, Range<Int>?) -> Void) {
        var offset = starts[row] + 2
        for column in 0..<columnCount {
            let length = Int(bytes.span.bigEndian32(at: offset))
            offset += 4
            body(column, length < 0 ? nil : offset..<offset + length)
            offset += max(0, length)
        }
    }

    private func start(ofField column: Int, of row: Int) -> Int {
        var offset = starts[row] + 2
        for _ in 0..<column { offset += 4 + Int(max(0, bytes.span.bigEndian32(at: offset))) }
        return offset
    }

    private func end(ofField column: Int, of row: Int) -> Int {
        start(ofField: column + 1, of: row)
    }

    private func content(ofField column: Int, of row: Int) -> Range<Int> {
        let start = start(ofField: column, of: row)
        return start + 4..<start + 4 + Int(max(0, bytes.span.bigEndian32(at: start)))
    }
}

extension Rows {
    /// Fields of a row as they came, for arguments and comparisons.
    package func fields(of row: Int, columns: Range<Int>) -> EncodedFields {
        var fields = EncodedFields()
        for column in columns {
            if isNull(row, column) {
                fields.appendNull()
            } else {
                withAnyField(row, column) { fields.append(field: $0) }
            }
        }
        return fields
    }

    /// Calls `body` with each column in which a row differs from an encoded one, byte by byte, or in being null.
    /// Columns of the answer after those of the encoded row are not looked at.
    package func forEachDifference(
        of row: Int, from other: EncodedRows, row otherRow: Int, _ body: (_ column: Int) -> Void
    ) {
        other.forEachField(of: otherRow) { column, range in
            guard let range, !isNull(row, column) else {
                if range != nil || !isNull(row, column) { body(column) }
                return
            }
            let isEqual = withAnyField(row, column) { field in
                field.count == range.count
                    && field.indices.allSatisfy { field[$0] == other.bytes[range.lowerBound + $0] }
            }
            if !isEqual { body(column) }
        }
    }
}
