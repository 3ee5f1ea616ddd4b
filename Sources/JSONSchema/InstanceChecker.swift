package import Diagnostics
package import Documents
import Text
import YAML

/// Checks texts, JSON or YAML, one after the other against one schema: reader and validator in one.
///
/// It keeps its buffers from one text to the next, so many texts are checked faster by one checker than by
/// ``Schema`` itself. A checker belongs to one task; every task may have its own of the same schema.
public struct InstanceChecker: ~Copyable {
    private let set: SchemaSet
    private let limits: Limits
    private var validator: SchemaValidator
    private var jsonReader: JSONReader
    private var yamlReader: YAMLReader
    private var document = Document()
    private var keys: Interner

    /// A checker for one schema, with the limits of its options.
    public init(_ schema: Schema) {
        self.init(schema.set, limits: schema.limits)
    }

    /// A checker for the first schema of a set.
    package init(_ set: SchemaSet, limits: Limits = .standard) {
        self.set = set
        self.limits = limits
        validator = SchemaValidator(set)
        jsonReader = JSONReader(limits: limits)
        yamlReader = YAMLReader(limits: limits)
        keys = set.keys
    }

    /// True when a text can be read and is valid. Linear in the text for nearly all schemas, and bounded for all.
    public mutating func isValid(_ text: SchemaText) -> Bool {
        var findings: [Diagnostic] = []
        return read(text, &findings) && !findings.contains { $0.severity == .error }
            && validator.isValid(document, schema: 0)
    }

    /// Everything that is wrong with a text, in its order; empty when it is valid.
    public mutating func explain(_ text: SchemaText) -> [SchemaFinding] {
        findings(in: text).map(SchemaFinding.init)
    }

    /// Everything that is wrong with a text, as diagnostics.
    package mutating func findings(in text: SchemaText) -> [Diagnostic] {
        var findings: [Diagnostic] = []
        guard read(text, &findings) else { return findings }
        // A text with faults of its own, such as a key given twice, needs the closer look in any case.
        if findings.isEmpty, validator.isValid(document, schema: 0) { return [] }
        findings += validator.explain(document, schema: 0, path: text.path, limits: limits)
        return findings.sorted()
    }

    private mutating func read(_ text: SchemaText, _ findings: inout [Diagnostic]) -> Bool {
        guard text.fits(limits, &findings) else { return false }
        keys.truncate(to: set.keys.count)
        switch text.syntax {
        case .json:
            return jsonReader.read(
                text.bytes, path: text.path, into: &document, keys: &keys, findings: &findings)
        case .yaml:
            return yamlReader.read(
                text.bytes, path: text.path, into: &document, keys: &keys, findings: &findings)
        }
    }
}
