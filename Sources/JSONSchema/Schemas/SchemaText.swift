package import Diagnostics
package import Documents
package import Text
import YAML

/// A schema or an instance as it came: its bytes, and how to read them.
public struct SchemaText: Sendable {
    /// The languages a schema or an instance may be written in.
    public enum Syntax: Sendable, Hashable {
        case json, yaml

        /// By a file's extension: `.yaml` and `.yml` are YAML, all else is JSON.
        public init(path: String) {
            self = path.hasSuffix(".yaml") || path.hasSuffix(".yml") ? .yaml : .json
        }
    }

    /// The text in UTF-8.
    public let bytes: [UInt8]
    /// The name that findings give.
    public let path: String
    /// The language it is read as.
    public let syntax: Syntax

    /// A file's bytes, read as its extension says unless a syntax is given.
    public init(bytes: [UInt8], path: String, syntax: Syntax? = nil) {
        self.bytes = bytes
        self.path = path
        self.syntax = syntax ?? Syntax(path: path)
    }

    /// A text in JSON.
    public static func json(_ text: String, path: String = "text.json") -> SchemaText {
        SchemaText(bytes: Array(text.utf8), path: path, syntax: .json)
    }

    /// A text in YAML 1.2.
    public static func yaml(_ text: String, path: String = "text.yaml") -> SchemaText {
        SchemaText(bytes: Array(text.utf8), path: path, syntax: .yaml)
    }

    /// Reads the text into a document; false, with findings, when it is broken or passes the limits.
    package func read(
        into document: inout Document, keys: inout Interner, limits: Limits, findings: inout [Diagnostic]
    ) -> Bool {
        guard fits(limits, &findings) else { return false }
        switch syntax {
        case .json:
            var reader = JSONReader(limits: limits)
            return reader.read(bytes, path: path, into: &document, keys: &keys, findings: &findings)
        case .yaml:
            var reader = YAMLReader(limits: limits)
            return reader.read(bytes, path: path, into: &document, keys: &keys, findings: &findings)
        }
    }

    /// False, with a finding, when there are too many bytes.
    func fits(_ limits: Limits, _ findings: inout [Diagnostic]) -> Bool {
        if bytes.count <= limits.fileBytes { return true }
        let message = "the text is larger than \(limits.fileBytes) bytes"
        findings.append(Diagnostic(.fileTooLarge, at: Location(path: path, span: .start), message))
        return false
    }
}
