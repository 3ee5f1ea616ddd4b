import Diagnostics
import Documents
import Text

extension SchemaLibrary {
    /// Notes ids and anchors of a schema and of all schemas below it.
    mutating func walk(_ place: SchemaNode, resource: Int32) {
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
    private func schemas(in value: SchemaNode, _ place: SubschemaPlace) -> [SchemaNode] {
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
}
