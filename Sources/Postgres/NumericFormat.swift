import Text

/// The binary format of `numeric`: digits to base 10,000, most significant first, the weight of the first, a sign
/// and the number of decimals to show (`numeric_send` in the server's numeric.c).
enum NumericFormat {
    private static let negative: UInt16 = 0x4000
    /// What the server's type holds: 131,072 digits before the point and 16,383 after it.
    private static let decimalLimit = 16_383
    private static let integerLimit = 131_072

    /// Appends an exact decimal number, with no more decimals than it has.
    static func encode(_ number: Number, into bytes: inout [UInt8]) throws(PostgresError) {
        let decimal = Decimal(number.description)
        guard decimal.pointOffset <= integerLimit, decimal.decimals <= decimalLimit else {
            throw PostgresError(.value, "encode", "a number out of the range of numeric")
        }
        // Groups of four digits are counted from the point, so the first may begin with zeros and the last end so.
        let weight = (decimal.pointOffset - 1).flooredQuotient(by: 4)
        var padded = [UInt8](repeating: 0, count: weight * 4 + 4 - decimal.pointOffset) + decimal.digits
        padded += repeatElement(0, count: (4 - padded.count % 4) % 4)
        let groups = stride(from: 0, to: padded.count, by: 4).map { start in
            padded[start..<start + 4].reduce(UInt16(0)) { $0 * 10 + UInt16($1) }
        }
        append(
            groups[...], weight: weight, isNegative: number.isNegative, decimals: decimal.decimals, to: &bytes
        )
    }

    /// Appends an amount of money, with no more decimals than it has.
    static func encode(_ money: Money, into bytes: inout [UInt8]) {
        var rest = money.trillionths.magnitude
        var groups: [UInt16] = []
        while rest > 0 {
            let (quotient, remainder) = rest.quotientAndRemainder(dividingBy: 10_000)
            groups.append(UInt16(remainder))
            rest = quotient
        }
        groups.reverse()
        var decimals = 12
        var digits = money.trillionths.magnitude
        while decimals > 0, digits % 10 == 0 { (digits, decimals) = (digits / 10, decimals - 1) }
        // Twelve decimals are three groups.
        append(
            groups[...], weight: groups.count - 4, isNegative: money.trillionths < 0, decimals: decimals,
            to: &bytes)
    }

    private static func append(
        _ groups: ArraySlice<UInt16>, weight: Int, isNegative: Bool, decimals: Int, to bytes: inout [UInt8]
    ) {
        var groups = groups
        while groups.last == 0 { groups.removeLast() }
        bytes.append(bigEndian: Int16(groups.count))
        bytes.append(bigEndian: Int16(groups.isEmpty ? 0 : weight))
        bytes.append(bigEndian: isNegative && !groups.isEmpty ? negative : 0)
        bytes.append(bigEndian: Int16(decimals))
        for group in groups { bytes.append(bigEndian: group) }
    }

    /// The parts of a number in the server's format; nil for NaN and the infinities, or bytes that are none.
    private struct Parts {
        let isNegative: Bool
        let weight: Int
        let decimals: Int
        let groups: [Int]

        init?(_ bytes: Span<UInt8>) {
            guard bytes.count >= 8 else { return nil }
            let count = Int(bytes.bigEndian16(at: 0))
            let sign = bytes.bigEndian16(at: 4)
            guard sign == 0 || sign == negative, bytes.count == 8 + 2 * count else { return nil }
            isNegative = sign == negative
            weight = Int(Int16(bitPattern: bytes.bigEndian16(at: 2)))
            decimals = Int(bytes.bigEndian16(at: 6))
            groups = (0..<count).map { Int(bytes.bigEndian16(at: 8 + 2 * $0)) }
        }
    }

    /// The exact decimal text, with the decimals that the server would show; nil when the number is not finite.
    static func decimalText(_ bytes: Span<UInt8>) -> String? {
        guard let parts = Parts(bytes) else { return nil }
        func group(_ power: Int) -> Int {
            let index = parts.weight - power
            return parts.groups.indices.contains(index) ? parts.groups[index] : 0
        }
        func padded(_ group: Int) -> String {
            String(String(10_000 + group).dropFirst())
        }
        var text = parts.isNegative ? "-" : ""
        text += parts.weight < 0 ? "0" : String(group(parts.weight))
        for power in stride(from: parts.weight - 1, through: 0, by: -1) { text += padded(group(power)) }
        guard parts.decimals > 0 else { return text }
        var fraction = ""
        for power in 1...((parts.decimals + 3) / 4) { fraction += padded(group(-power)) }
        return text + "." + fraction.prefix(parts.decimals)
    }

    /// The amount of money; nil when the number is not finite, too large, or has more than twelve decimals.
    static func money(_ bytes: Span<UInt8>) -> Money? {
        guard let parts = Parts(bytes) else { return nil }
        // Past 10^26 it is out of range whatever follows.
        guard parts.groups.isEmpty || parts.weight <= 6 else { return nil }
        var value: Int128 = 0
        for power in stride(from: parts.weight, through: -3, by: -1) {
            let index = parts.weight - power
            let digits = parts.groups.indices.contains(index) ? parts.groups[index] : 0
            let (scaled, isTooLarge) = value.multipliedReportingOverflow(by: 10_000)
            let (sum, overflow) = scaled.addingReportingOverflow(Int128(digits))
            guard !isTooLarge, !overflow else { return nil }
            value = sum
        }
        guard parts.groups.dropFirst(max(0, parts.weight + 4)).allSatisfy({ $0 == 0 }) else { return nil }
        return Money(trillionths: parts.isNegative ? -value : value)
    }
}

/// A decimal number's digits, and where its point stands among them.
private struct Decimal {
    /// Without leading zeros.
    private(set) var digits: [UInt8] = []
    /// How many digits stand before the point; negative for zeros behind it.
    private(set) var pointOffset = 0

    /// How many digits stand after the point.
    var decimals: Int { max(0, digits.count - pointOffset) }

    /// Reads the plain or scientific text that `Number` writes.
    init(_ text: String) {
        let parts = text.split(separator: "e")
        let mantissa = (parts.first ?? "").drop { $0 == "-" }.split(separator: ".")
        let whole = (mantissa.first ?? "").utf8.map { $0 - 48 }
        let fraction = mantissa.count > 1 ? mantissa[1].utf8.map { $0 - 48 } : []
        let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        let all = whole + fraction
        let zeros = all.prefix { $0 == 0 }.count
        digits = Array(all.dropFirst(zeros))
        pointOffset = digits.isEmpty ? 0 : whole.count - zeros + exponent
    }
}

extension Span<UInt8> {
    func bigEndian16(at offset: Int) -> UInt16 {
        UInt16(self[offset]) << 8 | UInt16(self[offset + 1])
    }

    func bigEndian32(at offset: Int) -> Int32 {
        Int32(truncatingIfNeeded: Int(bigEndian16(at: offset)) << 16 | Int(bigEndian16(at: offset + 2)))
    }

    func bigEndian64(at offset: Int) -> Int64 {
        Int64(bigEndian32(at: offset)) << 32 | Int64(UInt32(bitPattern: bigEndian32(at: offset + 4)))
    }
}
