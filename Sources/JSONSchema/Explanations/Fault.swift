import Diagnostics
import Documents

/// One way in which a document fails its schema.
struct Fault: Sendable, Hashable {
    var rule: RuleID
    /// The node to look at: a value, or a key.
    var node: Int
    var message: String
    var hint: String?

    /// The finding this fault becomes.
    func diagnostic(in document: Document, path: String) -> Diagnostic {
        Diagnostic(
            rule, at: Location(path: path, span: document.span(of: node)), message, hint: hint,
            pointer: document.pointer(to: node))
    }
}
