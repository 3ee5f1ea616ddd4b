/// Whether text is in Unicode's composed normal form (NFC), for text without singletons, excluded composites and
/// conjoining jamo, which host names never hold.
enum CanonicalComposition {
    /// All composites, as strings, which compare by canonical equivalence.
    private static let composites: Set<String> = {
        let decomposable = ScalarTable(HostNameTables.decomposables).set(named: "NFD_QC_No") ?? ScalarSet()
        let scalars = decomposable.ranges.joined().compactMap { Unicode.Scalar($0) }
        return Set(scalars.filter { !$0.properties.isFullCompositionExclusion }.map { String($0) })
    }()

    /// Marks are in order, and none of them would combine with the letter it belongs to.
    static func isComposed(_ scalars: [Unicode.Scalar]) -> Bool {
        var starter: Unicode.Scalar?
        var previousClass: UInt8 = 0
        for scalar in scalars {
            let combiningClass = scalar.properties.canonicalCombiningClass.rawValue
            if combiningClass != 0, combiningClass < previousClass { return false }
            if let starter, previousClass == 0 || previousClass < combiningClass {
                if composites.contains(String(starter) + String(scalar)) { return false }
            }
            if combiningClass == 0 { starter = scalar }
            previousClass = combiningClass
        }
        return true
    }
}
