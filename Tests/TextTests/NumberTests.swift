import TestKit
import Testing
import Text

@Suite struct NumberTests {
    @Test(arguments: [
        "", "-", "+1", "01", "-01", "1.", ".5", "1.e3", "1e", "1e+", "0x10", "1_0", " 1", "1 ", "--1",
        "1e1.5",
        "NaN", "Infinity", "１", "1,5",
    ])
    func `what JSON does not call a number is none`(text: String) {
        #expect(Number(text) == nil)
    }

    @Test(arguments: [
        ["0", "-0", "0.0", "0e9", "-0.00E-7", "0e99999999999999999999"],
        ["1", "1.0", "10e-1", "0.01E+2", "1e0"],
        ["-3", "-3.00", "-30e-1"], ["1e21", "1000000000000000000000", "0.1e22"],
        [
            "123456789012345678901234567890", "12345678901234567890123456789e1",
            "1.2345678901234567890123456789e29",
        ],
        ["1e-30", "0.000000000000000000000000000001"], ["1e1000000000", "1e2000000000"],
    ])
    func `equal values are equal however written`(texts: [String]) throws {
        let numbers = try texts.map { try #require(Number($0)) }
        #expect(Set(numbers).count == 1)
    }

    @Test(
        arguments: [
            ("0", 0), ("-7", -7), ("30e-1", 3), ("9223372036854775807", Int.max),
            ("-9223372036854775808", Int.min),
            ("9223372036854775808", nil), ("1e18", 1_000_000_000_000_000_000), ("1e19", nil), ("0.5", nil),
            ("1e-1000000000", nil), ("1e1000000000", nil),
        ] as [(String, Int?)])
    func `a whole number that fits is an integer`(text: String, expected: Int?) throws {
        let number = try #require(Number(text))
        #expect(number.integer == expected)
        if let expected { #expect(Number(expected) == number && number.isInteger) }
    }

    @Test(
        arguments: [
            ("0.000001", 12, 1_000_000), ("-2.5", 1, -25), ("2.55", 1, nil), ("1e26", 12, nil),
            ("1e25", 12, 10_000_000_000_000_000_000_000_000_000_000_000_000),
        ] as [(String, Int, Int128?)])
    func `scaling is exact or refused`(text: String, decimals: Int, expected: Int128?) throws {
        #expect(try #require(Number(text)).scaledInteger(decimals: decimals) == expected)
    }

    @Test(arguments: [
        "0", "0.1", "-1.1", "3.3e-5", "123456789012345678", "0.000123456789", "1e22", "1e23",
        "1.7976931348623157e308",
        "5e-324", "1e400", "-1e400", "1e-400", "12345678901234567890.12345678901234567890",
    ])
    func `the approximation is the nearest double`(text: String) throws {
        #expect(try #require(Number(text)).approximate == Double(text))
    }

    @Test func `order agrees with integers`() throws {
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<2_000 {
            let (left, right) = (RandomNumber(&generator), RandomNumber(&generator))
            let (one, other) = (try #require(Number(left.text)), try #require(Number(right.text)))
            #expect((one < other) == (left.scaled < right.scaled), "\(left.text) < \(right.text), seed 1")
            #expect((one == other) == (left.scaled == right.scaled), "\(left.text) == \(right.text), seed 1")
        }
    }

    @Test(arguments: [
        [
            "-1e1000000000", "-12345678901234567890123", "-12345678901234567890122", "-2", "-1.5",
            "-1e-1000000000", "0",
        ],
        [
            "0", "1e-1000000000", "0.999999999999999999999", "1", "1.000000000000000000001", "1.5", "99",
            "100",
        ],
        [
            "12345678901234567890122", "12345678901234567890122.5", "12345678901234567890123", "1e400",
            "1e1000000000",
        ],
    ])
    func `ascending`(texts: [String]) throws {
        let numbers = try texts.map { try #require(Number($0)) }
        for (index, number) in numbers.enumerated() {
            for later in numbers[(index + 1)...] { #expect(number < later && !(later < number)) }
            #expect(!(number < number))
        }
    }

    @Test func `multiples agree with integers`() throws {
        var generator = SeededGenerator(seed: 2)
        var multiples = 0
        for _ in 0..<3_000 {
            let divisor = RandomNumber(&generator)
            let value = RandomNumber(&generator, times: Bool.random(using: &generator) ? divisor : nil)
            let expected = divisor.scaled == 0 ? value.scaled == 0 : value.scaled % divisor.scaled == 0
            multiples += expected ? 1 : 0
            let answer = try #require(Number(value.text)).isMultiple(of: try #require(Number(divisor.text)))
            #expect(answer == expected, "\(value.text) of \(divisor.text), seed 2")
        }
        #expect((500...2_500).contains(multiples), "both answers must be asked for")
    }

    @Test(arguments: [
        ("0", "0", true), ("0", "7", true), ("7", "0", false), ("0.0075", "0.0001", true),
        ("0.00751", "0.0001", false),
        ("12391239123", "1e-8", true), ("1e308", "0.5", true), ("1e308", "0.123456789", false),
        ("1e1000000000", "1024", true), ("1e1000000000", "3", false), ("3", "1e1000000000", false),
        ("1e-1000000000", "1", false), ("1", "1e-1000000000", true), ("-4.5", "1.5", true),
        ("10", "100", false),
        ("340282366920938463463374607431768211456", "18446744073709551616", true),
        ("340282366920938463463374607431768211457", "18446744073709551616", false),
        (
            "121932631137021795226185032733622923332237463801111263526901", "123456789012345678901234567890",
            false
        ),
        (
            "121932631137021795226185032733622923332237463801111263526900", "123456789012345678901234567890",
            true
        ),
    ])
    func `multiples of huge and tiny numbers`(value: String, divisor: String, expected: Bool) throws {
        #expect(try #require(Number(value)).isMultiple(of: try #require(Number(divisor))) == expected)
    }
}

/// A decimal of up to six decimals, as text and as the integer a million times its value.
private struct RandomNumber {
    let text: String
    let scaled: Int128

    /// Any number, or a whole multiple of another one.
    init(_ generator: inout SeededGenerator, times other: RandomNumber? = nil) {
        let decimals = Int.random(in: 0...6, using: &generator)
        var unit: Int128 = 1
        for _ in decimals..<6 { unit *= 10 }
        let limit = [20, 1_000, 1_000_000_000].randomElement(using: &generator) ?? 1
        let factor = Int128(Int.random(in: -limit...limit, using: &generator))
        if let other {
            (text, scaled) = ("\(other.scaled * factor)e-6", other.scaled * factor)
        } else {
            (text, scaled) = ("\(factor)e-\(decimals)", factor * unit)
        }
    }
}
