package import Text

extension Rows {
    /// A field of type `boolean`.
    package func bool(_ row: Int, _ column: Int) throws(PostgresError) -> Bool {
        try withField(row, column, [16]) { $0.count == 1 ? $0[0] != 0 : nil }
    }

    /// A field of type `bigint`, `integer` or `smallint`.
    package func integer(_ row: Int, _ column: Int) throws(PostgresError) -> Int {
        try withField(row, column, [20, 21, 23]) { bytes in
            switch bytes.count {
            case 8: Int(bytes.bigEndian64(at: 0))
            case 4: Int(bytes.bigEndian32(at: 0))
            case 2: Int(Int16(bitPattern: bytes.bigEndian16(at: 0)))
            default: nil
            }
        }
    }

    /// A field of type `text`, `varchar`, `char(n)`, `name`, or a string literal.
    package func text(_ row: Int, _ column: Int) throws(PostgresError) -> String {
        try withField(row, column, [19, 25, 705, 1042, 1043]) { String(decoding: $0, from: 0) }
    }

    /// The JSON text of a field of type `jsonb`, as the server normalises it.
    package func json(_ row: Int, _ column: Int) throws(PostgresError) -> String {
        try withField(row, column, [3802]) {
            $0.count > 0 && $0[0] == 1 ? String(decoding: $0, from: 1) : nil
        }
    }

    /// A field of type `bytea`.
    package func bytes(_ row: Int, _ column: Int) throws(PostgresError) -> [UInt8] {
        try withField(row, column, [17]) { bytes in bytes.indices.map { bytes[$0] } }
    }

    /// The bytes of a field of type `bytea` or `text`, where they lie.
    package func withBytes<R>(
        _ row: Int, _ column: Int, _ body: (Span<UInt8>) -> R
    ) throws(PostgresError) -> R {
        try withField(row, column, [17, 19, 25, 1042, 1043]) { body($0) }
    }

    /// A field of type `numeric` as text, exactly and with its own number of decimals; NaN and infinity are refused.
    package func decimalText(_ row: Int, _ column: Int) throws(PostgresError) -> String {
        try withField(row, column, [1700]) { NumericFormat.decimalText($0) }
    }

    /// A field of type `numeric`, exactly; NaN and infinity are refused.
    package func number(_ row: Int, _ column: Int) throws(PostgresError) -> Number {
        try withField(row, column, [1700]) { NumericFormat.decimalText($0).flatMap { Number($0) } }
    }

    /// A field of type `numeric` as an amount, exactly; refused when it has more than twelve decimals.
    package func money(_ row: Int, _ column: Int) throws(PostgresError) -> Money {
        try withField(row, column, [1700]) { NumericFormat.money($0) }
    }

    /// A field of type `date`, of the years 1 to 9999.
    package func date(_ row: Int, _ column: Int) throws(PostgresError) -> CalendarDate {
        try withField(row, column, [1082]) { bytes in
            guard bytes.count == 4 else { return nil }
            return CalendarDate(daysSinceEpoch: Int(bytes.bigEndian32(at: 0)) + ServerEpoch.days)
        }
    }

    /// A field of type `timestamptz`; the infinities are refused.
    package func timestamp(_ row: Int, _ column: Int) throws(PostgresError) -> Timestamp {
        try withField(row, column, [1184]) { bytes in
            guard bytes.count == 8 else { return nil }
            let value = Int(bytes.bigEndian64(at: 0))
            guard value != .max, value != .min else { return nil }
            let (sum, overflow) = value.addingReportingOverflow(ServerEpoch.microseconds)
            return overflow ? nil : Timestamp(microsecondsSinceEpoch: sum)
        }
    }

    /// A field of type `text[]` of one dimension.
    package func texts(_ row: Int, _ column: Int) throws(PostgresError) -> [String?] {
        try withField(row, column, [1009]) { Rows.texts($0) }
    }

    private static func texts(_ bytes: Span<UInt8>) -> [String?]? {
        guard bytes.count >= 12 else { return nil }
        let dimensions = bytes.bigEndian32(at: 0)
        if dimensions == 0 { return [] }
        guard dimensions == 1, bytes.count >= 20 else { return nil }
        var texts: [String?] = []
        var offset = 20
        for _ in 0..<bytes.bigEndian32(at: 12) {
            guard offset + 4 <= bytes.count else { return nil }
            let length = Int(bytes.bigEndian32(at: offset))
            offset += 4
            guard length >= 0 else {
                texts.append(nil)
                continue
            }
            guard offset + length <= bytes.count else { return nil }
            texts.append(String(decoding: bytes.extracting(offset..<offset + length), from: 0))
            offset += length
        }
        return texts
    }
}

extension String {
    /// The text in UTF-8 from an offset on.
    fileprivate init(decoding bytes: Span<UInt8>, from start: Int) {
        self = unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0[start...], as: UTF8.self) }
    }
}
