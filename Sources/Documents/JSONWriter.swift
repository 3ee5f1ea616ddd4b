import Text

/// Writes a document as JSON.
package struct JSONWriter: Sendable {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    /// A node and all below it as one line of JSON.
    package static func line(_ document: Document, _ node: Int = 0) -> String {
        var writer = JSONWriter()
        writer.write(document, from: node)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// Appends a node and all below it as JSON on one line, aliases written out.
    package mutating func write(_ document: Document, from root: Int = 0) {
        let index = document.resolve(root)
        switch document.nodes[index].kind {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .false: bytes.append(contentsOf: "false".utf8)
        case .true: bytes.append(contentsOf: "true".utf8)
        case .integer, .number: bytes.append(contentsOf: document.text[document.textRange(of: index)])
        case .string, .key: JSONText.append(document.text[document.textRange(of: index)], to: &bytes)
        case .sequence, .mapping: writeContainer(document, index)
        case .alias: break
        }
    }

    /// Appends one string in quotes.
    package mutating func write(_ string: String) {
        JSONText.append(string.utf8, to: &bytes)
    }

    /// Appends bytes that are JSON already, or layout.
    package mutating func writeRaw(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func writeContainer(_ document: Document, _ index: Int) {
        let isMapping = document.nodes[index].kind == .mapping
        bytes.append(UInt8(ascii: isMapping ? "{" : "["))
        for (position, child) in document.children(of: index).enumerated() {
            if position > 0 { bytes.append(contentsOf: ", ".utf8) }
            if let key = child.key {
                JSONText.append(document.text[document.textRange(of: key)], to: &bytes)
                bytes.append(contentsOf: ": ".utf8)
            }
            write(document, from: child.value)
        }
        bytes.append(UInt8(ascii: isMapping ? "}" : "]"))
    }
}
