/// How many findings a run left out because there were too many, by severity.
///
/// A hostile registry can hold millions of faults: the first are enough to go on with, the rest are counted.
package struct Omissions: Sendable {
    private var counts: [Severity: Int] = [:]

    /// Nothing left out.
    package init() {}

    /// All that was left out.
    package var total: Int { counts.values.reduce(0, +) }

    /// How many of this severity were left out.
    package func count(of severity: Severity) -> Int { counts[severity, default: 0] }

    /// Removes what goes beyond the limit from the end of the findings, and counts it.
    package mutating func cut(_ findings: inout [Diagnostic], to limit: Int) {
        guard findings.count > limit else { return }
        for finding in findings[limit...] { counts[finding.severity, default: 0] += 1 }
        findings.removeLast(findings.count - limit)
    }

    /// Counts what another part of the run left out.
    package mutating func add(_ other: Omissions) {
        counts.merge(other.counts, uniquingKeysWith: +)
    }
}
