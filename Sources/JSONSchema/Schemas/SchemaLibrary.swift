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
    struct Loaded: Sendable {
        let document: Document
        let path: String
        /// Resources of this document; an inner one comes after the one around it.
        var resources: [Int32] = []
    }

    /// Finds the text of a schema by absolute URI; nil when there is none.
    typealias Loader = @Sendable (_ uri: String) -> SchemaText?

    var documents: [Loaded] = []
    var resources: [SchemaResource] = []
    private(set) var findings: [Diagnostic] = []
    var keys = MetaSchemas.library.keys
    private var resourceByURI: [String: Int32] = [:]
    private var missing: Set<String> = []
    private let loader: Loader
    private let defaultDraft: Draft
    /// Dialects of meta-schemas of people's own; nil while one is being worked out.
    private var customDialects: [String: Dialect?] = [:]

    init(defaultDraft: Draft, loader: @escaping Loader) {
        self.defaultDraft = defaultDraft
        self.loader = loader
    }

    /// Takes a parsed document in under a URI of its own. Returns its root.
    mutating func add(_ document: Document, uri: String, path: String) -> SchemaNode {
        let index = Int32(documents.count)
        documents.append(Loaded(document: document, path: path))
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
        guard !missing.contains(name), let (document, path) = load(name) else {
            missing.insert(name)
            return nil
        }
        let root = add(document, uri: name, path: path)
        // The document may call itself something else; under the name it was asked for it is known too.
        resourceByURI[name] = resourceByURI[name] ?? documents[Int(root.document)].resources.first
        return resourceByURI[name]
    }

    /// A document from the loader, or a meta-schema of the standard.
    private mutating func load(_ uri: String) -> (Document, path: String)? {
        if let text = loader(uri) {
            var document = Document()
            return text.read(into: &document, keys: &keys, findings: &findings) ? (document, text.path) : nil
        }
        return MetaSchemas.library.documents[uri].map { ($0, uri) }
    }

    /// The innermost resource around a node.
    func resource(around place: SchemaNode) -> Int32 {
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
        if resources.contains(where: { $0.root == place }) { return }
        walk(place, resource: resource(around: place))
    }

    mutating func report(_ rule: RuleID, at place: SchemaNode, _ message: String, hint: String? = nil) {
        let loaded = documents[Int(place.document)]
        let node = Int(place.node)
        findings.append(
            Diagnostic(
                rule, at: Location(path: loaded.path, span: loaded.document.span(of: node)), message,
                hint: hint,
                pointer: loaded.document.pointer(to: node)))
    }

    /// The node a reference leads to: a resource's root, an anchor in it, or a JSON Pointer into it.
    mutating func resolve(_ reference: URIReference) -> SchemaNode? {
        guard let index = resource(at: reference) else { return nil }
        let fragment = reference.decodedFragment
        let resource = resources[Int(index)]
        if fragment.isEmpty { return resource.root }
        if !fragment.hasPrefix("/") { return resource.anchors[fragment] }
        let document = documents[Int(resource.root.document)].document
        return document.node(at: fragment, from: Int(resource.root.node)).map {
            SchemaNode(document: resource.root.document, node: Int32($0))
        }
    }

    private mutating func addResource(_ resource: SchemaResource) {
        let index = Int32(resources.count)
        resources.append(resource)
        documents[Int(resource.root.document)].resources.append(index)
        resourceByURI[resource.uri.resource] = resourceByURI[resource.uri.resource] ?? index
    }

    /// Notes ids and anchors of a schema and of all schemas below it.
    private mutating func walk(_ place: SchemaNode, resource: Int32) {
        let document = documents[Int(place.document)].document
        let index = document.resolve(Int(place.node))
        guard document[index].kind == .mapping else { return }
        var resource = resource
        let outer = resources[Int(resource)].dialect
        let hidesSiblings = outer.draft == .draft7 && document.member("$ref", of: index) != nil
        if !hidesSiblings, let id = document.member("$id", of: index), document[id].kind == .string {
            resource = enterIdentified(place, id: document.string(at: id), resource: resource)
        }
        let draft = resources[Int(resource)].dialect.draft
        for child in document.children(of: index) {
            guard let key = child.key else { continue }
            let keyword = document.string(at: key)
            let value = SchemaNode(document: place.document, node: Int32(child.value))
            if !hidesSiblings { noteAnchor(keyword, value, at: place, resource: resource) }
            guard let kind = SubschemaPlace(keyword: keyword, draft: draft) else { continue }
            for schema in schemas(in: value, kind) { walk(schema, resource: resource) }
        }
    }

    /// A schema with an `$id` begins a resource, or (draft-07, `#name`) is an anchor.
    private mutating func enterIdentified(_ place: SchemaNode, id: String, resource: Int32) -> Int32 {
        let outer = resources[Int(resource)]
        let reference = URIReference(id)
        if outer.dialect.draft == .draft7, id.hasPrefix("#") {
            resources[Int(resource)].anchors[reference.decodedFragment] = place
            return resource
        }
        let uri = reference.resolved(against: outer.uri)
        if place == outer.root {
            // The root's own $id renames the resource it already is.
            let renamed = SchemaResource(uri: uri, root: place, dialect: outer.dialect)
            resources[Int(resource)] = renamed
            resourceByURI[uri.resource] = resourceByURI[uri.resource] ?? resource
            if outer.dialect.draft == .draft7, !reference.decodedFragment.isEmpty {
                resources[Int(resource)].anchors[reference.decodedFragment] = place
            }
            return resource
        }
        addResource(
            SchemaResource(uri: uri, root: place, dialect: dialect(of: place, default: outer.dialect)))
        return Int32(resources.count - 1)
    }

    private mutating func noteAnchor(
        _ keyword: String, _ value: SchemaNode, at place: SchemaNode, resource: Int32
    ) {
        let document = documents[Int(value.document)].document
        let index = Int(resource)
        switch (keyword, resources[index].dialect.draft) {
        case ("$anchor", .draft2019), ("$anchor", .draft2020):
            resources[index].anchors[document.string(at: Int(value.node))] = place
        case ("$dynamicAnchor", .draft2020):
            let name = document.string(at: Int(value.node))
            resources[index].anchors[name] = place
            resources[index].dynamicAnchors[name] = place
        case ("$recursiveAnchor", .draft2019) where document[Int(value.node)].kind == .true:
            resources[index].dynamicAnchors[""] = place
        default: break
        }
    }

    /// The schemas that a keyword's value holds.
    func schemas(in value: SchemaNode, _ place: SubschemaPlace) -> [SchemaNode] {
        let document = documents[Int(value.document)].document
        let kind = document[Int(value.node)].kind
        func children() -> [SchemaNode] {
            document.children(of: Int(value.node)).map {
                SchemaNode(document: value.document, node: Int32($0.value))
            }
        }
        switch place {
        case .schema: return [value]
        case .array: return kind == .sequence ? children() : []
        case .map: return kind == .mapping ? children() : []
        case .schemaOrArray: return kind == .sequence ? children() : [value]
        case .dependencies:
            return kind == .mapping ? children().filter { document[Int($0.node)].kind != .sequence } : []
        }
    }

    /// The dialect that a schema's `$schema` names, or the one it lives in.
    private mutating func dialect(of place: SchemaNode, default inherited: Dialect) -> Dialect {
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
                hint: "name one of \(Draft.allCases.reversed().map(\.metaSchema).joined(separator: ", "))")
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
