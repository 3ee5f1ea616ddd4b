package import Diagnostics
package import Documents
import Text

/// Where in a file the values stand that rules between files point at: sixteen bytes each.
package struct Places: Sendable {
    package let path: String
    private var places: [Place] = []

    /// A hash stands for the pointer: two pointers of one file with the same hash would only misplace a caret.
    private struct Place {
        var pointerHash: UInt32
        var line: UInt32
        var column: UInt32
        var width: UInt32
    }

    /// Fields that rules between files point at.
    private static let kept: [StaticString] = [
        "value", "price", "region", "verified_on", "provider_model_id", "from_tokens", "context", "max_input",
        "max_output", "extends_context", "replaced_by", "add", "remove",
    ]

    /// Fields with nothing of that kind below them.
    private static let skipped: [StaticString] = [
        "source", "architecture", "parameters", "weights", "benchmarks", "rate_limits", "performance",
        "quantization", "schedules", "accelerator_offers", "flops",
    ]

    /// Notes the places of a document. Linear in its nodes.
    package init(_ document: Document, path: String) {
        self.path = path
        guard !document.nodes.isEmpty else { return }
        note(document, below: 0, PointerHash())
    }

    /// Where the value at a JSON Pointer stands, or the nearest thing around it that is known.
    package func location(of pointer: String) -> Location {
        var pointer = pointer[...]
        while !pointer.isEmpty {
            var hash = PointerHash()
            hash.add(pointer.utf8)
            if let place = places.first(where: { $0.pointerHash == hash.value }) {
                let span = TextSpan(line: Int(place.line), column: Int(place.column), width: Int(place.width))
                return Location(path: path, span: span)
            }
            pointer = pointer[..<(pointer.lastIndex(of: "/") ?? pointer.startIndex)]
        }
        return Location(path: path, span: .start)
    }

    private mutating func note(_ document: Document, below container: Int, _ hash: PointerHash) {
        let isMapping = document[container].kind == .mapping
        var position = 0
        var next = container + 1
        let end = document.end(of: container)
        while next < end {
            let slot = isMapping ? next + 1 : next
            let value = document.resolve(slot)
            var hash = hash
            hash.add(CollectionOfOne(UInt8(ascii: "/")))
            if isMapping {
                hash.add(document.text[document.textRange(of: next)])
                if isField(Places.kept, document, next) { keep(document.span(of: value), hash) }
            } else {
                hash.add(String(position).utf8)
            }
            if document[value].isContainer, !isMapping || !isField(Places.skipped, document, next) {
                note(document, below: value, hash)
            }
            position += 1
            next = document.end(of: slot)
        }
    }

    private func isField(_ names: [StaticString], _ document: Document, _ key: Int) -> Bool {
        names.contains { document.text(at: key, equals: $0) }
    }

    private mutating func keep(_ span: TextSpan, _ hash: PointerHash) {
        places.append(
            Place(
                pointerHash: hash.value, line: UInt32(span.start.line), column: UInt32(span.start.column),
                width: UInt32(span.end.column - span.start.column)))
    }
}

/// FNV-1a over the bytes of a JSON Pointer, one token after the other.
private struct PointerHash {
    var value: UInt32 = 2_166_136_261

    mutating func add(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { value = (value ^ UInt32(byte)) &* 16_777_619 }
    }
}
