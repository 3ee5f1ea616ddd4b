package import Diagnostics
import Documents
package import JSONSchema
import Text

/// The schemas of a registry: compiled, with the collections they declare.
package struct RegistrySchemas: Sendable {
    /// The annotation keywords that carry meaning between files.
    enum Keyword {
        static let path = "x-path"
        static let references = "x-references"
        static let unique = "x-unique"
    }

    package let set: SchemaSet
    /// The schemas' paths below the root, in the order of the set.
    let paths: [String]
    package let collections: [Collection]
    /// What each of the set's annotations asks for.
    let roles: [AnnotationRole]
    /// What is wrong with the schemas themselves.
    package let findings: [Diagnostic]

    /// The folder of the schemas below a registry's root.
    static let folder = "schemas"

    /// Reads and compiles every schema in `schemas/`.
    ///
    /// Throws when that folder cannot be read.
    init(on disk: DiskFolder, limits: Limits) throws(TreeError) {
        var texts: [SchemaText] = []
        var findings: [Diagnostic] = []
        let names: [String]
        do throws(DiskFolder.Failure) {
            names = try disk.entries(of: RegistrySchemas.folder).filter { $0.kind == .file }.map(\.name)
        } catch {
            throw TreeError("\"\(RegistrySchemas.folder)/\" cannot be read: \(error.reason)")
        }
        for name in names.sorted(by: { $0.precedesInByteOrder($1) })
        where name.hasSuffix(".json") || name.hasSuffix(".yaml") {
            let path = RegistrySchemas.folder + "/" + name
            let bytes = try disk.bytes(of: path, limits: limits)
            texts.append(SchemaText(bytes: bytes, path: path))
        }
        self.init(texts, findings: &findings)
    }

    /// Reads and compiles every schema of the registry at `root`.
    ///
    /// Throws when its `schemas/` folder cannot be read.
    package init(root: String) throws(TreeError) {
        try self.init(on: DiskFolder(root: root), limits: .standard)
    }

    /// Compiles the given schema texts.
    package init(_ texts: [SchemaText], findings earlier: inout [Diagnostic]) {
        var options = SchemaOptions()
        options.annotations = [Keyword.path, Keyword.references, Keyword.unique]
        var findings = earlier
        paths = texts.map(\.path)
        set = SchemaSet(texts, options: options, findings: &findings)
        var collections: [Collection] = []
        for (index, document) in set.documents.enumerated() where set.isUsable(index) {
            if let collection = Collection(
                of: document, schema: index, path: texts[index].path, findings: &findings)
            {
                collections.append(collection)
            }
        }
        self.collections = collections
        roles = set.annotations.map { AnnotationRole($0, collections: collections) }
        self.findings = findings
    }
}
