import Documents

extension SchemaLibrary {
    /// The node a reference leads to: a resource's root, an anchor in it, or a JSON Pointer into it.
    mutating func resolve(_ reference: URIReference) -> SchemaNode? {
        guard let index = resource(at: reference) else { return nil }
        return place(of: reference.decodedFragment, in: index)
    }

    /// The node a decoded fragment leads to within one resource.
    mutating func place(of fragment: String, in index: Int32) -> SchemaNode? {
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
}
