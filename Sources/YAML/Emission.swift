import Documents
import Text

/// The canonical text of one document as it grows.
struct Emission {
    private(set) var output: [UInt8] = []
    private let document: Document
    private let comments: CommentTable
    private let blocks: BlockScalars
    private let keyOrder: YAMLFormatter.KeyOrder
    /// Above zero while an alias is written out: comments stay with the original.
    private var copyDepth = 0

    private static let width = 100
    /// A parser looks no further than 1,024 characters for the colon behind a key.
    private static let longestSimpleKey = 900

    init(
        _ document: Document, comments: CommentTable, blocks: BlockScalars,
        _ keyOrder: @escaping YAMLFormatter.KeyOrder
    ) {
        self.document = document
        self.comments = comments
        self.blocks = blocks
        self.keyOrder = keyOrder
    }

    mutating func writeDocument() {
        writeLines(comments.header, indent: 0, isFirst: true)
        if !comments.header.isEmpty { newline() }
        let above = comments.leading[0] ?? []
        // The root is laid out as if it stood behind a dash in the column before the first.
        if isBlock(0, column: 0, isItem: true) {
            writeLines(above + (comments.trailing[0] ?? []).map { CommentLine($0) }, indent: 0, isFirst: true)
            writeChildren(of: 0, indent: 0, pointer: "", isInline: false)
        } else {
            writeLines(linesAbove(0, itemIndent: -1, pointer: ""), indent: 0, isFirst: true)
            writeFlow(0)
            writeTrailing(0)
            if !document[0].isContainer { writeLines(comments.footers[0] ?? [], indent: 0, isFirst: false) }
        }
    }

    // MARK: Blocks

    /// Writes the members or items of a container; inline, the first stands behind the dash of its parent.
    private mutating func writeChildren(of container: Int, indent: Int, pointer: String, isInline: Bool) {
        let isSequence = document[container].kind == .sequence
        for (index, child) in ordered(container, pointer).enumerated() {
            let entry = child.key ?? child.slot
            let name = child.key.map { JSONPointer.escaped(document.string(at: $0)) } ?? String(index)
            let pointer = pointer + "/" + name
            if index > 0 || !isInline {
                let above = linesAbove(entry, itemIndent: isSequence ? indent : nil, pointer: pointer)
                writeLines(above, indent: indent, isFirst: index == 0)
                if copyDepth == 0, comments.spaced.contains(entry), index > 0 { newline() }
                writeSpaces(indent)
            }
            if let key = child.key { writeKey(key, indent: indent) } else { write("-") }
            writeValue(child.slot, entry: child.key, indent: indent, pointer: pointer)
        }
        if copyDepth == 0 { writeLines(comments.footers[container] ?? [], indent: indent, isFirst: false) }
    }

    private mutating func writeKey(_ key: Int, indent: Int) {
        let text = document.text[document.textRange(of: key)]
        let isSimple = text.count <= Emission.longestSimpleKey
        if !isSimple { write("? ") }
        ScalarSpelling(isInFlow: false).append(text, to: &output)
        if !isSimple {
            newline()
            writeSpaces(indent)
        }
        write(":")
    }

    /// Writes what stands behind a key (`entry`) or behind a dash (nil), up to the end of its last line.
    private mutating func writeValue(_ slot: Int, entry: Int?, indent: Int, pointer: String) {
        let isCopy = document[slot].kind == .alias
        let value = document.resolve(slot)
        if isBlock(slot, column: column, isItem: entry == nil) {
            if let entry {
                writeTrailing(entry)
            } else {
                write(" ")
            }
            copyDepth += isCopy ? 1 : 0
            writeChildren(of: value, indent: indent + 2, pointer: pointer, isInline: entry == nil)
            copyDepth -= isCopy ? 1 : 0
        } else if let block = blocks[document.position(of: value)], let chomping = chomping(of: value) {
            write(" ")
            output.append(block.indicator)
            write(chomping)
            writeTrailing(entry ?? slot)
            for line in block.lines {
                if !line.isEmpty { writeSpaces(indent + 2) }
                output.append(contentsOf: line)
                newline()
            }
        } else {
            write(" ")
            writeFlow(value)
            writeTrailing(entry ?? slot)
        }
    }

    /// How a block scalar says what ends it; nil where only quotes can.
    private func chomping(of scalar: Int) -> String? {
        let text = document.text[document.textRange(of: scalar)]
        guard document[scalar].kind == .string, let last = text.last else { return nil }
        if last != 0x0A { return "-" }
        return text.dropLast().last == 0x0A ? nil : ""
    }

    // MARK: One line

    /// Writes a scalar, an empty container or a list of scalars.
    private mutating func writeFlow(_ value: Int) {
        appendFlow(value, isInFlow: false, to: &output)
    }

    private func appendFlow(_ index: Int, isInFlow: Bool, to output: inout [UInt8]) {
        let value = document.resolve(index)
        switch document[value].kind {
        case .null, .alias: output.append(contentsOf: "null".utf8)
        case .false: output.append(contentsOf: "false".utf8)
        case .true: output.append(contentsOf: "true".utf8)
        case .integer, .number:
            NumberSpelling.appendCanonical(document.text[document.textRange(of: value)], to: &output)
        case .string, .key:
            ScalarSpelling(isInFlow: isInFlow).append(
                document.text[document.textRange(of: value)], to: &output)
        case .mapping: output.append(contentsOf: "{}".utf8)
        case .sequence:
            output.append(UInt8(ascii: "["))
            for (position, child) in document.children(of: value).enumerated() {
                if position > 0 { output.append(contentsOf: ", ".utf8) }
                appendFlow(child.value, isInFlow: true, to: &output)
            }
            output.append(UInt8(ascii: "]"))
        }
    }

    /// True of a container that takes lines of its own when it begins behind a column, as an item behind a dash.
    private func isBlock(_ slot: Int, column: Int, isItem: Bool) -> Bool {
        let value = document.resolve(slot)
        let node = document[value]
        guard node.isContainer, node.length > 0 else { return false }
        if node.kind == .mapping { return true }
        let hasComments = copyDepth == 0 && slot == value
        if hasComments, comments.footers[value] != nil { return true }
        for child in document.children(of: value) {
            let item = document[child.value]
            if item.isContainer {
                return true
            } else if document.text[document.textRange(of: child.value)].contains(0x0A) {
                return true
            }
            guard hasComments else { continue }
            if comments.trailing[child.slot] != nil { return true }
            // What stands above the first child of an item goes above the item.
            if comments.leading[child.slot] != nil, !isItem || child.slot != value + 1 { return true }
        }
        var line: [UInt8] = []
        appendFlow(value, isInFlow: false, to: &line)
        return column + 1 + UTF8.codePointCount(of: line.span, from: 0, to: line.count) > Emission.width
    }

    /// Characters in the line so far.
    private var column: Int {
        let start = output.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        return UTF8.codePointCount(of: output.span, from: start, to: output.count)
    }

    // MARK: Comments

    /// The comments that stand above an entry: its own, and those for which there is no place behind it.
    ///
    /// `itemIndent` is where the dash of an item stands, nil for a member.
    private func linesAbove(_ entry: Int, itemIndent: Int?, pointer: String) -> [CommentLine] {
        guard copyDepth == 0 else { return [] }
        let value = document[entry].kind == .key ? entry + 1 : entry
        var own = comments.leading[entry] ?? []
        if document[value].isContainer, document[value].length == 0 { own += comments.footers[value] ?? [] }
        let behind = (comments.trailing[entry] ?? []).map { CommentLine($0) }
        guard let itemIndent else { return own + behind.dropFirst() }
        let isBlock = isBlock(value, column: itemIndent + 1, isItem: true)
        let lines = own + behind.dropFirst(isBlock ? 0 : 1)
        // A container behind a dash begins in the dash's line, and so does its first child.
        guard document[value].isContainer, let first = ordered(value, pointer).first else { return lines }
        let step = first.key.map { JSONPointer.escaped(document.string(at: $0)) } ?? "0"
        return lines
            + linesAbove(
                first.key ?? first.slot, itemIndent: first.key == nil ? itemIndent + 2 : nil,
                pointer: pointer + "/" + step)
    }

    private mutating func writeTrailing(_ entry: Int) {
        if copyDepth == 0, let text = comments.trailing[entry]?.first { write(" " + text) }
        newline()
    }

    private mutating func writeLines(_ lines: [CommentLine], indent: Int, isFirst: Bool) {
        for (index, line) in lines.enumerated() {
            if line.hasBlankBefore, index > 0 || !isFirst { newline() }
            writeSpaces(indent)
            write(line.text)
            newline()
        }
    }

    // MARK: Order and layout

    private func ordered(_ container: Int, _ pointer: String) -> [DocumentChild] {
        let children = Array(document.children(of: container))
        guard document[container].kind == .mapping else { return children }
        var ranks: [String: Int] = [:]
        for (rank, name) in keyOrder(pointer).enumerated() { ranks[name] = ranks[name] ?? rank }
        guard !ranks.isEmpty else { return children }
        let ranked = children.enumerated().map { index, child in
            (rank: ranks[document.string(at: child.key ?? 0)] ?? Int.max, index: index)
        }
        return ranked.sorted { ($0.rank, $0.index) < ($1.rank, $1.index) }.map { children[$0.index] }
    }

    private mutating func write(_ text: String) { output.append(contentsOf: text.utf8) }

    private mutating func writeSpaces(_ count: Int) {
        output.append(contentsOf: repeatElement(0x20, count: count))
    }

    private mutating func newline() { output.append(0x0A) }
}
