import Testing
import Text

@Suite struct MoneyTests {
    @Test(
        arguments: [
            ("0", "0"), ("0.15", "0.15"), ("12.00", "12"), ("-3.5", "-3.5"),
            ("0.000000000001", "0.000000000001"),
            ("1e-12", "0.000000000001"), ("-0.1", "-0.1"), ("1e6", "1000000"), ("100", "100"),
            ("99999999999999999999999999.5", "99999999999999999999999999.5"), ("1e26", nil),
            ("12345678901234567890.25", "12345678901234567890.25"), ("1e-13", nil), ("1e27", nil),
        ] as [(String, String?)])
    func `an amount is kept exactly or refused`(text: String, expected: String?) throws {
        #expect(Money(try #require(Number(text)))?.description == expected)
    }

    @Test func `products are exact or refused`() throws {
        let price = try #require(Number("0.15").flatMap(Money.init))
        #expect(price.multiplied(by: 3)?.description == "0.45")
        #expect(price.multiplied(by: -1_000_000)?.description == "-150000")
        #expect(Money(trillionths: .max).multiplied(by: 2) == nil)
        #expect(Money.zero.multiplied(by: .min) == .zero)
    }

    @Test func `the ends of the range can be written`() {
        #expect(Money(trillionths: .min).description == "-170141183460469231731687303.715884105728")
        #expect(Money(trillionths: .min) < .zero && Money.zero < Money(trillionths: 1))
    }

    @Test(arguments: [
        ("1", "1", "3", "0.333333333333"), ("2", "1", "3", "0.666666666667"),
        ("-2", "1", "3", "-0.666666666667"),
        ("0.5", "7", "7", "0.5"), ("99999999999999", "999999999999", "999999999999", "99999999999999"),
    ])
    func `an amount times a fraction is rounded once`(
        amount: String, over: String, under: String, expected: String
    ) throws {
        let money = try #require(Number(amount).flatMap(Money.init))
        let (over, under) = (try #require(Int128(over)), try #require(Int128(under)))
        #expect(
            money.trillionths.scaled(by: over, over: under).map(Money.init(trillionths:))?.description
                == expected)
    }

    @Test func `a fraction of nothing, and one out of range, are none`() {
        #expect(Int128(1).scaled(by: 1, over: 0) == nil)
        #expect(Int128.max.scaled(by: .max, over: 1) == nil)
        #expect(Int128.max.scaled(by: .max, over: .max) == .max)
        #expect(Int128(5).scaled(by: -1, over: 2) == -3)
    }

    @Test(arguments: [
        ("0.125", 2, "0.13"), ("-0.125", 2, "-0.13"), ("12", 2, "12.00"), ("0.5", 0, "1"),
        ("1.25", 12, "1.250000000000"),
        ("720", 1, "720.0"), ("0", 2, "0.00"),
    ])
    func `decimals are rounded, and all written`(amount: String, decimals: Int, expected: String) throws {
        #expect(Number(amount).flatMap(Money.init)?.text(decimals: decimals) == expected)
    }
}
