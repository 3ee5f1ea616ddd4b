/// Whether a workload fits a card, judged by the whole range of what it may need.
package enum FitVerdict: String, Sendable, Comparable, CaseIterable {
    /// Even the high end is below what programs can use.
    case fits
    /// The point is, the high end is not.
    case tight
    case no

    package init(_ needed: Estimate, usableBytes: Double) {
        self = needed.high < usableBytes ? .fits : needed.point < usableBytes ? .tight : .no
    }

    package static func < (left: FitVerdict, right: FitVerdict) -> Bool {
        allCases.firstIndex(of: left) ?? 0 < allCases.firstIndex(of: right) ?? 0
    }
}
