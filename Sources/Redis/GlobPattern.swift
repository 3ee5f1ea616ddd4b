/// A pattern over keys as `SCAN … MATCH` reads it: `*`, `?`, `[a-z]`, `[^a]`, and `\` before what stands for itself.
///
/// The server's own matching looks through all keys once for each pattern; this looks at each key once for all of them.
struct GlobPattern: Sendable {
    private enum Element: Equatable {
        case byte(UInt8)
        case any
        case anything
        case oneOf([ClosedRange<UInt8>], isNegated: Bool)
    }

    private let elements: [Element]

    init(_ text: String) {
        var elements: [Element] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "*"): if elements.last != .anything { elements.append(.anything) }
            case UInt8(ascii: "?"): elements.append(.any)
            case UInt8(ascii: "["): elements.append(GlobPattern.set(&rest))
            case UInt8(ascii: "\\"): elements.append(.byte(rest.popFirst() ?? byte))
            default: elements.append(.byte(byte))
            }
        }
        self.elements = elements
    }

    /// The members up to the closing bracket, or to the end where there is none.
    private static func set(_ rest: inout ArraySlice<UInt8>) -> Element {
        var ranges: [ClosedRange<UInt8>] = []
        let isNegated = rest.first == UInt8(ascii: "^")
        if isNegated { rest.removeFirst() }
        while let byte = rest.popFirst(), byte != UInt8(ascii: "]") {
            if byte == UInt8(ascii: "\\"), let literal = rest.popFirst() {
                ranges.append(literal...literal)
            } else if rest.count >= 2, rest.first == UInt8(ascii: "-") {
                rest.removeFirst()
                let end = rest.removeFirst()
                ranges.append(min(byte, end)...max(byte, end))
            } else {
                ranges.append(byte...byte)
            }
        }
        return .oneOf(ranges, isNegated: isNegated)
    }

    /// Whether the whole key fits. Takes at most the product of both lengths.
    func matches(_ key: [UInt8]) -> Bool {
        var (place, element) = (0, 0)
        // Where the last `*` stands, and how far into the key it reaches so far.
        var star: (element: Int, place: Int)?
        while place < key.count {
            if element < elements.count, elements[element] == .anything {
                star = (element, place)
                element += 1
            } else if element < elements.count, GlobPattern.fits(elements[element], key[place]) {
                place += 1
                element += 1
            } else if let last = star {
                star = (last.element, last.place + 1)
                (place, element) = (last.place + 1, last.element + 1)
            } else {
                return false
            }
        }
        return elements[element...].allSatisfy { $0 == .anything }
    }

    private static func fits(_ element: Element, _ byte: UInt8) -> Bool {
        switch element {
        case .byte(let wanted): wanted == byte
        case .any, .anything: true
        case .oneOf(let ranges, let isNegated): ranges.contains { $0.contains(byte) } != isNegated
        }
    }
}
