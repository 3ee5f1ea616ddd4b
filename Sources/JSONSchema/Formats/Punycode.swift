/// Punycode: RFC 3492, whose parameters and step names these are.
///
/// Labels are at most 63 characters, which keeps the quadratic steps short and the sums within 32 bits.
enum Punycode {
    private static let base: UInt32 = 36
    private static let initialBias: UInt32 = 72
    private static let initialScalar: UInt32 = 0x80

    private static func threshold(_ k: UInt32, bias: UInt32) -> UInt32 {
        k <= bias ? 1 : min(k - bias, 26)
    }

    private static func adapt(_ delta: UInt32, count: UInt32, isFirst: Bool) -> UInt32 {
        var delta = isFirst ? delta / 700 : delta / 2
        delta += delta / count
        var k: UInt32 = 0
        while delta > 455 {
            delta /= 35
            k += base
        }
        return k + 36 * delta / (delta + 38)
    }

    /// The code points that an ASCII text (without `xn--`) stands for, or nil when it stands for none.
    static func decode(_ text: ArraySlice<UInt8>) -> [UInt32]? {
        let hyphen = text.lastIndex(of: UInt8(ascii: "-"))
        var output = hyphen.map { text[..<$0].map { UInt32($0) } } ?? []
        var digits = text[(hyphen.map { $0 + 1 } ?? text.startIndex)...]
        var scalar = initialScalar
        var bias = initialBias
        var index: UInt32 = 0
        var isFirst = true
        while !digits.isEmpty {
            guard let delta = decodeNumber(&digits, bias: bias) else { return nil }
            let count = UInt32(output.count) + 1
            let (sum, sumOverflows) = index.addingReportingOverflow(delta)
            let (next, scalarOverflows) = scalar.addingReportingOverflow(sum / count)
            guard !sumOverflows, !scalarOverflows, Unicode.Scalar(next) != nil else { return nil }
            scalar = next
            bias = adapt(delta, count: count, isFirst: isFirst)
            isFirst = false
            index = sum % count
            output.insert(scalar, at: Int(index))
            index += 1
        }
        return output
    }

    private static func decodeNumber(_ digits: inout ArraySlice<UInt8>, bias: UInt32) -> UInt32? {
        var number: UInt32 = 0
        var weight: UInt32 = 1
        var k = base
        while let byte = digits.popFirst() {
            let digit: UInt32
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"): digit = UInt32(byte - UInt8(ascii: "a"))
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit = UInt32(byte - UInt8(ascii: "A"))
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = UInt32(byte - UInt8(ascii: "0")) + 26
            default: return nil
            }
            let (product, productOverflows) = digit.multipliedReportingOverflow(by: weight)
            let (sum, sumOverflows) = number.addingReportingOverflow(product)
            guard !productOverflows, !sumOverflows else { return nil }
            number = sum
            let threshold = threshold(k, bias: bias)
            if digit < threshold { return number }
            let (next, overflows) = weight.multipliedReportingOverflow(by: base - threshold)
            guard !overflows else { return nil }
            weight = next
            k += base
        }
        return nil
    }

    /// The ASCII form, in small letters and without `xn--`; at most 63 code points are taken.
    static func encode(_ input: [UInt32]) -> [UInt8] {
        var output = input.filter { $0 < 0x80 }.map { UInt8($0) }
        let basicCount = UInt32(output.count)
        if basicCount > 0 { output.append(UInt8(ascii: "-")) }
        var scalar = initialScalar
        var bias = initialBias
        var delta: UInt32 = 0
        var handled = basicCount
        while let next = input.lazy.filter({ $0 >= scalar }).min() {
            delta += (next - scalar) * (handled + 1)
            scalar = next
            for other in input {
                if other < scalar { delta += 1 }
                guard other == scalar else { continue }
                encodeNumber(delta, bias: bias, to: &output)
                bias = adapt(delta, count: handled + 1, isFirst: handled == basicCount)
                delta = 0
                handled += 1
            }
            delta += 1
            scalar += 1
        }
        return output
    }

    private static func encodeNumber(_ number: UInt32, bias: UInt32, to output: inout [UInt8]) {
        var rest = number
        var k = base
        while true {
            let threshold = threshold(k, bias: bias)
            let digit = rest < threshold ? rest : threshold + (rest - threshold) % (base - threshold)
            output.append(UInt8(digit < 26 ? 0x61 + digit : 0x30 + digit - 26))
            if rest < threshold { return }
            rest = (rest - threshold) / (base - threshold)
            k += base
        }
    }
}
