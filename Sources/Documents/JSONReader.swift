package import Diagnostics
package import Text

/// Reads JSON (RFC 8259) into a `Document`, with the place of every value.
///
/// Strict: UTF-8, no comments, no trailing commas, one value a text, equal keys refused. One pass.
package struct JSONReader: Sendable {
    private let limits: Limits
    private var stamps = KeyStamps()

    package init(limits: Limits = .standard) {
        self.limits = limits
    }

    /// Reads `bytes` into `document`, replacing what it held; keys are interned in `keys`.
    ///
    /// Returns whether the text is JSON; if not, one finding that says why is appended to `findings`.
    package mutating func read(
        _ bytes: [UInt8], path: String, into document: inout Document, keys: inout Interner,
        findings: inout [Diagnostic]
    ) -> Bool {
        document.reset()
        var parser = JSONParser(bytes: bytes, limits: limits)
        swap(&parser.document, &document)
        swap(&parser.keys, &keys)
        swap(&parser.stamps, &stamps)
        defer {
            swap(&parser.document, &document)
            swap(&parser.keys, &keys)
            swap(&parser.stamps, &stamps)
        }
        do throws(JSONFault) {
            try parser.parseText()
            return true
        } catch {
            findings.append(error.diagnostic(path: path, bytes: bytes))
            return false
        }
    }
}

/// Why a text is not JSON, and where.
struct JSONFault: Error {
    var rule: RuleID = .jsonSyntax
    var offset: Int
    var message: String
    var hint: String?
    var earlier: TextSpan?

    func diagnostic(path: String, bytes: [UInt8]) -> Diagnostic {
        let position = LineIndex(bytes.span).position(of: offset, in: bytes.span)
        let span = TextSpan(line: Int(position.line), column: Int(position.column), width: 1)
        return Diagnostic(
            rule, at: Location(path: path, span: span), message, hint: hint,
            related: earlier.map { [RelatedLocation(Location(path: path, span: $0), "first given here")] }
                ?? [])
    }
}
