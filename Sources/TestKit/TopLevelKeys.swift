/// The top-level keys of YAML text in block style, each with the lines that belong to it.
package enum TopLevelKeys {
    /// The text with the keys that `change` names replaced, and those that it lacks added at its end.
    package static func replaced(in text: String, by change: String) -> String {
        var blocks = blocks(of: text)
        for block in self.blocks(of: change) {
            if let index = blocks.firstIndex(where: { $0.key == block.key }) {
                blocks[index] = block
            } else {
                blocks.append(block)
            }
        }
        return blocks.map(\.text).joined()
    }

    private static func blocks(of text: String) -> [(key: Substring, text: String)] {
        var blocks: [(key: Substring, text: String)] = []
        for line in text.split(separator: "\n") {
            if let first = line.first, first != " ", first != "#", let colon = line.firstIndex(of: ":") {
                blocks.append((line[..<colon], line + "\n"))
            } else if !blocks.isEmpty {
                blocks[blocks.count - 1].text += line + "\n"
            }
        }
        return blocks
    }
}
