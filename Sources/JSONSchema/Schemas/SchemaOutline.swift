import Documents

/// What a schema says of one value, in the words of its author: for skeletons and documentation, not for checking.
///
/// References are followed and merged; the keywords nearest to the value win.
package struct SchemaOutline: Sendable {
    /// A member that the schema names.
    package struct Property: Sendable {
        package let name: String
        package let isRequired: Bool
        package let outline: SchemaOutline
    }

    /// The author's description; empty when there is none.
    package private(set) var description = ""
    /// The JSON types allowed; empty when the schema does not say.
    package private(set) var types: [String] = []
    /// The only values allowed, as JSON; empty when the schema does not list them.
    package private(set) var choices: [String] = []
    /// The first example or the default, as JSON.
    package private(set) var example: String?
    package private(set) var format: String?
    package private(set) var pattern: String?
    /// Values of the annotation keywords `x-path`, `x-references`, `x-unique`.
    package private(set) var annotations: [String: String] = [:]
    package private(set) var properties: [Property] = []
    /// What the schema says of the members it does not name, and of items: at most one.
    package private(set) var elements: [SchemaOutline] = []
    /// The forms of a `oneOf` or `anyOf`.
    package private(set) var forms: [SchemaOutline] = []

    /// Levels below the value that are described; recursive schemas end there.
    private static let maximumDepth = 12

    init(of place: SchemaNode, in library: inout SchemaLibrary, depth: Int = 0) {
        guard depth < SchemaOutline.maximumDepth else { return }
        merge(place, &library, depth)
    }

    private mutating func merge(_ place: SchemaNode, _ library: inout SchemaLibrary, _ depth: Int) {
        let document = library.documents[Int(place.document)].document
        let node = Int(place.node)
        guard document[node].kind == .mapping, depth < SchemaOutline.maximumDepth else { return }
        func value(_ keyword: String) -> Int? { document.member(keyword, of: node) }
        func text(_ keyword: String) -> String? { value(keyword).map { document.string(at: $0) } }
        func at(_ index: Int) -> SchemaNode { SchemaNode(document: place.document, node: Int32(index)) }

        if description.isEmpty { description = text("description") ?? text("title") ?? "" }
        if types.isEmpty, let type = value("type") {
            types =
                document[type].kind == .sequence
                ? document.children(of: type).map { document.string(at: $0.value) }
                : [document.string(at: type)]
        }
        if choices.isEmpty {
            if let constant = value("const") { choices = [JSONWriter.line(document, constant)] }
            if let list = value("enum") {
                choices = document.children(of: list).map { JSONWriter.line(document, $0.value) }
            }
        }
        if example == nil {
            let first = value("examples").flatMap { list in
                document.children(of: list).first { _ in true }?.value
            }
            example = (first ?? value("default")).map { JSONWriter.line(document, $0) }
        }
        format = format ?? text("format")
        pattern = pattern ?? text("pattern")
        for keyword in ["x-path", "x-references", "x-unique"] {
            annotations[keyword] = annotations[keyword] ?? text(keyword)
        }
        addProperties(place, document, &library, depth)
        if elements.isEmpty, let items = value("items") ?? value("additionalProperties"),
            document[items].kind == .mapping
        {
            elements = [SchemaOutline(of: at(items), in: &library, depth: depth + 1)]
        }
        if forms.isEmpty, let list = value("oneOf") ?? value("anyOf") {
            forms = document.children(of: list).map {
                SchemaOutline(of: at($0.value), in: &library, depth: depth + 1)
            }
        }
        if let target = target(of: place, document, &library) { merge(target, &library, depth + 1) }
        if let list = value("allOf") {
            for child in document.children(of: list) { merge(at(child.value), &library, depth + 1) }
        }
    }

    private mutating func addProperties(
        _ place: SchemaNode, _ document: Document, _ library: inout SchemaLibrary, _ depth: Int
    ) {
        let required = document.member("required", of: Int(place.node)).map { list in
            document.children(of: list).map { document.string(at: $0.value) }
        }
        guard let list = document.member("properties", of: Int(place.node)) else { return }
        for child in document.children(of: list) {
            guard let key = child.key else { continue }
            let name = document.string(at: key)
            guard !properties.contains(where: { $0.name == name }) else { continue }
            let value = SchemaNode(document: place.document, node: Int32(child.value))
            properties.append(
                Property(
                    name: name, isRequired: required?.contains(name) ?? false,
                    outline: SchemaOutline(of: value, in: &library, depth: depth + 1)))
        }
    }

    private func target(
        of place: SchemaNode, _ document: Document, _ library: inout SchemaLibrary
    ) -> SchemaNode? {
        guard let reference = document.member("$ref", of: Int(place.node)) else { return nil }
        let base = library.resources[Int(library.resource(around: place))].uri
        return library.resolve(URIReference(document.string(at: reference)).resolved(against: base))
    }
}

extension SchemaSet {
    /// What the schema at this position says, for people.
    package func outline(of schema: Int) -> SchemaOutline? {
        guard let root = roots[schema] else { return nil }
        var library = library
        return SchemaOutline(of: root, in: &library)
    }
}
