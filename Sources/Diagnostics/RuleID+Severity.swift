extension RuleID {
    /// The severity a finding of this rule has unless it says otherwise: an error, for all but those named here.
    package var severity: Severity {
        switch self {
        case .fileEmptyCollection, .yamlIndentation, .yamlComment: .warning
        default: .error
        }
    }
}
