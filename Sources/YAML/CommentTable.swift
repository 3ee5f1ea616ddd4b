import Documents
import Text

/// Which comment belongs to what: the members and items of a document with the comments that travel with them.
///
/// An entry is a key, an item of a sequence or the root, by the index of its node.
struct CommentTable {
    /// At the top of the file, set off by a blank line.
    private(set) var header: [CommentLine] = []
    /// Above an entry.
    private(set) var leading: [Int: [CommentLine]] = [:]
    /// Behind an entry, in its line.
    private(set) var trailing: [Int: [String]] = [:]
    /// Below the last child of a container.
    private(set) var footers: [Int: [CommentLine]] = [:]
    /// Entries with a blank line above.
    private(set) var spaced: Set<Int> = []

    private let document: Document
    private let scan: CommentScan
    private let entries: [Entry]
    /// The container that each container's entry belongs to, -1 for the root.
    private let parents: [Int: Int]
    private let containers: [TextPosition: Int]

    private struct Entry {
        let node: Int
        let container: Int
        let position: TextPosition
    }

    /// A table without comments.
    init() {
        self.init([], Document())
    }

    init(_ bytes: [UInt8], _ document: Document) {
        self.document = document
        scan = CommentScan(bytes)
        var entries: [Entry] = []
        var parents: [Int: Int] = [:]
        var containers: [TextPosition: Int] = [:]
        CommentTable.visit(document) { node, value, container in
            entries.append(Entry(node: node, container: container, position: document.position(of: node)))
            guard document[value].isContainer else { return }
            parents[value] = container
            containers[document.position(of: value)] = value
        }
        (self.entries, self.parents, self.containers) = (entries, parents, containers)
        var lastLine: Int32 = 0
        for entry in entries {
            let isFirstChild = entry.container >= 0 && entry.node == entry.container + 1
            if entry.position.line != lastLine, !isFirstChild,
                scan.isBlank(line: Int(entry.position.line) - 2)
            {
                spaced.insert(entry.node)
            }
            lastLine = entry.position.line
        }
        for comment in scan.comments {
            if comment.isOwnLine || comment.isBehindIndicator {
                attachLine(comment)
            } else {
                attachTrailing(comment)
            }
        }
        takeHeader()
    }

    /// Calls `body` with every entry's node, its value and its container in document order.
    static func visit(_ document: Document, _ body: (Int, Int, Int) -> Void) {
        guard !document.nodes.isEmpty else { return }
        var open: [(container: Int, end: Int)] = []
        var node = 0
        while node < document.nodes.count {
            while let last = open.last, node >= last.end { open.removeLast() }
            let isMember = document[node].kind == .key
            let value = isMember ? node + 1 : node
            body(node, value, open.last?.container ?? -1)
            if document[value].isContainer { open.append((value, document.end(of: value))) }
            node = value + 1
        }
    }

    // MARK: Attaching

    private mutating func attachTrailing(_ comment: Comment) {
        if let start = comment.closedFlowStart, let container = containers[start] {
            trailing[owner(of: container), default: []].append(comment.text)
        } else if let entry = lastEntry(before: comment) {
            trailing[entries[entry].node, default: []].append(comment.text)
        } else {
            header.append(line(comment))
        }
    }

    private mutating func attachLine(_ comment: Comment) {
        let previous = lastEntry(before: comment)
        let nextIndex = (previous ?? -1) + 1
        let next = nextIndex < entries.count ? entries[nextIndex] : nil
        if let start = comment.flowStart, let container = containers[start] {
            if let next, next.node < document.end(of: container) {
                leading[next.node, default: []].append(line(comment))
            } else {
                footers[container, default: []].append(line(comment))
            }
            return
        }
        if !comment.isBehindIndicator, let previous,
            let container = containerEnding(after: entries[previous], before: next, comment)
        {
            footers[container, default: []].append(line(comment))
        } else if let next {
            leading[next.node, default: []].append(line(comment))
        } else {
            footers[0, default: []].append(line(comment))
        }
    }

    /// The container that a comment closes: one that holds the entry before but not the entry behind, and whose
    /// children stand no deeper than the comment.
    private func containerEnding(after previous: Entry, before next: Entry?, _ comment: Comment) -> Int? {
        let nextColumn = next.map { column(of: $0) } ?? -1
        guard comment.column > nextColumn else { return nil }
        var found: (container: Int, column: Int)?
        var container = previous.container
        if document[previous.node + (document[previous.node].kind == .key ? 1 : 0)].isContainer {
            container = previous.node + (document[previous.node].kind == .key ? 1 : 0)
        }
        while container >= 0 {
            if let next, next.node < document.end(of: container) { break }
            let column = childColumn(of: container)
            let isFlow = scan.flowCollections.contains(document.position(of: container))
            if !isFlow, column <= comment.column, found == nil || column >= found?.column ?? 0 {
                found = (container, column)
            }
            container = parents[container] ?? -1
        }
        return found?.container
    }

    /// Comments at the top that a blank line sets off belong to the file, the others to its first member.
    private mutating func takeHeader() {
        guard let lines = leading.removeValue(forKey: 0) else { return }
        let count = spaced.contains(0) ? lines.count : lines.lastIndex { $0.hasBlankBefore } ?? 0
        header += lines.prefix(count)
        let first = document[0].kind == .mapping && document[0].length > 0 ? 1 : 0
        if count < lines.count { leading[first] = lines.dropFirst(count) + (leading[first] ?? []) }
    }

    // MARK: Moving

    /// The table for a document that takes this one's place; comments of what is gone go with it.
    func moved(from old: Document, to new: Document) -> CommentTable {
        let places = EntryPaths(new).nodes
        let nodes = EntryPaths(old).nodes
        var targets: [Int: Int] = [:]
        for (path, node) in nodes { targets[node] = places[path] }
        // A container without a key of its own is known by the entry that it stands in.
        var moved = CommentTable()
        moved.header = header
        for (node, lines) in leading { if let target = targets[node] { moved.leading[target] = lines } }
        for (node, lines) in trailing { if let target = targets[node] { moved.trailing[target] = lines } }
        for (node, lines) in footers {
            let owner = owner(of: node)
            guard let target = targets[owner] else { continue }
            let container = new[target].kind == .key ? target + 1 : target
            moved.footers[new.resolve(container)] = lines
        }
        moved.spaced = Set(spaced.compactMap { targets[$0] })
        return moved
    }

    // MARK: Looking up

    private func line(_ comment: Comment) -> CommentLine {
        CommentLine(comment.text, hasBlankBefore: scan.isBlank(line: comment.line - 1))
    }

    private func lastEntry(before comment: Comment) -> Int? {
        let place = TextPosition(line: comment.line + 1, column: comment.column + 1)
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].position < place { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? low - 1 : nil
    }

    private func owner(of container: Int) -> Int {
        container > 0 && document[container - 1].kind == .key ? container - 1 : container
    }

    /// Where the entry's dash, question mark or key stands.
    private func column(of entry: Entry) -> Int {
        guard entry.container >= 0 else { return Int(entry.position.column) - 1 }
        return min(Int(entry.position.column), Int(document[entry.container].column)) - 1
    }

    private func childColumn(of container: Int) -> Int {
        let node = document[container]
        let first = node.length > 0 ? document[container + 1] : node
        return Int(min(first.column, node.column)) - 1
    }
}

/// A comment that has a line of its own.
struct CommentLine {
    let text: String
    let hasBlankBefore: Bool

    init(_ text: String, hasBlankBefore: Bool = false) {
        self.text = text
        self.hasBlankBefore = hasBlankBefore
    }
}
