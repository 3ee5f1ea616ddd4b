/// A generated table of named code point sets, read straight from its text form.
///
/// The form is described in `tools/unicode/generate_tables.py`: a line a value, `name,alias:ranges`.
struct ScalarTable: Sendable {
    private let encodings: [String: Substring]

    /// Indexes the names; the ranges are decoded when asked for.
    init(_ text: String) {
        var encodings: [String: Substring] = [:]
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: ":")
            for name in parts[0].split(separator: ",") {
                encodings[String(name)] = parts.count > 1 ? parts[1] : ""
            }
        }
        self.encodings = encodings
    }

    /// Whether some value of the table has this name.
    func contains(_ name: String) -> Bool {
        encodings[name] != nil
    }

    /// The set of the value with this name, or nil when there is none. O(its number of ranges).
    func set(named name: String) -> ScalarSet? {
        encodings[name].map { Self.decode($0.utf8) }
    }

    private static func decode(_ digits: Substring.UTF8View) -> ScalarSet {
        var ranges: [ClosedRange<UInt32>] = []
        var number: UInt32 = 0
        var end: UInt32 = 0
        var lower: UInt32?
        for digit in digits {
            let (value, isLast) = base32(digit)
            number = number * 32 + value
            guard isLast else { continue }
            if let start = lower {
                ranges.append(start...start + number)
                end = start + number + 1
                lower = nil
            } else {
                lower = end + number
            }
            number = 0
        }
        return ScalarSet(ranges)
    }

    /// A digit's value, and whether it is the last of its number.
    private static func base32(_ digit: UInt8) -> (value: UInt32, isLast: Bool) {
        switch digit {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): (UInt32(digit - UInt8(ascii: "a")), true)
        case UInt8(ascii: "0")...UInt8(ascii: "5"): (UInt32(digit - UInt8(ascii: "0")) + 26, true)
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): (UInt32(digit - UInt8(ascii: "A")), false)
        case UInt8(ascii: "6")...UInt8(ascii: "9"): (UInt32(digit - UInt8(ascii: "6")) + 26, false)
        case UInt8(ascii: "+"): (30, false)
        default: (31, false)
        }
    }
}
