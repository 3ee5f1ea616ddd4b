import Text

/// Days and microseconds from 1970-01-01, our epoch, to 2000-01-01, the server's.
enum ServerEpoch {
    static let days = 10_957
    static let microseconds = days * 86_400_000_000
}

extension Value {
    /// Appends the value in the server's binary format (each type's `send` function), without its length.
    ///
    /// A null appends nothing. Throws when the server's type cannot hold the value.
    func encode(into bytes: inout [UInt8]) throws(PostgresError) {
        switch self {
        case .null: break
        case .bool(let value): bytes.append(value ? 1 : 0)
        case .integer(let value): bytes.append(bigEndian: Int64(value))
        case .text(let value): bytes.append(contentsOf: value.utf8)
        case .bytes(let value): bytes.append(contentsOf: value)
        case .number(let value): try NumericFormat.encode(value, into: &bytes)
        case .money(let value): NumericFormat.encode(value, into: &bytes)
        case .date(let value): try Value.encode(value, into: &bytes)
        case .timestamp(let value): try Value.encode(value, into: &bytes)
        case .texts(let value): Value.encode(value, into: &bytes)
        case .json(let value):
            // The format's version.
            bytes.append(1)
            bytes.append(contentsOf: value.utf8)
        }
    }

    /// Appends the value behind its length in four bytes; a null is the length −1.
    func encodeField(into bytes: inout [UInt8]) throws(PostgresError) {
        if case .null = self {
            bytes.append(bigEndian: Int32(-1))
            return
        }
        let start = bytes.count
        bytes.append(bigEndian: Int32(0))
        try encode(into: &bytes)
        guard let length = Int32(exactly: bytes.count - start - 4) else {
            throw PostgresError(.value, "encode", "a value of two gigabytes or more")
        }
        bytes.replaceBytes(at: start, withBigEndian: length)
    }

    private static func encode(_ date: CalendarDate, into bytes: inout [UInt8]) throws(PostgresError) {
        guard date.day != nil else {
            throw PostgresError(.value, "encode", "a date known to the month only is no day")
        }
        bytes.append(bigEndian: Int32(truncatingIfNeeded: date.daysSinceEpoch - ServerEpoch.days))
    }

    private static func encode(_ time: Timestamp, into bytes: inout [UInt8]) throws(PostgresError) {
        let (value, overflow) = time.microsecondsSinceEpoch.subtractingReportingOverflow(
            ServerEpoch.microseconds)
        guard !overflow, value != .min else {
            throw PostgresError(.value, "encode", "a time out of the range of timestamptz")
        }
        bytes.append(bigEndian: Int64(value))
    }

    private static func encode(_ texts: [String?], into bytes: inout [UInt8]) {
        bytes.append(bigEndian: Int32(texts.isEmpty ? 0 : 1))
        bytes.append(bigEndian: Int32(texts.contains(nil) ? 1 : 0))
        bytes.append(bigEndian: ValueType.text.oid)
        guard !texts.isEmpty else { return }
        bytes.append(bigEndian: Int32(truncatingIfNeeded: texts.count))
        // The lower bound: arrays count from one.
        bytes.append(bigEndian: Int32(1))
        for text in texts {
            guard let text else {
                bytes.append(bigEndian: Int32(-1))
                continue
            }
            bytes.append(bigEndian: Int32(truncatingIfNeeded: text.utf8.count))
            bytes.append(contentsOf: text.utf8)
        }
    }
}

extension [UInt8] {
    mutating func append(bigEndian value: some FixedWidthInteger) {
        var shift = value.bitWidth
        while shift > 0 {
            shift -= 8
            append(UInt8(truncatingIfNeeded: value >> shift))
        }
    }

    mutating func replaceBytes(at offset: Int, withBigEndian value: Int32) {
        for index in 0..<4 { self[offset + index] = UInt8(truncatingIfNeeded: value >> (24 - 8 * index)) }
    }
}
