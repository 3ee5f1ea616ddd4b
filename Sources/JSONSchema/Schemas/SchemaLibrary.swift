import Diagnostics
import Documents
import Text

/// A place in the library: a node of one of its documents.
struct SchemaNode: Hashable, Sendable {
    var document: Int32
    var node: Int32
}

/// A schema resource: a document's root or a subschema with an `$id` (2020-12 core section 4.3.5).
struct SchemaResource: Sendable {
    let uri: URIReference
    let root: SchemaNode
    let dialect: Dialect
    var anchors: [String: SchemaNode] = [:]
    /// `$dynamicAnchor`s by name; `$recursiveAnchor: true` is the one with the empty name.
    var dynamicAnchors: [String: SchemaNode] = [:]
}

/// All schema documents that one compilation has loaded, with their resources and anchors.
struct SchemaLibrary: Sendable {
    /// How a document came in.
    enum Origin: Sendable {
        case given, loaded, builtIn
    }

    struct Loaded: Sendable {
        let document: Document
        let path: String
        let origin: Origin
        /// Resources of this document; an inner one comes after the one around it.
        var resources: [Int32] = []
    }

    /// Finds the text of a schema by absolute URI; nil when there is none.
    typealias Loader = @Sendable (_ uri: String) -> SchemaText?

    var documents: [Loaded] = []
    var resources: [SchemaResource] = []
    private(set) var findings: [Diagnostic] = []
    /// The keys that every document was read with.
    var keys = Interner()
    var resourceByURI: [String: Int32] = [:]
    /// The resource of each schema that a keyword or a reference says is one.
    var resourceOf: [SchemaNode: Int32] = [:]
    /// Children of large containers by key or position, for JSON Pointers.
    var children: [SchemaNode: [[UInt8]: Int32]] = [:]
    private var missing: Set<String> = []
    private let loader: Loader
    private let defaultDraft: Draft
    let limits: Limits
    /// Documents that references may bring in, each with a look of the loader at a disk perhaps.
    private static let maximumDocuments = 1_000
    /// Dialects of meta-schemas of people's own; nil while one is being worked out.
    private var customDialects: [String: Dialect?] = [:]

    init(defaultDraft: Draft, limits: Limits, loader: @escaping Loader) {
        self.defaultDraft = defaultDraft
        self.limits = limits
        self.loader = loader
    }

    /// Takes a parsed document in under a URI of its own. Returns its root.
    mutating func add(_ document: Document, uri: String, path: String, origin: Origin) -> SchemaNode {
        let index = Int32(documents.count)
        documents.append(Loaded(document: document, path: path, origin: origin))
        let root = SchemaNode(document: index, node: 0)
        let dialect = dialect(of: root, default: Dialect(draft: defaultDraft))
        let base = URIReference(uri)
        addResource(SchemaResource(uri: base, root: root, dialect: dialect))
        walk(root, resource: Int32(resources.count - 1))
        return root
    }

    /// The resource with this URI, loaded if need be; nil when it cannot be had.
    mutating func resource(at uri: URIReference) -> Int32? {
        let name = uri.resource
        if let known = resourceByURI[name] { return known }
        guard !missing.contains(name), documents.count < SchemaLibrary.maximumDocuments,
            let (document, path, origin) = load(name)
        else {
            missing.insert(name)
            return nil
        }
        let root = add(document, uri: name, path: path, origin: origin)
        // The document may call itself something else; under the name it was asked for it is known too.
        resourceByURI[name] = resourceByURI[name] ?? documents[Int(root.document)].resources.first
        return resourceByURI[name]
    }

    /// A meta-schema of the standard, or a document from the loader.
    private mutating func load(_ uri: String) -> (Document, path: String, Origin)? {
        if let document = MetaSchemas.document(at: uri, keys: &keys) { return (document, uri, .builtIn) }
        guard let text = loader(uri) else { return nil }
        var document = Document()
        let isRead = text.read(into: &document, keys: &keys, limits: limits, findings: &findings)
        return isRead ? (document, text.path, .loaded) : nil
    }

    /// The innermost resource around a node.
    func resource(around place: SchemaNode) -> Int32 {
        if let known = resourceOf[place] { return known }
        let loaded = documents[Int(place.document)]
        let inner = loaded.resources.last { candidate in
            let root = Int(resources[Int(candidate)].root.node)
            return root <= place.node && place.node < loaded.document.end(of: root)
        }
        return inner ?? loaded.resources[0]
    }

    /// Makes sure that ids and anchors below a node are known even where no keyword says it is a schema.
    mutating func frame(_ place: SchemaNode) {
        let document = documents[Int(place.document)].document
        guard document[Int(place.node)].kind == .mapping, document.member("$id", of: Int(place.node)) != nil
        else {
            return
        }
        if resourceOf[place] != nil { return }
        walk(place, resource: resource(around: place))
    }

    mutating func report(
        _ rule: RuleID, at place: SchemaNode, _ message: String, hint: String? = nil,
        severity: Severity? = nil
    ) {
        // Warnings must not crowd out the errors.
        let room = severity == .warning ? limits.findingsPerFile : 2 * limits.findingsPerFile
        guard findings.count < room else { return }
        let loaded = documents[Int(place.document)]
        let node = Int(place.node)
        findings.append(
            Diagnostic(
                rule, at: Location(path: loaded.path, span: loaded.document.span(of: node)), message,
                hint: hint,
                pointer: loaded.document.pointer(to: node), severity: severity))
    }

    private mutating func addResource(_ resource: SchemaResource) {
        let index = Int32(resources.count)
        resources.append(resource)
        documents[Int(resource.root.document)].resources.append(index)
        resourceByURI[resource.uri.resource] = resourceByURI[resource.uri.resource] ?? index
    }

    /// The dialect that a schema's `$schema` names, or the one it lives in.
    mutating func dialect(of place: SchemaNode, default inherited: Dialect) -> Dialect {
        let document = documents[Int(place.document)].document
        guard document[Int(place.node)].kind == .mapping,
            let value = document.member("$schema", of: Int(place.node)), document[value].kind == .string
        else { return inherited }
        let name = document.string(at: value)
        if let draft = Draft(metaSchema: name) { return Dialect(draft: draft) }
        if let known = customDialects[name] { return known ?? inherited }
        customDialects[name] = .some(nil)
        guard let resource = resource(at: URIReference(name)) else {
            report(
                .schemaDialect, at: SchemaNode(document: place.document, node: Int32(value)),
                "the meta-schema \"\(name)\" is not known",
                hint: "name one of \(Draft.allCases.reversed().map(\.schemaURI).joined(separator: ", "))")
            return inherited
        }
        let dialect = customDialect(resources[Int(resource)])
        customDialects[name] = dialect
        return dialect
    }

    private func customDialect(_ metaSchema: SchemaResource) -> Dialect {
        let document = documents[Int(metaSchema.root.document)].document
        guard document[Int(metaSchema.root.node)].kind == .mapping,
            let vocabulary = document.member("$vocabulary", of: Int(metaSchema.root.node))
        else { return metaSchema.dialect }
        let names = document.children(of: vocabulary).compactMap { $0.key.map { document.string(at: $0) } }
        return Dialect(draft: metaSchema.dialect.draft, vocabularyNames: names)
    }
}
