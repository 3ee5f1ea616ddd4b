/// Why a pattern cannot be used: not a regular expression of ECMA-262 (with its `u` flag), or one that cannot be
/// matched within the engine's limits.
struct PatternError: Error, Sendable, Equatable {
    /// One phrase, fit for a finding.
    let message: String
    /// Where in the pattern, in bytes from its start.
    let offset: Int
}

extension PatternError {
    /// What a finding says of the pattern.
    func message(about source: String) -> String {
        "the pattern \(Wording.quoted(source)) cannot be used: \(message)"
    }
}
