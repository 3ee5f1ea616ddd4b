import Diagnostics
package import Documents
import Text

extension SchemaValidator {
    /// Puts right what can only have been meant one way: a number in quotes where a number must stand, a number or
    /// boolean without them where text must stand. What would still be of the wrong type stays as it is.
    package func repair(_ document: inout Document, schema: Int) {
        for fault in faults(of: document, schema) where fault.rule == .schemaType {
            let before = document.nodes[fault.node]
            switch before.kind {
            case .string:
                guard let number = Number(document.string(at: fault.node)) else { continue }
                document.nodes[fault.node].kind = number.isInteger ? .integer : .number
                document.nodes[fault.node].isQuoted = false
            case .integer, .number, .true, .false:
                document.nodes[fault.node].kind = .string
                document.nodes[fault.node].isQuoted = true
            default: continue
            }
            if faults(of: document, schema).contains(where: {
                $0.node == fault.node && $0.rule == .schemaType
            }) {
                document.nodes[fault.node] = before
            }
        }
    }

    private func faults(of document: Document, _ schema: Int) -> [Fault] {
        var explainer = Explainer(program: set.program, document: document)
        return explainer.faults(entry: set.entries[schema])
    }
}
