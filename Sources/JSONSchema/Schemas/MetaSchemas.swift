import Diagnostics
import Documents
import Text

/// The meta-schemas of the drafts, read once: what a schema must look like itself.
enum MetaSchemas {
    /// All meta-schema documents read with one interner, which every program's keys begin with.
    static var documents: [String: Document] { library.documents }

    /// The keys of those documents.
    static var keys: Interner { library.keys }

    private static let library: (documents: [String: Document], keys: Interner) = {
        var documents: [String: Document] = [:]
        var keys = Interner()
        var reader = JSONReader()
        for (uri, text) in texts {
            var document = Document()
            let bytes = text.withUTF8Buffer { Array($0) }
            var findings: [Diagnostic] = []
            let isRead = reader.read(bytes, path: uri, into: &document, keys: &keys, findings: &findings)
            precondition(isRead, "a meta-schema in this program is not JSON")
            documents[uri] = document
        }
        return (documents, keys)
    }()

    /// The compiled meta-schema of a draft.
    static func program(for draft: Draft) -> Program {
        switch draft {
        case .draft7: draft7
        case .draft2019: draft2019
        case .draft2020: draft2020
        }
    }

    private static let draft7 = compile(.draft7)
    private static let draft2019 = compile(.draft2019)
    private static let draft2020 = compile(.draft2020)

    private static func compile(_ draft: Draft) -> Program {
        var library = SchemaLibrary(defaultDraft: draft, limits: .standard, loader: { _ in nil })
        let resource = library.resource(at: URIReference(draft.metaSchema))
        var compiler = Compiler(library: library, options: Compiler.Options(assertsFormat: true))
        let root = compiler.library.resources[Int(resource ?? 0)].root
        let entry = compiler.compile(root)
        precondition(entry == 0, "the first block is the entry")
        return compiler.finish().program
    }
}
