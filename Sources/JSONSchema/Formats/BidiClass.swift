/// The bidirectional classes that the Bidi rule tells apart.
enum BidiClass: String, CaseIterable {
    case rightToLeft = "R"
    case arabicLetter = "AL"
    case arabicNumber = "AN"
    case europeanNumber = "EN"
    case europeanSeparator = "ES"
    case commonSeparator = "CS"
    case europeanTerminator = "ET"
    case otherNeutral = "ON"
    case boundaryNeutral = "BN"
    case nonspacingMark = "NSM"
    case leftToRight = "L"

    private static let sets: [(BidiClass, ScalarSet)] = {
        let table = ScalarTable(HostNameTables.bidiClasses)
        return allCases.map { ($0, table.set(named: $0.rawValue) ?? ScalarSet()) }
    }()

    /// Nil for classes that no label may hold.
    private init?(_ scalar: UInt32) {
        guard let found = Self.sets.first(where: { $0.1.contains(scalar) }) else { return nil }
        self = found.0
    }

    /// Whether a code point makes its host name a "Bidi domain name" (RFC 5893, section 1.4).
    static func isRightToLeft(_ scalar: UInt32) -> Bool {
        switch BidiClass(scalar) {
        case .rightToLeft, .arabicLetter, .arabicNumber: true
        default: false
        }
    }

    /// The Bidi rule, RFC 5893, section 2, for one label.
    static func permits(_ label: [UInt32]) -> Bool {
        let classes = label.map { BidiClass($0) }
        guard let first = classes.first, let last = classes.last(where: { $0 != .nonspacingMark }) else {
            return false
        }
        let neutral: Set<BidiClass?> = [
            .europeanNumber, .europeanSeparator, .commonSeparator, .europeanTerminator, .otherNeutral,
            .boundaryNeutral, .nonspacingMark,
        ]
        switch first {
        case .rightToLeft, .arabicLetter:
            let rightToLeft: Set<BidiClass?> = [.rightToLeft, .arabicLetter, .arabicNumber]
            let mixesNumbers = classes.contains(.europeanNumber) && classes.contains(.arabicNumber)
            return classes.allSatisfy { neutral.contains($0) || rightToLeft.contains($0) } && !mixesNumbers
                && (rightToLeft.contains(last) || last == .europeanNumber)
        case .leftToRight:
            return classes.allSatisfy { neutral.contains($0) || $0 == .leftToRight }
                && (last == .leftToRight || last == .europeanNumber)
        default:
            return false
        }
    }
}
