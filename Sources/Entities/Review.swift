import Diagnostics
import Documents
import Text

/// What the rules find in one file: each remark names its place by JSON Pointer, so that a rule is a function
/// of values and a place is looked up only when there is something to say.
struct Review {
    let path: String
    private(set) var remarks: [Remark] = []

    init(path: String) {
        self.path = path
    }

    /// The files that its remarks point into.
    var paths: [String] { [path] + remarks.flatMap { $0.related.compactMap(\.path) } }

    /// Notes that the value at `pointer` breaks a rule. What goes beyond the findings of one file is left out.
    mutating func report(
        _ rule: RuleID, at pointer: String, _ message: String, hint: String? = nil,
        related: [Remark.Related] = []
    ) {
        guard remarks.count < Limits.standard.findingsPerFile else { return }
        remarks.append(Remark(rule: rule, pointer: pointer, message: message, hint: hint, related: related))
    }

    /// The remarks as findings, placed by the document that they are about.
    func diagnostics(in document: Document) -> [Diagnostic] {
        diagnostics { _, pointer in
            var pointer = pointer[...]
            while !pointer.isEmpty {
                if let node = document.node(at: String(pointer)) {
                    return Location(path: path, span: document.span(of: node))
                }
                pointer = pointer[..<(pointer.lastIndex(of: "/") ?? pointer.startIndex)]
            }
            return Location(path: path, span: .start)
        }
    }

    /// The remarks as findings; `locate` says where the value at a path and pointer stands.
    func diagnostics(locate: (String, String) -> Location) -> [Diagnostic] {
        remarks.map { remark in
            Diagnostic(
                remark.rule, at: locate(path, remark.pointer), remark.message, hint: remark.hint,
                pointer: remark.pointer,
                related: remark.related.map {
                    RelatedLocation(locate($0.path ?? path, $0.pointer), $0.label)
                })
        }
    }
}

/// One thing that a rule found.
struct Remark {
    /// Another place that it is about.
    struct Related {
        /// Nil for the same file.
        var path: String?
        var pointer: String
        var label: String
    }

    var rule: RuleID
    var pointer: String
    var message: String
    var hint: String?
    var related: [Related]
}

extension Double {
    /// The nearest whole number in digits, for a message.
    var digits: String { Int(exactly: rounded()).map { String($0) } ?? "too many" }
}
