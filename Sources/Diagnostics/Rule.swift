/// What a rule checks, why, and what it looks like broken and kept.
package struct Rule: Sendable {
    package let id: RuleID
    /// One phrase, as a heading.
    package let title: String
    /// Why anyone should care, in a sentence or two.
    package let why: String
    /// Something that breaks the rule.
    package let bad: RuleExample
    /// The same as it should be.
    package let good: RuleExample

    package init(_ id: RuleID, title: String, why: String, bad: RuleExample, good: RuleExample) {
        self.id = id
        self.title = title
        self.why = why
        self.bad = bad
        self.good = good
    }

    package var severity: Severity { id.severity }
}

/// A file that breaks or keeps a rule; the tests run every example that can be run.
package struct RuleExample: Sendable {
    /// How the text stands to the file.
    package enum Kind: Sendable, Hashable {
        /// Replaces the top-level keys it names in the example registry's file at `path`.
        case keys
        /// The whole file, put into the example registry at `path`.
        case file
        /// A whole document, checked against this JSON Schema alone.
        case document(schema: String)
        /// Told, not run: a state of the file system that a text cannot bring about.
        case told
    }

    package let path: String
    package let text: String
    package let kind: Kind

    package init(_ path: String, _ text: String, kind: Kind) {
        self.path = path
        self.text = text
        self.kind = kind
    }

    package init(_ path: String, _ text: String, isWholeFile: Bool = false) {
        self.init(path, text, kind: isWholeFile ? .file : .keys)
    }

    package var isWholeFile: Bool { kind == .file }
}
