/// What a rule checks, why, and what it looks like broken and kept.
package struct Rule: Sendable {
    package let id: RuleID
    package let severity: Severity
    /// One phrase, as a heading.
    package let title: String
    /// Why anyone should care, in a sentence or two.
    package let why: String
    /// A small file (or part of one) that breaks the rule.
    package let bad: String
    /// The same file as it should be.
    package let good: String

    package init(
        _ id: RuleID, _ severity: Severity = .error, title: String, why: String, bad: String, good: String
    ) {
        self.id = id
        self.severity = severity
        self.title = title
        self.why = why
        self.bad = bad
        self.good = good
    }
}
