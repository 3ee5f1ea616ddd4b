package import Text

extension Document {
    /// Where a node begins.
    package func position(of index: Int) -> TextPosition {
        TextPosition(line: Int(nodes[index].line), column: Int(nodes[index].column))
    }

    /// What to underline for a node: a scalar's text, or the key that owns a container, or its first character.
    package func span(of index: Int) -> TextSpan {
        let node = nodes[index]
        if node.isContainer, index > 0, nodes[index - 1].kind == .key { return span(of: index - 1) }
        // A container's length counts its children, not bytes.
        if node.isContainer { return TextSpan(line: Int(node.line), column: Int(node.column), width: 1) }
        let characters = text[textRange(of: index)].count { !UTF8.isContinuation($0) }
        let width = max(1, characters + (node.isQuoted ? 2 : 0))
        return TextSpan(line: Int(node.line), column: Int(node.column), width: width)
    }

    /// The JSON Pointer (RFC 6901) of a node. Linear in the nodes before it.
    package func pointer(to index: Int) -> String {
        var pointer = ""
        var current = 0
        descent: while current != index, nodes[current].isContainer {
            for (position, child) in children(of: current).enumerated()
            where child.key == index || (child.slot <= index && index < end(of: child.slot)) {
                pointer += "/" + (child.key.map { JSONPointer.escaped(string(at: $0)) } ?? String(position))
                if child.key == index { break descent }
                current = child.slot
                continue descent
            }
            break
        }
        return pointer
    }
}

/// JSON Pointer, RFC 6901.
package enum JSONPointer {
    /// A reference token with `~` and `/` escaped.
    package static func escaped(_ token: String) -> String {
        guard token.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else {
            return token
        }
        var escaped = ""
        for scalar in token.unicodeScalars {
            switch scalar {
            case "~": escaped += "~0"
            case "/": escaped += "~1"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// The position an array's token stands for: digits without a leading zero; nil for all else.
    static func arrayIndex(_ token: String) -> Int? {
        guard token == "0" || !token.hasPrefix("0"), token.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }) else {
            return nil
        }
        return Int(token)
    }

    /// The tokens of a pointer, unescaped; nil when it is not a pointer.
    package static func tokens(_ pointer: String) -> [String]? {
        if pointer.isEmpty { return [] }
        guard pointer.utf8.first == UInt8(ascii: "/") else { return nil }
        var tokens: [String] = []
        for part in pointer.unicodeScalars.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        {
            var token = ""
            var rest = part[...]
            while let scalar = rest.popFirst() {
                guard scalar == "~" else {
                    token.unicodeScalars.append(scalar)
                    continue
                }
                switch rest.popFirst() {
                case "0": token += "~"
                case "1": token += "/"
                default: return nil
                }
            }
            tokens.append(token)
        }
        return tokens
    }
}

extension Document {
    /// The node a JSON Pointer leads to, aliases followed; nil when there is none.
    package func node(at pointer: String, from root: Int = 0) -> Int? {
        guard !nodes.isEmpty, let tokens = JSONPointer.tokens(pointer) else { return nil }
        var current = resolve(root)
        for token in tokens {
            switch nodes[current].kind {
            case .mapping:
                guard let value = member(token, of: current) else { return nil }
                current = value
            case .sequence:
                guard let wanted = JSONPointer.arrayIndex(token), wanted < Int(nodes[current].length),
                    let child = children(of: current).dropFirst(wanted).first(where: { _ in true })
                else { return nil }
                current = child.value
            default:
                return nil
            }
        }
        return current
    }
}
