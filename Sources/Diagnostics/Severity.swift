/// How bad a finding is: an error stops a merge, a warning asks a person to look, a note only tells.
package enum Severity: UInt8, Sendable, Hashable, Comparable, CaseIterable {
    case note, warning, error

    /// The word in every output.
    package var name: String {
        switch self {
        case .note: "note"
        case .warning: "warning"
        case .error: "error"
        }
    }

    package static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }
}
