/// What a rule checks, why, and what it looks like broken and kept.
package struct Rule: Sendable {
    package let id: RuleID
    package let severity: Severity
    /// One phrase, as a heading.
    package let title: String
    /// Why anyone should care, in a sentence or two.
    package let why: String
    /// Something that breaks the rule.
    package let bad: RuleExample
    /// The same as it should be.
    package let good: RuleExample

    package init(
        _ id: RuleID, _ severity: Severity = .error, title: String, why: String, bad: RuleExample,
        good: RuleExample
    ) {
        self.id = id
        self.severity = severity
        self.title = title
        self.why = why
        self.bad = bad
        self.good = good
    }
}

/// A file of the example registry, or the part of it that matters; the tests run every example.
package struct RuleExample: Sendable {
    package let path: String
    /// Replaces the top-level keys it names in the example registry's file at `path`.
    package let text: String
    /// True when `text` is the whole file.
    package let isWholeFile: Bool

    package init(_ path: String, _ text: String, isWholeFile: Bool = false) {
        self.path = path
        self.text = text
        self.isWholeFile = isWholeFile
    }
}
