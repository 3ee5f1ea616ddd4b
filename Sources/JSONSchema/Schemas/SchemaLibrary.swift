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
    var keys = MetaSchemas.keys
    private var resourceByURI: [String: Int32] = [:]
    /// The resource of each schema that a keyword or a reference says is one.
    private var resourceOf: [SchemaNode: Int32] = [:]
    /// Children of large containers by key or position, for JSON Pointers.
    private var children: [SchemaNode: [[UInt8]: Int32]] = [:]
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
        if let document = MetaSchemas.documents[uri] { return (document, uri, .builtIn) }
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

    /// The node a reference leads to: a resource's root, an anchor in it, or a JSON Pointer into it.
    mutating func resolve(_ reference: URIReference) -> SchemaNode? {
        guard let index = resource(at: reference) else { return nil }
        let fragment = reference.decodedFragment
        let resource = resources[Int(index)]
        if fragment.isEmpty { return resource.root }
        if !fragment.hasPrefix("/") { return resource.anchors[fragment] }
        return JSONPointer.tokens(fragment)?.reduce(resource.root) { place, token in
            place.flatMap { child(token, of: $0) }
        }
    }

    /// What a reference that leads nowhere was probably meant to be, or why it does not.
    mutating func hint(forUnresolved reference: URIReference) -> String {
        guard let index = resource(at: reference) else { return "the schema it names is not loaded" }
        let resource = resources[Int(index)]
        let fragment = reference.decodedFragment
        guard let tokens = JSONPointer.tokens(fragment) else {
            let near = Wording.nearest(to: fragment, in: resource.anchors.keys.sorted())
            return near.map { "did you mean \(Wording.quoted("#" + $0))?" } ?? "it has no such anchor"
        }
        var place = resource.root
        var pointer = "#"
        for token in tokens {
            if let next = child(token, of: place) {
                place = next
                pointer += "/" + JSONPointer.escaped(token)
                continue
            }
            // To look through very many for every reference would take too long.
            let isSmall = documents[Int(place.document)].document[Int(place.node)].length <= 1_000
            let children = isSmall ? childrenByToken(of: place) : [:]
            let names = children.keys.map { String(decoding: $0, as: UTF8.self) }.sorted()
            let near = Wording.nearest(to: token, in: names).map { pointer + "/" + JSONPointer.escaped($0) }
            return near.map { "did you mean \(Wording.quoted($0))?" }
                ?? "there is no \(Wording.quoted(token)) in \(Wording.quoted(pointer))"
        }
        return "what it names is no schema"
    }

    /// The member of this name, or the item at this position; the children of large containers are looked up but
    /// once, since there may be as many references to them.
    private mutating func child(_ token: String, of place: SchemaNode) -> SchemaNode? {
        let document = documents[Int(place.document)].document
        let container = document[Int(place.node)]
        if container.kind == .mapping, container.length < 16 {
            return document.member(token, of: Int(place.node)).map {
                SchemaNode(document: place.document, node: Int32($0))
            }
        }
        if children[place] == nil { children[place] = childrenByToken(of: place) }
        return children[place]?[Array(token.utf8)].map { SchemaNode(document: place.document, node: $0) }
    }

    /// By bytes: a String would take canonically equal keys for the same.
    private func childrenByToken(of place: SchemaNode) -> [[UInt8]: Int32] {
        let document = documents[Int(place.document)].document
        var children: [[UInt8]: Int32] = [:]
        for (position, child) in document.children(of: Int(place.node)).enumerated() {
            let token = child.key.map { Array(document.text[document.textRange(of: $0)]) }
            children[token ?? Array(String(position).utf8)] = Int32(child.value)
        }
        return children
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
        let index = Int(place.node)
        resourceOf[place] = resource
        guard document[index].kind == .mapping else { return }
        var resource = resource
        let outer = resources[Int(resource)].dialect
        let hidesSiblings = outer.draft == .draft7 && document.member("$ref", of: index) != nil
        if !hidesSiblings, let id = document.member("$id", of: index), document[id].kind == .string {
            resource = enterIdentified(place, id: id, resource: resource)
            resourceOf[place] = resource
        }
        let draft = resources[Int(resource)].dialect.draft
        for child in document.children(of: index) {
            guard let key = child.key else { continue }
            let keyword = document.string(at: key)
            reportMisspelt(keyword, at: SchemaNode(document: place.document, node: Int32(key)), draft)
            let value = SchemaNode(document: place.document, node: Int32(child.value))
            if !hidesSiblings { noteAnchor(keyword, value, at: place, resource: resource) }
            guard let kind = SubschemaPlace(keyword: keyword, draft: draft) else { continue }
            for schema in schemas(in: value, kind) { walk(schema, resource: resource) }
        }
    }

    /// A schema with an `$id` begins a resource, or (draft-07, `#name`) is an anchor.
    private mutating func enterIdentified(_ place: SchemaNode, id node: Int, resource: Int32) -> Int32 {
        let outer = resources[Int(resource)]
        let idPlace = SchemaNode(document: place.document, node: Int32(node))
        let id = documents[Int(place.document)].document.string(at: node)
        let reference = URIReference(id)
        if outer.dialect.draft == .draft7, id.hasPrefix("#") {
            addAnchor(reference.decodedFragment, place, resource: resource, at: idPlace)
            return resource
        }
        let uri = reference.resolved(against: outer.uri)
        if place == outer.root {
            // The root's own $id renames the resource it already is.
            let renamed = SchemaResource(uri: uri, root: place, dialect: outer.dialect)
            resources[Int(resource)] = renamed
            claim(uri, for: resource, at: idPlace)
            if outer.dialect.draft == .draft7, !reference.decodedFragment.isEmpty {
                resources[Int(resource)].anchors[reference.decodedFragment] = place
            }
            return resource
        }
        let dialect = dialect(of: place, default: outer.dialect)
        resources.append(SchemaResource(uri: uri, root: place, dialect: dialect))
        let index = Int32(resources.count - 1)
        documents[Int(place.document)].resources.append(index)
        claim(uri, for: index, at: idPlace)
        return index
    }

    /// Gives a resource the name its `$id` says, if that is free; the name of a file's second load stays the first's.
    private mutating func claim(_ uri: URIReference, for resource: Int32, at place: SchemaNode) {
        guard let other = resourceByURI[uri.resource] else {
            resourceByURI[uri.resource] = resource
            return
        }
        let first = resources[Int(other)].root.document
        let areGiven = [first, place.document].allSatisfy { documents[Int($0)].origin == .given }
        guard other != resource, first == place.document || areGiven else { return }
        let home = documents[Int(first)]
        let root = Int(resources[Int(other)].root.node)
        report(
            .schemaInvalid, at: place, "another schema has the same \"$id\"",
            hint: "it stands in \(home.path), line \(home.document.position(of: root).line)")
    }

    private mutating func addAnchor(
        _ name: String, _ schema: SchemaNode, resource: Int32, at place: SchemaNode
    ) {
        let first = resources[Int(resource)].anchors[name]
        if first == nil { resources[Int(resource)].anchors[name] = schema }
        guard let first, first != schema else { return }
        let line = documents[Int(first.document)].document.position(of: Int(first.node)).line
        report(
            .schemaInvalid, at: place, "another schema has the same anchor",
            hint: "the first stands in line \(line)")
    }

    /// Warns of a keyword that looks misspelt, for a misspelt keyword checks nothing.
    private mutating func reportMisspelt(_ keyword: String, at place: SchemaNode, _ draft: Draft) {
        guard documents[Int(place.document)].origin == .given,
            let meant = Keywords.intended(by: keyword, draft: draft)
        else { return }
        report(
            .schemaInvalid, at: place, "the unknown keyword \(Wording.quoted(keyword)) checks nothing",
            hint: "did you mean \"\(meant)\"?", severity: .warning)
    }

    private mutating func noteAnchor(
        _ keyword: String, _ value: SchemaNode, at place: SchemaNode, resource: Int32
    ) {
        let document = documents[Int(value.document)].document
        let index = Int(resource)
        switch (keyword, resources[index].dialect.draft) {
        case ("$anchor", .draft2019), ("$anchor", .draft2020):
            addAnchor(document.string(at: Int(value.node)), place, resource: resource, at: value)
        case ("$dynamicAnchor", .draft2020):
            let name = document.string(at: Int(value.node))
            addAnchor(name, place, resource: resource, at: value)
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
