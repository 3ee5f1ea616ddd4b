/// One value or key of a document: 24 bytes, no references.
package struct Node: Sendable {
    /// What a node is. Containers and aliases come last, so that one comparison tells scalars apart.
    package enum Kind: UInt8, Sendable {
        case null, `false`, `true`, integer, number, string
        /// The key of the value that follows; `link` is its interned handle.
        case key
        /// Stands for an earlier node; `link` is that node's index.
        case alias
        /// A container; `link` is the index behind its last descendant, `length` counts its items.
        case sequence
        /// A container; `link` is the index behind its last descendant, `length` counts its members.
        case mapping
    }

    package var kind: Kind
    /// True of a scalar that was written in quotes or as a block, and so is text whatever it looks like.
    package var isQuoted: Bool
    /// From 1.
    package var line: UInt32
    /// From 1, in code points.
    package var column: UInt32
    /// Where the scalar's decoded text begins in the document's text.
    package var start: UInt32
    /// Bytes of a scalar's text, or a container's children.
    package var length: UInt32
    /// Meaning depends on `kind`.
    package var link: UInt32

    @inlinable
    package init(
        kind: Kind, isQuoted: Bool = false, line: UInt32, column: UInt32, start: UInt32 = 0,
        length: UInt32 = 0,
        link: UInt32 = 0
    ) {
        self.kind = kind
        self.isQuoted = isQuoted
        self.line = line
        self.column = column
        self.start = start
        self.length = length
        self.link = link
    }

    @inlinable
    package var isContainer: Bool { kind.rawValue >= Kind.sequence.rawValue }
}
