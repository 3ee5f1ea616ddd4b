import Documents

/// Where each entry of a document stands, in words that hold when the document changes around it.
///
/// A member is known by its key, an item of a list by its first scalar: a value, an id, a day.
struct EntryPaths {
    /// The node of every entry by its path; of two that are alike the first has the path, the others a number.
    private(set) var nodes: [[String]: Int] = [:]

    init(_ document: Document) {
        var paths: [Int: [String]] = [-1: []]
        CommentTable.visit(document) { node, value, container in
            var path = paths[container] ?? []
            if container >= 0 {
                let isMember = document[node].kind == .key
                path.append(
                    isMember ? document.string(at: node) : "- " + EntryPaths.name(of: value, document))
                var count = 1
                let name = path[path.count - 1]
                while nodes[path] != nil {
                    count += 1
                    path[path.count - 1] = "\(name) \(count)"
                }
            }
            nodes[path] = node
            if document[value].isContainer { paths[value] = path }
        }
    }

    /// The first scalar in a value.
    private static func name(of value: Int, _ document: Document) -> String {
        var node = document.resolve(value)
        while document[node].isContainer, document[node].length > 0 {
            node = document.resolve(document[node].kind == .mapping ? node + 2 : node + 1)
        }
        return document.string(at: node)
    }
}
