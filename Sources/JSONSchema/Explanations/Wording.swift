/// How messages count and list things.
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
}
