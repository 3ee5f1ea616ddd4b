import CYAML
import Text

/// The text behind `|` and `>` as the file has it, for those that can be indented anew line by line.
struct BlockScalars {
    struct Block {
        /// `|` or `>`.
        let indicator: UInt8
        /// Without indentation and without the blank lines at the end.
        let lines: [ArraySlice<UInt8>]
    }

    private var blocks: [TextPosition: Block] = [:]

    init(_ bytes: [UInt8]) {
        var cursor = CharacterCursor(bytes)
        var blocks: [TextPosition: Block] = [:]
        var parser = EventParser()
        unsafe bytes.withUnsafeBufferPointer { text in
            unsafe parser.scan(text) { token in
                guard token.isBlockScalar else { return }
                let start = cursor.byteOffset(of: token.start.index)
                let end = cursor.byteOffset(of: token.end.index)
                let position = TextPosition(line: token.start.line + 1, column: token.start.column + 1)
                blocks[position] = Block(bytes[start..<end])
            }
        }
        self.blocks = blocks
    }

    /// The block scalar that begins at a place.
    subscript(position: TextPosition) -> Block? { blocks[position] }
}

extension BlockScalars.Block {
    /// Nil for one whose lines cannot be moved as they are: with spaces at the end of a line, with an indentation
    /// that is given as a number or that the first line does not show.
    init?(_ token: ArraySlice<UInt8>) {
        var lines = token.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
            line.last == 0x0D ? line.dropLast() : line
        }
        guard let header = lines.first, let indicator = header.first, !token.contains(0x0D) else {
            return nil
        }
        if header.prefix(3).contains(where: { $0 &- 48 < 10 }) { return nil }
        lines.removeFirst()
        guard let first = lines.first(where: { $0.contains { $0 != 0x20 } }) else { return nil }
        let indent = first.prefix { $0 == 0x20 }.count
        guard first.dropFirst(indent).first != 0x09 else { return nil }
        var stripped: [ArraySlice<UInt8>] = []
        for line in lines {
            let isBlank = line.allSatisfy { $0 == 0x20 }
            if isBlank ? line.count > indent : line.last == 0x20 || line.last == 0x09 { return nil }
            stripped.append(line.dropFirst(indent))
        }
        while stripped.last?.isEmpty == true { stripped.removeLast() }
        self.init(indicator: indicator, lines: stripped)
    }
}
