import Postgres
import TestKit
import Testing
import Text

/// What is sent comes back, and the server understands by it what we do.
@Suite struct ValueTests {
    /// Each value beside the text that the server makes of it.
    static let spellings: [(Value, String, String)] = [
        (.bool(true), "boolean", "true"), (.integer(.min), "bigint", "-9223372036854775808"),
        (.text("a'b\"c\\ \u{1F600}é"), "text", "a'b\"c\\ \u{1F600}é"), (.text(""), "text", ""),
        (.bytes([0, 1, 255]), "bytea", "\\x0001ff"), (.bytes([]), "bytea", "\\x"),
        (.number(Number(0)), "numeric", "0"), (.number(Number("-0.15") ?? .zero), "numeric", "-0.15"),
        (.number(Number("1e-10") ?? .zero), "numeric", "0.0000000001"),
        (
            .number(Number("123456789012345678901234567890.5") ?? .zero), "numeric",
            "123456789012345678901234567890.5"
        ),
        (.number(Number("1e30") ?? .zero), "numeric", "1000000000000000000000000000000"),
        (.number(Number("10000") ?? .zero), "numeric", "10000"),
        (.number(Number("0.00010002") ?? .zero), "numeric", "0.00010002"),
        (.money(.zero), "numeric", "0"), (.money(Money(trillionths: 1)), "numeric", "0.000000000001"),
        (.money(Money(trillionths: -2_500_000_000_000)), "numeric", "-2.5"),
        (.money(Money(trillionths: 12_000_000_000_000_000)), "numeric", "12000"),
        (.money(Money(trillionths: .max)), "numeric", "170141183460469231731687303.715884105727"),
        (.timestamp(Timestamp(microsecondsSinceEpoch: -1)), "timestamptz", "1969-12-31 23:59:59.999999+00"),
        (.texts([]), "text[]", "{}"),
        (.texts([nil, "NULL", "a,b", "{\"}", ""]), "text[]", #"{NULL,"NULL","a,b","{\"}",""}"#),
        (.json(#"{"b": 1, "a": [null]}"#), "jsonb", #"{"a": [null], "b": 1}"#),
    ]

    @Test func `the server reads values as they are meant`() throws {
        var connection = try Connection.open(ScratchDatabase.serverSettings())
        try connection.execute("SET timezone = 'UTC'")
        for (value, type, text) in Self.spellings {
            let rows = try connection.query("SELECT ($1::\(type))::text, $1::\(type) IS NULL", [value])
            let (answer, isNull) = (try rows.text(0, 0), try rows.bool(0, 1))
            #expect(answer == text, "\(value)")
            #expect(!isNull)
        }
        let date = try #require(CalendarDate("1969-02-28"))
        let rows = try connection.query("SELECT $1::date::text, $2::text IS NULL", [.date(date), .null])
        let (answer, isNull) = (try rows.text(0, 0), try rows.bool(0, 1))
        #expect(answer == "1969-02-28")
        #expect(isNull)
    }

    @Test func `random values come back as they went`() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("values: seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        var connection = try Connection.open(ScratchDatabase.serverSettings())
        let echo = """
            SELECT $1::boolean, $2::bigint, $3::numeric, $4::numeric, $5::text, $6::bytea, $7::date,
                $8::timestamptz, $9::text[], $3::numeric::text
            """
        for _ in 0..<500 {
            let row = RandomRow(&generator)
            let rows = try connection.query(echo, row.values)
            #expect(try RandomRow(rows, 0) == row, "seed \(seed)")
            // Its text and ours agree to the digit.
            let (theirs, ours) = (try rows.text(0, 9), try rows.decimalText(0, 2))
            #expect(theirs == ours, "seed \(seed)")
        }
    }

    @Test func `a number of any size comes back`() throws {
        var connection = try Connection.open(ScratchDatabase.serverSettings())
        let digits = String(repeating: "1234567890", count: 1_000)
        for text in [digits, "0." + digits, digits + "." + digits, "-" + digits, "1e131071", "1e-16383"] {
            let number = try #require(Number(text))
            let rows = try connection.query("SELECT $1", [.number(number)])
            let answer = try rows.number(0, 0)
            #expect(answer == number)
        }
    }

    @Test func `what the server's types cannot hold is refused here`() throws {
        var connection = try Connection.open(ScratchDatabase.serverSettings())
        let refused: [Value] = [
            .date(try #require(CalendarDate("2026-11"))), .number(try #require(Number("1e131072"))),
            .number(try #require(Number("1e-16384"))), .number(try #require(Number("1e999999999"))),
            .timestamp(Timestamp(microsecondsSinceEpoch: .min)),
        ]
        for value in refused {
            #expect(failure { try connection.query("SELECT $1", [value]) }?.code == .value, "\(value)")
        }
        // Nothing was sent, so nothing is amiss.
        let one = try number(&connection, "SELECT 1")
        #expect(one == 1)
    }

    @Test(arguments: [
        "SELECT NULL::numeric", "SELECT 'NaN'::numeric", "SELECT 'Infinity'::numeric", "SELECT 1::bigint",
        "SELECT 0.0000000000001", "SELECT 1e30::numeric", "SELECT 170141183460469231731687303.715884105728",
    ])
    func `what is no amount of money is refused`(sql: String) throws {
        var connection = try Connection.open(ScratchDatabase.serverSettings())
        let rows = try connection.query(sql)
        #expect(failure { _ = try rows.money(0, 0) }?.code == .value)
    }

    @Test(arguments: [
        "SELECT 'infinity'::date", "SELECT '10000-01-01'::date", "SELECT '0001-01-01 BC'::date",
    ])
    func `a day outside the calendar is refused`(sql: String) throws {
        var connection = try Connection.open(ScratchDatabase.serverSettings())
        let rows = try connection.query(sql)
        #expect(failure { _ = try rows.date(0, 0) }?.code == .value)
    }

    @Test func `arrays of several dimensions and endless times are refused`() throws {
        var connection = try Connection.open(ScratchDatabase.serverSettings())
        let rows = try connection.query("SELECT '{{a},{b}}'::text[], 'infinity'::timestamptz, 'x'::text")
        #expect(failure { _ = try rows.texts(0, 0) }?.code == .value)
        #expect(failure { _ = try rows.timestamp(0, 1) }?.code == .value)
        #expect(failure { _ = try rows.integer(0, 2) }?.column == "text")
    }

    @Test func `smaller whole numbers are whole numbers too`() throws {
        var connection = try Connection.open(ScratchDatabase.serverSettings())
        let rows = try connection.query("SELECT (-2)::smallint, (-3)::integer, (-4)::bigint")
        let numbers = try [rows.integer(0, 0), rows.integer(0, 1), rows.integer(0, 2)]
        #expect(numbers == [-2, -3, -4])
    }

    @Test(arguments: [
        (0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59.999999Z"),
        (1_795_232_821_500_000, "2026-11-21T03:47:01.5Z"), (.max, "9223372036854775807 µs"),
        (-62_135_596_800_000_000, "0001-01-01T00:00:00Z"),
    ])
    func `a time has its text`(microseconds: Int, text: String) {
        #expect(Timestamp(microsecondsSinceEpoch: microseconds).description == text)
    }

    @Test func `days go to dates and back`() throws {
        for day in stride(from: -719_162, through: 2_932_896, by: 97) {
            let date = try #require(CalendarDate(daysSinceEpoch: day))
            #expect(date.daysSinceEpoch == day)
        }
        #expect(CalendarDate(daysSinceEpoch: -719_163) == nil)
        #expect(CalendarDate(daysSinceEpoch: 2_932_897) == nil)
    }
}
