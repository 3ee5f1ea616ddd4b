package import Text

/// A type that values are sent as.
package enum ValueType: Sendable, Hashable {
    case bool
    /// `bigint`; the server narrows it to `integer` in an assignment, but not in COPY.
    case integer
    case text
    /// `bytea`.
    case bytes
    case numeric
    case date
    /// `timestamptz`.
    case timestamp
    /// `text[]` of one dimension.
    case texts
    /// `jsonb`.
    case json

    /// The server's number of the type (`pg_type.dat`), fixed for ever.
    var oid: UInt32 {
        switch self {
        case .bool: 16
        case .bytes: 17
        case .integer: 20
        case .text: 25
        case .texts: 1009
        case .date: 1082
        case .timestamp: 1184
        case .numeric: 1700
        case .json: 3802
        }
    }
}

/// A value on its way to the server: an argument of a statement, or a field of COPY.
package enum Value: Sendable, Hashable {
    case null
    case bool(Bool)
    case integer(Int)
    case text(String)
    case bytes([UInt8])
    case number(Number)
    case money(Money)
    /// A whole day; one known to the month only is refused.
    case date(CalendarDate)
    case timestamp(Timestamp)
    case texts([String?])
    /// JSON text, which the server parses.
    case json(String)

    /// The type it is sent as; nil for null, which fits every type.
    package var type: ValueType? {
        switch self {
        case .null: nil
        case .bool: .bool
        case .integer: .integer
        case .text: .text
        case .bytes: .bytes
        case .number, .money: .numeric
        case .date: .date
        case .timestamp: .timestamp
        case .texts: .texts
        case .json: .json
        }
    }
}
