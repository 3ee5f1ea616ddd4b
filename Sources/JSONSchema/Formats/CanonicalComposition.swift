/// Whether text is in Unicode's composed normal form (NFC), for text whose code points are each in that form and
/// that has no conjoining jamo, as host names are.
enum CanonicalComposition {
    private static let combining = ScalarTable(HostNameTables.combining)

    /// Marks are in order, and none of them would combine with the letter it belongs to.
    static func isComposed(_ scalars: [Unicode.Scalar]) -> Bool {
        var starter: Unicode.Scalar?
        var previousClass: UInt8 = 0
        for scalar in scalars {
            let combiningClass = scalar.properties.canonicalCombiningClass.rawValue
            if combiningClass != 0, combiningClass < previousClass { return false }
            let isBlocked = previousClass != 0 && previousClass >= combiningClass
            if let starter, !isBlocked, combines(starter, with: scalar) { return false }
            if combiningClass == 0 { starter = scalar }
            previousClass = combiningClass
        }
        return true
    }

    private static func combines(_ starter: Unicode.Scalar, with scalar: Unicode.Scalar) -> Bool {
        let starters = combining.set(named: String(scalar.value, radix: 16))
        return starters?.contains(starter.value) ?? false
    }
}
