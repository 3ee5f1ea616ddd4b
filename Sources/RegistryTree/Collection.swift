import Diagnostics
import Documents
import Entities
import JSONSchema
import Text

/// A kind of file in the registry, as the root of its schema declares it with `x-collection`.
package struct Collection: Sendable {
    /// The folder below the root, without a slash at either end; also the collection's name in `x-references`.
    package let folder: String
    /// Levels below the folder: 2 for `models/vendor/model.yaml`.
    package let depth: Int
    /// The properties that identify an entity.
    package let key: [String]
    /// The position of its schema in the schema set.
    package let schema: Int
    /// The schema's `$id`; empty when it has none.
    package let schemaID: String

    /// What its entities are, when the schema is one whose fields this program knows.
    let entityKind: EntityKind?

    /// The extension that all files of a collection have.
    static let fileExtension = ".yaml"

    /// Levels that the files of a collection may stand below its folder.
    static let maximumDepth = 16

    /// Reads the declaration in a schema; nil when there is none, or with a finding when it is malformed.
    init?(of document: Document, schema: Int, path: String, findings: inout [Diagnostic]) {
        guard !document.nodes.isEmpty, document[0].kind == .mapping,
            let declaration = document.member("x-collection", of: 0)
        else { return nil }
        let folder = Collection.text(document.member("folder", of: declaration), in: document) ?? ""
        let depth =
            document.member("depth", of: declaration).flatMap { document.number(at: $0)?.integer } ?? 0
        let key = document.member("key", of: declaration).map { key in
            document.children(of: key).map { Collection.text($0.value, in: document) ?? "" }
        }
        let parts = folder.split(separator: "/", omittingEmptySubsequences: false)
        // A name with a dot before it is hidden: `..` leads out of the registry, `.git` is not its business.
        guard parts.allSatisfy({ String($0).isPortableName && !$0.hasPrefix(".") }),
            parts.first.map(String.init) != RegistrySchemas.folder,
            (1...Collection.maximumDepth).contains(depth), let key, (1...16).contains(key.count),
            !key.contains("")
        else {
            findings.append(
                Diagnostic(
                    .schemaInvalid, at: Location(path: path, span: document.span(of: declaration)),
                    "\"x-collection\" needs a folder of its own below the root, a depth from 1 to 16 and a list of "
                        + "key names",
                    hint: "for example {\"folder\": \"models\", \"depth\": 2, \"key\": [\"id\"]}",
                    pointer: "/x-collection"))
            return nil
        }
        self.folder = folder
        self.depth = depth
        self.key = key
        self.schema = schema
        schemaID = document.member("$id", of: 0).map { document.string(at: $0) } ?? ""
        entityKind = EntityKind(schemaID: schemaID)
    }

    /// The text of a node; nil when there is no node or it is no text.
    private static func text(_ node: Int?, in document: Document) -> String? {
        node.flatMap { document[$0].kind == .string ? document.string(at: $0) : nil }
    }
}
