package import Diagnostics
package import Documents
package import Text
import YAML

/// A schema or instance as it came: its bytes and how to read them.
package struct SchemaText: Sendable {
    /// The languages a schema or an instance may be written in.
    package enum Syntax: Sendable, Hashable {
        case json, yaml

        /// By the file's extension: `.yaml` and `.yml` are YAML, all else is JSON.
        package init(path: String) {
            self = path.hasSuffix(".yaml") || path.hasSuffix(".yml") ? .yaml : .json
        }
    }

    package let bytes: [UInt8]
    /// The path that findings name.
    package let path: String
    package let syntax: Syntax

    package init(bytes: [UInt8], path: String) {
        self.bytes = bytes
        self.path = path
        syntax = Syntax(path: path)
    }

    /// Reads the text into a document; false, with findings, when it is broken.
    package func read(into document: inout Document, keys: inout Interner, findings: inout [Diagnostic])
        -> Bool
    {
        switch syntax {
        case .json:
            var reader = JSONReader()
            return reader.read(bytes, path: path, into: &document, keys: &keys, findings: &findings)
        case .yaml:
            var reader = YAMLReader()
            return reader.read(bytes, path: path, into: &document, keys: &keys, findings: &findings)
        }
    }
}
