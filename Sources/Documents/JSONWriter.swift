/// Writes a document as JSON.
package struct JSONWriter: Sendable {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    /// Appends a node and all below it as JSON on one line, aliases written out.
    package mutating func write(_ document: Document, from root: Int = 0) {
        let index = document.resolve(root)
        switch document.nodes[index].kind {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .false: bytes.append(contentsOf: "false".utf8)
        case .true: bytes.append(contentsOf: "true".utf8)
        case .integer, .number: bytes.append(contentsOf: document.text[document.textRange(of: index)])
        case .string, .key: writeString(document.text[document.textRange(of: index)])
        case .sequence, .mapping: writeContainer(document, index)
        case .alias: break
        }
    }

    /// Appends one string in quotes.
    package mutating func write(_ string: String) {
        writeString(Array(string.utf8)[...])
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
                writeString(document.text[document.textRange(of: key)])
                bytes.append(contentsOf: ": ".utf8)
            }
            write(document, from: child.value)
        }
        bytes.append(UInt8(ascii: isMapping ? "}" : "]"))
    }

    private mutating func writeString(_ text: ArraySlice<UInt8>) {
        let hexadecimal = Array("0123456789abcdef".utf8)
        bytes.append(UInt8(ascii: "\""))
        for byte in text {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0x0A: bytes.append(contentsOf: "\\n".utf8)
            case 0x0D: bytes.append(contentsOf: "\\r".utf8)
            case 0x09: bytes.append(contentsOf: "\\t".utf8)
            case 0..<0x20, 0x7F:
                bytes.append(contentsOf: "\\u00".utf8)
                bytes.append(hexadecimal[Int(byte >> 4)])
                bytes.append(hexadecimal[Int(byte & 15)])
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
