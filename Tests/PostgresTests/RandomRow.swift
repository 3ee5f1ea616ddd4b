import Postgres
import TestKit
import Text

/// A row with a value of every type, in the order of `columns`.
struct RandomRow: Equatable {
    static let columns = """
        flag boolean, amount bigint, size numeric, price numeric, title text, hash bytea, day date,
        moment timestamptz, tags text[]
        """
    static let names = ["flag", "amount", "size", "price", "title", "hash", "day", "moment", "tags"]

    let values: [Value]

    init(_ generator: inout SeededGenerator) {
        let text = RandomRow.text(&generator)
        let count = Int.random(in: 0...4, using: &generator)
        values = [
            .bool(.random(using: &generator)),
            .integer(
                Int.random(in: .min ... .max, using: &generator) >> Int.random(in: 0...63, using: &generator)),
            .number(RandomRow.number(&generator)),
            .money(
                Money(
                    trillionths: Int128.random(in: .min ... .max, using: &generator)
                        >> Int128.random(in: 0...127, using: &generator))),
            .text(text), .bytes(Array(text.utf8.reversed())),
            CalendarDate(daysSinceEpoch: Int.random(in: -700_000...2_900_000, using: &generator)).map {
                .date($0)
            } ?? .null,
            .timestamp(
                Timestamp(
                    microsecondsSinceEpoch: Int.random(
                        in: -60_000_000_000_000_000...250_000_000_000_000_000, using: &generator))),
            .texts(
                (0..<count).map { _ in
                    Bool.random(using: &generator) ? RandomRow.text(&generator) : nil
                }),
        ]
    }

    /// Reads a row from the first columns of an answer.
    init(_ rows: borrowing Rows, _ row: Int) throws(PostgresError) {
        values = [
            .bool(try rows.bool(row, 0)), .integer(try rows.integer(row, 1)),
            .number(try rows.number(row, 2)),
            .money(try rows.money(row, 3)), .text(try rows.text(row, 4)), .bytes(try rows.bytes(row, 5)),
            .date(try rows.date(row, 6)), .timestamp(try rows.timestamp(row, 7)),
            .texts(try rows.texts(row, 8)),
        ]
    }

    private static func text(_ generator: inout SeededGenerator) -> String {
        let pieces = [
            "a", "'", "\"", "\\", ",", "{", "}", "\n", "é", "\u{1F600}", "NULL", " ", "%", "$1", "\t",
        ]
        return (0..<Int.random(in: 0...12, using: &generator)).map { _ in
            pieces[Int.random(in: 0..<pieces.count, using: &generator)]
        }.joined()
    }

    private static func number(_ generator: inout SeededGenerator) -> Number {
        let digits = (0...Int.random(in: 0...40, using: &generator)).map { _ in
            String(Int.random(in: 0...9, using: &generator))
        }
        let sign = Bool.random(using: &generator) ? "-" : ""
        let exponent = Int.random(in: -60...60, using: &generator)
        return Number("\(sign)1\(digits.joined())e\(exponent)") ?? .zero
    }
}
