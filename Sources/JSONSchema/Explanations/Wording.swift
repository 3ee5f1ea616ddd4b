import Documents
import Text

/// How messages name, count and list things.
enum Wording {
    /// `a, b and c`; what goes beyond `limit` is counted.
    static func list(_ words: [String], upTo limit: Int, joiner: String = "and") -> String {
        guard words.count > limit else {
            guard let last = words.last, words.count > 1 else { return words.first ?? "" }
            return words.dropLast().joined(separator: ", ") + " \(joiner) " + last
        }
        return words.prefix(limit).joined(separator: ", ") + " \(joiner) \(words.count - limit) more"
    }

    /// `1 item`, `2 items`.
    static func count(_ number: Int, _ noun: String) -> String {
        number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
    }

    /// The words without repetitions, in their order.
    static func distinct(_ words: [String]) -> [String] {
        var seen: Set<String> = []
        return words.filter { seen.insert($0).inserted }
    }

    /// The word that was probably meant; of one or two letters every word is near, so that says nothing.
    static func nearest(to word: String, in words: [String]) -> String? {
        guard let near = Spelling.nearest(to: word, in: words) else { return nil }
        return word.utf8.count > 2 || near.lowercased() == word.lowercased() ? near : nil
    }

    /// `an integer or null`.
    static func types(_ types: TypeSet) -> String {
        let words: [(TypeSet, String)] = [
            (.object, "a mapping"), (.array, "a list"), (.string, "text"), (.number, "a number"),
            (.integer, "an integer"), (.boolean, types == .boolean ? "true or false" : "a boolean"),
            (.null, "null"),
        ]
        let named = words.filter { type, _ in
            types.contains(type) && !(type == .integer && types.contains(.number))
        }
        return named.isEmpty ? "no value at all" : list(named.map(\.1), upTo: 7, joiner: "or")
    }

    /// A scalar as it would be written, shortened; a container by its kind.
    static func value(_ node: Int, in document: Document) -> String {
        let node = document.resolve(node)
        switch document[node].kind {
        case .sequence: return document[node].length == 0 ? "an empty list" : "a list"
        case .mapping: return document[node].length == 0 ? "an empty mapping" : "a mapping"
        case .null: return "null"
        case .string, .key: return quoted(document.string(at: node))
        default: return shortened(document.string(at: node))
        }
    }

    /// A text in quotes, shortened.
    static func quoted(_ text: String) -> String { "\"\(shortened(text))\"" }

    /// At most 60 characters of a text: enough to find it, and no more than fits a line.
    static func shortened(_ text: String) -> String {
        let scalars = text.unicodeScalars
        return scalars.prefix(61).count <= 60
            ? text : String(String.UnicodeScalarView(scalars.prefix(57))) + "…"
    }
}
