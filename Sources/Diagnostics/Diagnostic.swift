package import Text

/// A stretch of one file.
package struct Location: Sendable, Hashable {
    /// Path below the registry's root, with `/`.
    package var path: String
    package var span: TextSpan

    package init(path: String, span: TextSpan) {
        self.path = path
        self.span = span
    }
}

/// Another place that a finding is about, and what it has to do with it.
package struct RelatedLocation: Sendable, Hashable {
    package var location: Location
    /// One phrase: "first defined here".
    package var label: String

    package init(_ location: Location, _ label: String) {
        self.location = location
        self.label = label
    }
}

/// One thing that is wrong, or looks wrong, in the registry's data.
///
/// Data problems are values of this type; they are never thrown. Failures of the machine are thrown and never
/// become a diagnostic.
package struct Diagnostic: Sendable, Hashable {
    package var rule: RuleID
    package var severity: Severity
    /// The place to look at and to mend.
    package var location: Location
    /// One phrase, lower case, no final period: what is wrong with this file. Names from the file in quotes.
    package var message: String
    /// What to do about it, if there is something to say beyond the message.
    package var hint: String?
    /// JSON Pointer (RFC 6901) of the value in its document; empty for the document itself.
    package var pointer: String
    package var related: [RelatedLocation]

    /// A finding of the rule's own severity unless another is given.
    package init(
        _ rule: RuleID, at location: Location, _ message: String, hint: String? = nil, pointer: String = "",
        related: [RelatedLocation] = [], severity: Severity? = nil
    ) {
        self.rule = rule
        self.severity = severity ?? rule.severity
        self.location = location
        self.message = message
        self.hint = hint
        self.pointer = pointer
        self.related = related
    }
}

extension Diagnostic: Comparable {
    /// The order of every report: path in byte order, position, rule, message, pointer.
    package static func < (left: Diagnostic, right: Diagnostic) -> Bool {
        if left.location.path != right.location.path {
            return left.location.path.precedesInByteOrder(right.location.path)
        }
        if left.location.span.start != right.location.span.start {
            return left.location.span.start < right.location.span.start
        }
        if left.rule != right.rule { return left.rule.rawValue < right.rule.rawValue }
        return (left.message, left.pointer) < (right.message, right.pointer)
    }
}
