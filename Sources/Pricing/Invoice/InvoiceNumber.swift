import Text

/// A number as people write it on invoices: `1,234.56`, `1.234,56`, `1 234.56`, `$12`, `1e6`.
enum InvoiceNumber {
    /// The number; nil for what is none, and for what may be two: `1,234` is 1234 to some and 1.234 to others.
    static func read(_ text: String) -> Number? {
        if let number = Number(text) { return number }
        var text = text.filter { !" \u{A0}\u{202F}_'".contains($0) }
        for sign in ["$", "€", "£", "US$", "USD", "EUR"] {
            if text.hasPrefix(sign) { text.removeFirst(sign.count) }
            if text.hasSuffix(sign) { text.removeLast(sign.count) }
        }
        if text.hasPrefix("+") { text.removeFirst() }
        if text.hasPrefix(".") { text = "0" + text }
        let commas = text.utf8.count { $0 == UInt8(ascii: ",") }
        let points = text.utf8.count { $0 == UInt8(ascii: ".") }
        switch (commas, points) {
        case (0, 0...1): return Number(text)
        case (1, 0): return isGroup(text, after: ",") ? nil : Number(text.replacing(",", with: "."))
        case (0, _): return grouped(text, by: ".", decimal: ",")
        case (_, 0): return grouped(text, by: ",", decimal: ".")
        default:
            let isCommaLast =
                (text.lastIndex(of: ",") ?? text.startIndex) > (text.lastIndex(of: ".") ?? text.startIndex)
            return isCommaLast ? grouped(text, by: ".", decimal: ",") : grouped(text, by: ",", decimal: ".")
        }
    }

    /// True where three digits and no more stand after the only mark: it may part thousands as well as decimals.
    private static func isGroup(_ text: String, after mark: Character) -> Bool {
        let parts = text.split(separator: mark, omittingEmptySubsequences: false)
        let whole = parts[0].drop { $0 == "-" }
        return parts[1].count == 3 && (1...3).contains(whole.count) && whole != "0"
    }

    /// A number in groups of three digits.
    private static func grouped(_ text: String, by mark: Character, decimal: Character) -> Number? {
        let halves = text.split(separator: decimal, omittingEmptySubsequences: false)
        guard halves.count <= 2, !halves.dropFirst().contains(where: { $0.contains(mark) }) else {
            return nil
        }
        let groups = halves[0].split(separator: mark, omittingEmptySubsequences: false)
        guard let first = groups.first, (1...3).contains(first.drop { $0 == "-" }.count),
            groups.dropFirst().allSatisfy({ $0.count == 3 })
        else { return nil }
        return Number(groups.joined() + (halves.count == 2 ? "." + halves[1] : ""))
    }
}
