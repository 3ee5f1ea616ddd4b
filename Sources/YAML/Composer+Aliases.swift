import CYAML
import Diagnostics
import Documents
import Text

extension Composer {
    /// Notes that a node has an anchor and gives the anchor's number.
    @discardableResult
    mutating func define(_ name: UnsafeMutablePointer<yaml_char_t>, _ node: Int) -> Int {
        unsafe anchors.define(String(cString: name), node: node)
    }

    /// Appends what stands for an earlier node; the node itself is shared, never copied.
    mutating func alias(_ name: String, from start: Mark, to end: Mark) throws(Refusal) {
        let span = TextSpan(from: start, to: end)
        let isKey = try enterParent(at: start)
        guard let anchor = anchors[name] else {
            log.isUsable = false
            log.add(
                .yamlAlias, at: span, "the alias \(quoted(name)) has no anchor before it",
                hint: "write \"&\(name)\" before the value it shall repeat, or quote the text")
            let text = Array("*\(name)".utf8)
            if isKey {
                appendKey(text.span, isPlain: false, start: start)
            } else {
                appendText(text.span, kind: .string, isQuoted: false, start: start)
            }
            return
        }
        if open.contains(where: { $0.node == anchor.node }) {
            throw Refusal(.yamlAlias, span, "the alias \(quoted(name)) stands inside the value it repeats")
        }
        let target = document.nodes[anchor.node]
        if isKey { return try aliasKey(target, name, span, start) }
        guard open.count + anchor.height <= limits.depth else {
            throw Refusal(.yamlTooDeep, span, "nested deeper than \(limits.depth) levels by this alias")
        }
        aliasedNodes += anchor.size
        guard aliasedNodes <= limits.aliasedNodes else {
            throw Refusal(
                .yamlTooManyNodes, span, "the aliases stand for more than \(limits.aliasedNodes) values")
        }
        if !open.isEmpty {
            open[open.count - 1].height = max(open[open.count - 1].height, anchor.height)
        }
        guard target.kind != .key else { return repeatKey(target, start) }
        document.nodes.append(
            Node(
                kind: .alias, line: UInt32(start.line + 1), column: UInt32(start.column + 1),
                link: UInt32(anchor.node)))
    }

    /// A scalar's alias used as a key has that scalar's text.
    private mutating func aliasKey(_ target: Node, _ name: String, _ span: TextSpan, _ start: Mark)
        throws(Refusal)
    {
        guard !target.isContainer else {
            throw Refusal(
                .yamlComplexKey, span, "the alias \(quoted(name)) used as a key stands for a list or mapping")
        }
        appendKey(copy(of: target).span, isPlain: !target.isQuoted, start: start)
    }

    /// A key's alias used as a value becomes a value of its own: no one who follows aliases meets a key.
    private mutating func repeatKey(_ target: Node, _ start: Mark) {
        let text = copy(of: target)
        if target.isQuoted {
            appendText(text.span, kind: .string, isQuoted: true, start: start)
        } else {
            append(CoreSchema.value(of: text.span), text.span, start: start)
        }
    }

    private func copy(of node: Node) -> [UInt8] {
        Array(document.text[Int(node.start)..<Int(node.start + node.length)])
    }
}

/// The anchors of one document; a later one of the same name takes the place of the earlier.
struct AnchorTable {
    struct Anchor {
        var node: Int
        /// Containers inside the node, itself counted.
        var height = 0
        /// Nodes it stands for, aliases inside it followed.
        var size = 1
    }

    private var anchors: [Anchor] = []
    private var numbers: [String: Int] = [:]

    subscript(name: String) -> Anchor? { numbers[name].map { anchors[$0] } }

    mutating func reset() {
        guard !anchors.isEmpty else { return }
        anchors.removeAll()
        numbers.removeAll()
    }

    mutating func define(_ name: String, node: Int) -> Int {
        anchors.append(Anchor(node: node))
        numbers[name] = anchors.count - 1
        return anchors.count - 1
    }

    /// Completes the anchor of a container.
    mutating func close(_ number: Int, height: Int, size: Int) {
        anchors[number].height = height + 1
        anchors[number].size = size
    }
}
