package import Diagnostics
package import Documents
import Text

/// The places of a document that are there and could not be read as what they should be; a null is nothing.
///
/// Of a document that passed its schema there are none, unless the schema asks for less than is needed here.
package final class Misfits {
    private var nodes: [Int] = []

    package init() {}

    /// Notes a place, unless one within it is noted, which says more.
    func note(_ node: Int, of document: Document) {
        // An empty file has no node at all, and is no entity either.
        if node > 0, document[node].kind == .null { return }
        if let last = nodes.last, last >= node, last < document.end(of: node) { return }
        nodes.append(node)
    }

    /// A finding for each, which is an error.
    package func diagnostics(in document: Document, path: String) -> [Diagnostic] {
        nodes.map { node in
            let span = node < document.nodes.count ? document.span(of: node) : .start
            return Diagnostic(
                .schemaTooLoose, at: Location(path: path, span: span),
                "the schema lets this through, and it cannot be read as what it should be",
                hint: "docs/schema.md says what is needed here; let the schema ask for it",
                pointer: document.pointer(to: node))
        }
    }

    /// Forgets them, for the next document.
    package func removeAll() { nodes.removeAll(keepingCapacity: true) }
}

/// A part of an entity that stands in a file as a mapping.
///
/// The initialiser returns nil when a required field is missing or no value of its kind, which a document that
/// passed its schema never shows.
protocol FieldsReadable {
    init?(_ fields: Fields)
}

/// The members of one mapping, read by name and type.
///
/// A field that is absent, or no value of the type asked for, reads as nil. A look-up walks the members and
/// compares bytes in place: mappings have a dozen members, and nothing is allocated for a key.
struct Fields {
    let document: Document
    let node: Int
    private let misfits: Misfits

    /// The fields of the mapping at `node`; of any other node, none. Parts that cannot be read are noted.
    init(_ document: Document, at node: Int = 0, misfits: Misfits = Misfits()) {
        self.document = document
        self.node = node
        self.misfits = misfits
    }

    /// The node of a field's value, aliases followed. Linear in the members.
    func node(_ name: StaticString) -> Int? {
        guard node < document.nodes.count, document[node].kind == .mapping else { return nil }
        var key = node + 1
        let end = document.end(of: node)
        while key < end {
            if document.text(at: key, equals: name) { return document.resolve(key + 1) }
            key = document.end(of: key + 1)
        }
        return nil
    }

    func text(_ name: StaticString) -> String? {
        node(name).flatMap(text(at:))
    }

    /// True when the field is there and true: an absent flag means no.
    func flag(_ name: StaticString) -> Bool {
        knownFlag(name) ?? false
    }

    /// A flag whose absence means unknown.
    func knownFlag(_ name: StaticString) -> Bool? {
        guard let node = node(name) else { return nil }
        switch document[node].kind {
        case .true: return true
        case .false: return false
        default: return nil
        }
    }

    func integer(_ name: StaticString) -> Int? {
        number(name)?.integer
    }

    func number(_ name: StaticString) -> Number? {
        node(name).flatMap { document.number(at: $0) }
    }

    /// An amount of money, zero or more.
    func price(_ name: StaticString) -> Money? {
        number(name).flatMap { Money($0) }.flatMap { $0 >= .zero ? $0 : nil }
    }

    /// A day or month. A day that does not exist reads as its month, so that one wrong digit, which has its own
    /// rule, does not hide the entity.
    func date(_ name: StaticString) -> CalendarDate? {
        guard let text = text(name) else { return nil }
        return CalendarDate(text) ?? CalendarDate(text.prefix(7))
    }

    /// One word of a closed vocabulary.
    func word<Word: RawRepresentable<String>>(_ name: StaticString) -> Word? {
        text(name).flatMap(Word.init(rawValue:))
    }

    /// A list of words of a closed vocabulary; empty when absent.
    func words<Word: RawRepresentable<String>>(_ name: StaticString) -> [Word] {
        items(name) { text(at: $0).flatMap(Word.init(rawValue:)) }
    }

    /// A list of texts; empty when absent.
    func texts(_ name: StaticString) -> [String] {
        items(name, text(at:))
    }

    /// A list of integers; empty when absent.
    func integers(_ name: StaticString) -> [Int] {
        items(name) { document.number(at: $0)?.integer }
    }

    func part<Part: FieldsReadable>(_ name: StaticString) -> Part? {
        node(name).flatMap { read($0) }
    }

    /// A list of parts; empty when absent.
    func parts<Part: FieldsReadable>(_ name: StaticString) -> [Part] {
        items(name) { Part(Fields(document, at: $0, misfits: misfits)) }
    }

    /// A mapping from names of the file's own to parts, in the order of the file; empty when absent.
    func named<Part: FieldsReadable>(_ name: StaticString) -> [(name: String, part: Part)] {
        guard let mapping = node(name), document[mapping].kind == .mapping else { return [] }
        return document.children(of: mapping).compactMap { child in
            guard let key = child.key, let part: Part = read(child.value) else { return nil }
            return (document.string(at: key), part)
        }
    }

    private func items<Item>(_ name: StaticString, _ read: (Int) -> Item?) -> [Item] {
        guard let list = node(name), document[list].kind == .sequence else { return [] }
        var items: [Item] = []
        items.reserveCapacity(Int(document[list].length))
        var slot = list + 1
        let end = document.end(of: list)
        while slot < end {
            let value = document.resolve(slot)
            if let item = read(value) { items.append(item) } else { misfits.note(value, of: document) }
            slot = document.end(of: slot)
        }
        return items
    }

    /// The part at a node; noted when it is none.
    private func read<Part: FieldsReadable>(_ node: Int) -> Part? {
        let part = Part(Fields(document, at: node, misfits: misfits))
        if part == nil { misfits.note(node, of: document) }
        return part
    }

    private func text(at node: Int) -> String? {
        document[node].kind == .string ? document.string(at: node) : nil
    }
}
