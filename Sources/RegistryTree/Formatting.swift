package import Diagnostics
import Documents
import JSONSchema
import Text
import YAML

/// The canonical form of a registry's files: what `registry fix` writes.
///
/// A file whose YAML is broken is left as it is. Where the schema wants a number and the file has one in quotes, or
/// the other way about, the value is put right on the way.
package struct Formatting {
    /// A file that is not in canonical form.
    package struct Change: Sendable {
        package let path: String
        package let bytes: [UInt8]
        /// The first line, from 1, in which the two differ.
        package let firstLine: Int
    }

    package private(set) var changes: [Change] = []
    /// Why files could not be looked at.
    package private(set) var findings: [Diagnostic] = []
    package private(set) var checkedFileCount = 0

    /// Looks at all files of the registry at `root`, or at those with the given paths below it.
    ///
    /// Throws when the root or its schemas cannot be read. Linear in the bytes.
    package init(root: String, paths: [String]) throws(TreeError) {
        let disk = DiskFolder(root: root)
        let limits = Limits.standard
        let schemas = try RegistrySchemas(on: .disk(disk), limits: limits)
        let listing = try TreeListing(
            of: schemas.collections, in: ComparedTree(.disk(disk)), mayBeEmpty: true, limits: limits)
        var worker = FormattingWorker(schemas: schemas, disk: disk, limits: limits)
        let wanted = Set(paths)
        for file in listing.files where wanted.isEmpty || wanted.contains(file.path) {
            checkedFileCount += 1
            if let change = try worker.change(of: file) { changes.append(change) }
        }
        let unknown = wanted.subtracting(listing.files.map(\.path)).sorted()
        if let first = unknown.first { throw TreeError("\"\(first)\" is not a file of the registry") }
        findings = worker.findings
    }

    /// What keeps each file from being canonical, as findings.
    package var differences: [Diagnostic] {
        changes.map { change in
            Diagnostic(
                .fileCanonical,
                at: Location(path: change.path, span: TextSpan(line: change.firstLine, column: 1, width: 1)),
                "the file is not in canonical form from this line on", hint: "run \"registry fix\"")
        }
    }
}

/// Formats one file after the other with buffers of its own.
private struct FormattingWorker: ~Copyable {
    private let schemas: RegistrySchemas
    private let tree: TreeReader
    private var reader: FileReader
    private var validator: SchemaValidator
    private(set) var findings: [Diagnostic] = []

    init(schemas: RegistrySchemas, disk: DiskFolder, limits: Limits) {
        self.schemas = schemas
        tree = .disk(disk)
        reader = FileReader(limits: limits, keys: schemas.set.keys)
        validator = SchemaValidator(schemas.set)
    }

    /// The canonical form of a file where it differs from the file.
    mutating func change(of file: ListedFile) throws(TreeError) -> Formatting.Change? {
        let before = findings.count
        guard try reader.read(file.path, from: tree, findings: &findings), findings.count == before else {
            return nil
        }
        var document = reader.document
        let schema = schemas.collections[Int(file.collection)].schema
        let order = validator.keyOrder(of: document, schema: schema)
        validator.repair(&document, schema: schema)
        let formatted = YAMLFormatter { pointer in order[pointer] ?? [] }.format(
            reader.bytes, document: document)
        guard formatted != reader.bytes else { return nil }
        return Formatting.Change(path: file.path, bytes: formatted, firstLine: firstDifference(formatted))
    }

    private func firstDifference(_ formatted: [UInt8]) -> Int {
        var line = 1
        for (old, new) in zip(reader.bytes, formatted) {
            if old != new { break }
            if old == UInt8(ascii: "\n") { line += 1 }
        }
        return line
    }
}
