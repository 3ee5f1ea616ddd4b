import Diagnostics
import Text

/// One thing that is wrong, or looks wrong, in a schema or in a text checked against one.
public struct SchemaFinding: Sendable, Hashable, CustomStringConvertible {
    /// An error makes the text invalid; a warning asks a person to look.
    public enum Severity: String, Sendable, Hashable {
        case warning, error
    }

    /// The stable name of the rule, such as `schema/required`, `json/syntax` or `yaml/duplicate-key`.
    public let rule: String
    /// Whether the text is invalid for it.
    public let severity: Severity
    /// The name the text was given.
    public let path: String
    /// The line of the value or key to look at, from 1.
    public let line: Int
    /// Its column, from 1, in code points.
    public let column: Int
    /// The JSON Pointer (RFC 6901) of that value or of that key's value; empty for the whole text.
    public let pointer: String
    /// What is wrong: one phrase, lower case, without a final period.
    public let message: String
    /// What to do about it, where there is more to say.
    public let hint: String?

    init(_ diagnostic: Diagnostic) {
        rule = diagnostic.rule.rawValue
        severity = diagnostic.severity == .error ? .error : .warning
        path = diagnostic.location.path
        line = Int(diagnostic.location.span.start.line)
        column = Int(diagnostic.location.span.start.column)
        pointer = diagnostic.pointer
        message = diagnostic.message
        hint = diagnostic.hint
    }

    /// One line: `path:line:column: error[rule]: message (hint)`.
    public var description: String {
        "\(path):\(line):\(column): \(severity.rawValue)[\(rule)]: \(message)"
            + (hint.map { " (\($0))" } ?? "")
    }
}
