import Diagnostics
package import Documents
import JSONSchema
import Text
import YAML

/// Files of a registry as records, and records as files in canonical form.
package struct RegistryFiles: ~Copyable {
    private let root: String
    private let schemas: RegistrySchemas
    private let tree: TreeReader
    private var reader: FileReader
    private var validator: SchemaValidator

    /// Throws when the registry's schemas cannot be read.
    package init(root: String) throws(TreeError) {
        self.root = root
        let disk = DiskFolder(root: root)
        schemas = try RegistrySchemas(on: .disk(disk), limits: .standard)
        tree = .disk(disk)
        reader = FileReader(limits: .standard, keys: schemas.set.keys)
        validator = SchemaValidator(schemas.set)
    }

    /// The record that stands in a file; nil where there is no such file.
    ///
    /// Throws when the file is there and is no mapping: it must not be taken for absent, and be written over.
    package mutating func record(at path: String) throws(TreeError) -> Record? {
        guard try tree.entry(at: path) != nil else { return nil }
        var findings: [Diagnostic] = []
        guard try reader.read(path, from: tree, findings: &findings), !reader.document.nodes.isEmpty,
            let record = Value(reader.document).record
        else { throw TreeError("\"\(path)\" is there but no readable mapping; mend it first") }
        return record
    }

    /// A record as the text of a file at a path, in canonical form; comments of the file that is there stay with
    /// what they belong to.
    package mutating func text(of record: Record, at path: String) throws(TreeError) -> [UInt8] {
        guard
            let collection = schemas.collections.first(where: { path.hasPrefix($0.folder + "/") })
        else { throw TreeError("\"\(path)\" belongs to no collection of the registry") }
        var findings: [Diagnostic] = []
        var old: (bytes: [UInt8], document: Document)?
        if try tree.entry(at: path) != nil, try reader.read(path, from: tree, findings: &findings),
            !reader.document.nodes.isEmpty
        {
            old = (reader.bytes, reader.document)
        }
        var document = Document()
        var keys = schemas.set.keys
        var json = JSONReader()
        var bytes: [UInt8] = []
        Value.record(record).append(to: &bytes)
        guard json.read(bytes, path: path, into: &document, keys: &keys, findings: &findings) else {
            throw TreeError("\"\(path)\" cannot be put into words: \(findings.first?.message ?? "")")
        }
        let order = validator.keyOrder(of: document, schema: collection.schema)
        let formatter = YAMLFormatter { pointer in order[pointer] ?? [] }
        if let old { return formatter.format(document, withCommentsOf: old.bytes, old.document) }
        let up = String(repeating: "../", count: path.split(separator: "/").count - 1)
        let header = "# yaml-language-server: $schema=\(up)\(schemas.paths[collection.schema])\n"
        return Array(header.utf8) + formatter.format(document)
    }
}
