import Documents
import Text

extension Document {
    /// True when two values are the same: numbers by value, mappings in any order of their members. Linear.
    func isEqual(_ index: Int, _ other: Document, _ otherIndex: Int) -> Bool {
        let (left, right) = (resolve(index), other.resolve(otherIndex))
        if let one = number(at: left), let two = other.number(at: right) { return one == two }
        guard self[left].kind == other[right].kind else { return false }
        switch self[left].kind {
        case .mapping:
            guard self[left].length == other[right].length else { return false }
            let matches = other.membersByName(of: right)
            return children(of: left).allSatisfy { child in
                guard let key = child.key, let match = matches[string(at: key)] else { return false }
                return isEqual(child.value, other, match)
            }
        case .sequence:
            guard self[left].length == other[right].length else { return false }
            return zip(children(of: left), other.children(of: right)).allSatisfy {
                isEqual($0.value, other, $1.value)
            }
        default: return string(at: left) == other.string(at: right)
        }
    }

    /// The values of a mapping's members by name; of names given twice the first.
    func membersByName(of mapping: Int) -> [String: Int] {
        let pairs = children(of: mapping).compactMap { child in
            child.key.map { (string(at: $0), child.value) }
        }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }

    /// A value in a few words: a scalar's text, of containers what stands in them, without what stands in that.
    func summary(of index: Int, depth: Int = 1) -> String {
        let index = resolve(index)
        guard self[index].isContainer else {
            return self[index].kind == .string && self[index].length == 0 ? "\"\"" : string(at: index)
        }
        let isMapping = self[index].kind == .mapping
        guard depth > 0 else { return isMapping ? "{…}" : "[…]" }
        let parts = children(of: index).map { child in
            let value = summary(of: child.value, depth: depth - 1)
            return child.key.map { "\(string(at: $0)): \(value)" } ?? value
        }
        return (isMapping ? "{" : "[") + parts.joined(separator: ", ") + (isMapping ? "}" : "]")
    }
}
