import Diagnostics
import Documents
import Text

/// Collects the findings of one file, up to a limit.
struct FindingLog {
    let path: String
    let limit: Int
    private(set) var findings: [Diagnostic] = []
    /// False once something was found that leaves no document to check further.
    var isUsable = true
    /// Findings that wait for the pointer of a node, which is known when the document is complete.
    private var nodes: [(finding: Int, node: Int)] = []

    init(path: String, limit: Int) {
        self.path = path
        self.limit = limit
    }

    /// True when no more findings are taken.
    var isFull: Bool { findings.count >= limit }

    /// Adds a finding about a stretch of the file; `node` is the value that it is about.
    mutating func add(
        _ rule: RuleID, at span: TextSpan, _ message: String, hint: String? = nil, node: Int? = nil,
        related: [(span: TextSpan, label: String)] = []
    ) {
        guard !isFull else { return }
        if let node { nodes.append((findings.count, node)) }
        findings.append(
            Diagnostic(
                rule, at: Location(path: path, span: span), message, hint: hint,
                related: related.map { RelatedLocation(Location(path: path, span: $0.span), $0.label) }))
    }

    /// Adds a finding that leaves no document to check further.
    mutating func refuse(
        _ rule: RuleID, at span: TextSpan, _ message: String, hint: String? = nil
    ) {
        isUsable = false
        add(rule, at: span, message, hint: hint)
    }

    /// Fills in the pointers, now that every container of the document has its end.
    mutating func resolvePointers(in document: Document) {
        for (finding, node) in nodes { findings[finding].pointer = document.pointer(to: node) }
        nodes.removeAll()
    }
}

extension TextSpan {
    /// One character at a place of libyaml's.
    init(_ mark: Mark, width: Int = 1) {
        self.init(line: mark.line + 1, column: mark.column + 1, width: width)
    }

    /// From one place of libyaml's to another, at least one character long.
    init(from start: Mark, to end: Mark) {
        if end.line == start.line {
            self.init(start, width: max(1, end.column - start.column))
        } else {
            self.init(
                start: TextPosition(line: start.line + 1, column: start.column + 1),
                end: TextPosition(line: end.line + 1, column: end.column + 1))
        }
    }
}

/// A name from a file as messages show it: in quotes, shortened, with nothing in it that a terminal would obey.
func quoted(_ name: String) -> String {
    var shown = ""
    for (index, scalar) in name.unicodeScalars.enumerated() {
        if index == 60 {
            shown += "…"
            break
        }
        if Hazard(scalar) != nil || scalar == "\n" || scalar == "\t" || scalar == "\r" {
            shown += "\\u{" + String(scalar.value, radix: 16) + "}"
        } else {
            shown.unicodeScalars.append(scalar)
        }
    }
    return "\"" + shown + "\""
}
