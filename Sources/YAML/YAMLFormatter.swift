package import Documents
import Text

/// Writes a registry file in its canonical form, with the comments that it had.
///
/// Block style in steps of two spaces; a list of scalars in one line where it fits; text plain wherever YAML 1.1
/// and 1.2 read it as the same text, else in double quotes; text behind `|` and `>` as it was; numbers in their
/// shortest decimal form; aliases written out. The result parses to the same JSON, and formatting it again
/// changes nothing.
package struct YAMLFormatter: Sendable {
    /// The order of keys in the mapping at a JSON Pointer; keys that it does not name come last, as they were.
    package typealias KeyOrder = @Sendable (_ pointer: String) -> [String]

    private let keyOrder: KeyOrder

    /// Keeps every mapping's own order unless told otherwise.
    package init(keyOrder: @escaping KeyOrder = { _ in [] }) {
        self.keyOrder = keyOrder
    }

    /// The canonical form of `bytes`, a file that was read into `document`.
    ///
    /// Findings of `yaml/comment` and `yaml/indentation` are mended by it if the file was usable. With other
    /// findings it must not be called: a second document would be lost, a refused tag too.
    package func format(_ bytes: [UInt8], document: Document) -> [UInt8] {
        guard !document.nodes.isEmpty else { return bytes }
        let text = Array(bytes.dropFirst(UTF8.byteOrderMarkLength(of: bytes.span)))
        var emission = Emission(
            document, comments: CommentTable(text, document), blocks: BlockScalars(text), keyOrder)
        emission.writeDocument()
        return emission.output
    }

    /// The canonical form of a document that was made and not read.
    package func format(_ document: Document) -> [UInt8] {
        var emission = Emission(document, comments: CommentTable(), blocks: BlockScalars([]), keyOrder)
        emission.writeDocument()
        return emission.output
    }

    /// The canonical form of a document that takes a file's place: the file's comments stay with the members and items
    /// that are still there.
    package func format(_ document: Document, withCommentsOf bytes: [UInt8], _ old: Document) -> [UInt8] {
        let text = Array(bytes.dropFirst(UTF8.byteOrderMarkLength(of: bytes.span)))
        let comments = CommentTable(text, old).moved(from: old, to: document)
        var emission = Emission(document, comments: comments, blocks: BlockScalars([]), keyOrder)
        emission.writeDocument()
        return emission.output
    }
}
