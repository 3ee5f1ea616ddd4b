package import Diagnostics
import Documents
import Git
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
    /// The schemas as they were read, in the order of the set.
    private let texts: [SchemaText]

    /// The folder of the schemas below a registry's root.
    static let folder = "schemas"

    /// Reads and compiles every schema in `schemas/`.
    ///
    /// Throws when that folder cannot be read.
    init(on tree: borrowing TreeReader, limits: Limits) throws(TreeError) {
        var texts: [SchemaText] = []
        var findings: [Diagnostic] = []
        var entries: [FolderEntry]
        do throws(ReadFailure) {
            entries = try tree.entries(of: RegistrySchemas.folder)
        } catch {
            throw error.failure(RegistrySchemas.folder + "/")
        }
        entries.sort { $0.precedes($1) }
        var bytes: [UInt8] = []
        for entry in entries where RegistrySchemas.isSchema(entry.name) {
            let path = RegistrySchemas.folder + "/" + entry.name
            // A schema passed over would leave its whole collection unchecked.
            guard entry.kind == .file else {
                let message = "a schema stands in a file of its own, not in a folder or behind a link"
                findings.append(
                    Diagnostic(.fileNotRegular, at: Location(path: path, span: .start), message))
                continue
            }
            guard try tree.read(path, entry.object, limits: limits, into: &bytes, findings: &findings) else {
                continue
            }
            texts.append(SchemaText(bytes: bytes, path: path))
        }
        self.init(texts, findings: &findings)
    }

    /// True of the name of a file in the folder that is read as a schema.
    static func isSchema(_ name: String) -> Bool {
        name.hasSuffix(".json") || name.hasSuffix(".yaml")
    }

    /// Reads and compiles every schema of a registry.
    ///
    /// Throws when its `schemas/` folder cannot be read.
    package init(of source: RegistrySource) throws(TreeError) {
        try self.init(on: source.open(), limits: .standard)
    }

    /// Compiles the given schema texts.
    package init(_ texts: [SchemaText], findings earlier: inout [Diagnostic]) {
        var options = SchemaOptions()
        options.annotations = [Keyword.path, Keyword.references, Keyword.unique]
        var findings = earlier
        self.texts = texts
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
        collections = RegistrySchemas.apart(collections, paths, findings: &findings)
        self.collections = collections
        roles = set.annotations.map { AnnotationRole($0, collections: collections) }
        // What is wrong with a collection is told once, not again wherever something refers to it.
        let isSound = !findings.contains { $0.severity == .error }
        let malformed = zip(set.annotations, roles).filter { annotation, role in
            guard case .malformed = role else { return false }
            return isSound || annotation.keyword != Keyword.references
        }
        for (annotation, _) in malformed.prefix(Limits.standard.findingsPerFile) {
            let (message, hint) = annotation.fault(collections: collections)
            let (location, pointer) = set.place(of: annotation)
            findings.append(
                Diagnostic(
                    .schemaInvalid, at: location, "\"\(annotation.keyword)\": \(message)", hint: hint,
                    pointer: pointer))
        }
        self.findings = findings
    }

    /// A number for all that the schemas say: the same only for schemas that say the same.
    ///
    /// Throws when libgit2, which computes it, cannot be started.
    func digest() throws(TreeError) -> ObjectID {
        var bytes: [UInt8] = []
        for text in texts {
            bytes += Array("\(text.path.utf8.count) \(text.path) \(text.bytes.count) ".utf8) + text.bytes
        }
        do throws(GitError) {
            return try ObjectID(ofBlob: bytes.span)
        } catch {
            throw TreeError(error)
        }
    }

    /// The collections whose folders have no file in common, each file having one schema; reports the others.
    private static func apart(
        _ collections: [Collection], _ paths: [String], findings: inout [Diagnostic]
    ) -> [Collection] {
        let inOrder = collections.sorted { left, right in
            if left.folder == right.folder { return left.schema < right.schema }
            return (left.folder + "/").precedesInByteOrder(right.folder + "/")
        }
        var kept: [Collection] = []
        for collection in inOrder {
            guard let last = kept.last, (collection.folder + "/").hasPrefix(last.folder + "/") else {
                kept.append(collection)
                continue
            }
            findings.append(
                Diagnostic(
                    .schemaInvalid, at: Location(path: paths[collection.schema], span: .start),
                    "the files in \"\(collection.folder)/\" already belong to the collection \"\(last.folder)\"",
                    hint: "\(paths[last.schema]) declares it; a file has one schema",
                    pointer: "/x-collection/folder"))
        }
        return kept.sorted { $0.schema < $1.schema }
    }
}
