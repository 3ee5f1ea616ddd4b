package import Text

/// A YAML or JSON document as one flat array of nodes in document order, over one buffer of decoded text.
///
/// Node 0 is the root. A container is followed by its children: items one after the other, members as key and
/// value. The value of a key is the node right behind it. A document is meant to be reused: `reset` keeps the
/// memory. Numbers stand in the text in JSON's spelling, so `0x10` is kept as `16`.
package struct Document: Sendable {
    package var nodes: [Node] = []
    package var text: [UInt8] = []

    package init() {}

    /// Empties the document and keeps its memory.
    @inlinable
    package mutating func reset() {
        nodes.removeAll(keepingCapacity: true)
        text.removeAll(keepingCapacity: true)
    }

    @inlinable @inline(__always)
    package subscript(index: Int) -> Node { nodes[index] }

    /// The node itself, or the one an alias stands for.
    @inlinable @inline(__always)
    package func resolve(_ index: Int) -> Int {
        let node = nodes[index]
        return node.kind == .alias ? Int(node.link) : index
    }

    /// The index behind a node and all its descendants.
    @inlinable @inline(__always)
    package func end(of index: Int) -> Int {
        let node = nodes[index]
        return node.isContainer ? Int(node.link) : index + 1
    }

    /// The bytes of a scalar or key in `text`.
    @inlinable @inline(__always)
    package func textRange(of index: Int) -> Range<Int> {
        let node = nodes[index]
        return Int(node.start)..<Int(node.start) + Int(node.length)
    }

    /// A scalar's or key's text; empty for containers.
    package func string(at index: Int) -> String {
        let node = nodes[index]
        return node.isContainer ? "" : String(decoding: text[textRange(of: index)], as: UTF8.self)
    }

    /// True when the scalar or key at `index` has exactly this text.
    package func text(at index: Int, equals other: StaticString) -> Bool {
        let range = textRange(of: index)
        guard range.count == other.utf8CodeUnitCount else { return false }
        return other.withUTF8Buffer { buffer in
            for offset in 0..<buffer.count where unsafe buffer[offset] != text[range.lowerBound + offset] {
                return false
            }
            return true
        }
    }

    /// The number at a node; nil for what is not a number.
    package func number(at index: Int) -> Number? {
        let node = nodes[index]
        guard node.kind == .integer || node.kind == .number else { return nil }
        return Number(text.span.extracting(textRange(of: index)))
    }

    /// The members of a mapping or the items of a sequence, aliases followed; nothing for a scalar.
    package func children(of index: Int) -> DocumentChildren {
        DocumentChildren(document: self, container: resolve(index))
    }

    /// The value of a member by its key's text, compared by bytes, aliases followed. Linear in the members.
    package func member(_ name: String, of index: Int) -> Int? {
        let container = resolve(index)
        guard nodes[container].kind == .mapping else { return nil }
        let wanted = name.utf8.span
        var key = container + 1
        let end = Int(nodes[container].link)
        while key < end {
            if Int(nodes[key].length) == wanted.count, matches(wanted, at: Int(nodes[key].start)) {
                return resolve(key + 1)
            }
            key = self.end(of: key + 1)
        }
        return nil
    }

    /// The document as if it had been read with keys that begin with `keys`. Linear in the nodes.
    package func rekeyed(from keys: Interner) -> Document {
        var keys = keys
        var document = self
        for index in nodes.indices where nodes[index].kind == .key {
            document.nodes[index].link = UInt32(keys.intern(text.span.extracting(textRange(of: index))))
        }
        return document
    }

    private func matches(_ wanted: Span<UInt8>, at start: Int) -> Bool {
        for offset in wanted.indices where text[start + offset] != wanted[offset] { return false }
        return true
    }
}

/// One child of a container.
package struct DocumentChild: Sendable {
    /// The key's node, nil in a sequence.
    package let key: Int?
    /// The node where the child stands; an alias where the file has one.
    package let slot: Int
    /// The value's node, aliases followed.
    package let value: Int
}

/// The children of one container, in document order.
package struct DocumentChildren: Sequence, IteratorProtocol {
    private let document: Document
    private let isMapping: Bool
    private var next_: Int
    private let end: Int

    init(document: Document, container: Int) {
        self.document = document
        let node = document.nodes[container]
        isMapping = node.kind == .mapping
        next_ = container + 1
        end = node.isContainer ? Int(node.link) : container + 1
    }

    package mutating func next() -> DocumentChild? {
        guard next_ < end else { return nil }
        let key = isMapping ? next_ : nil
        let slot = isMapping ? next_ + 1 : next_
        next_ = document.end(of: slot)
        return DocumentChild(key: key, slot: slot, value: document.resolve(slot))
    }
}
