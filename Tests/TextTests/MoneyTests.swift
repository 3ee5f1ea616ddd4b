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
}
