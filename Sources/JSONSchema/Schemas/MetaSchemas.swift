import Diagnostics
import Documents
import Text

/// The meta-schemas of the drafts: what a schema must look like itself. Read only when one is asked for, since few
/// runs need any.
enum MetaSchemas {
    /// Reads the meta-schema with this URI; nil when there is none.
    static func document(at uri: String, keys: inout Interner) -> Document? {
        guard let text = texts.first(where: { $0.uri == uri })?.text else { return nil }
        var document = Document()
        var reader = JSONReader()
        var findings: [Diagnostic] = []
        let bytes = text.withUTF8Buffer { Array($0) }
        let isRead = reader.read(bytes, path: uri, into: &document, keys: &keys, findings: &findings)
        precondition(isRead, "a meta-schema in this program is not JSON")
        return document
    }

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
