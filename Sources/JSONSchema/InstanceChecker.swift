package import Diagnostics
package import Documents
import Text
import YAML

/// Checks whole texts, JSON or YAML, against the first schema of a set: reader and validator in one.
package struct InstanceChecker: ~Copyable {
    private let set: SchemaSet
    private var validator: SchemaValidator
    private var jsonReader: JSONReader
    private var yamlReader: YAMLReader
    private var document = Document()
    private var keys: Interner

    package init(_ set: SchemaSet, limits: Limits = .standard) {
        self.set = set
        validator = SchemaValidator(set)
        jsonReader = JSONReader(limits: limits)
        yamlReader = YAMLReader(limits: limits)
        keys = set.keys
    }

    /// Everything that is wrong with a text; empty when it is valid.
    package mutating func findings(in text: SchemaText) -> [Diagnostic] {
        var findings: [Diagnostic] = []
        guard read(text, &findings), !validator.isValid(document, schema: 0) else { return findings }
        return findings + validator.explain(document, schema: 0, path: text.path)
    }

    /// True when a text can be read and is valid.
    package mutating func isValid(_ text: SchemaText) -> Bool {
        var findings: [Diagnostic] = []
        return read(text, &findings) && findings.isEmpty && validator.isValid(document, schema: 0)
    }

    private mutating func read(_ text: SchemaText, _ findings: inout [Diagnostic]) -> Bool {
        switch text.syntax {
        case .json:
            jsonReader.read(text.bytes, path: text.path, into: &document, keys: &keys, findings: &findings)
        case .yaml:
            yamlReader.read(text.bytes, path: text.path, into: &document, keys: &keys, findings: &findings)
        }
    }
}
