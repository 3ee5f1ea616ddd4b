import Documents
import Entities
import Text

extension Money {
    /// The price of a million units, from that of one.
    ///
    /// Prices by the token often went through a binary fraction on their way and came out with sixteen digits; what
    /// is beyond twelve decimals of a million's price is rounded off. Nil for a negative or huge one.
    init?(perUnit price: Number) {
        self.init(rounding: price, scale: 18)
    }

    /// A price as it stands, rounded to twelve decimals; nil for a negative or huge one.
    init?(rounding price: Number) {
        self.init(rounding: price, scale: 12)
    }

    private init?(rounding price: Number, scale: Int) {
        guard !price.isNegative, price.approximate < 1e12 else { return nil }
        if let exact = price.scaledInteger(decimals: scale) {
            self.init(trillionths: exact)
            return
        }
        for extra in stride(from: 4, through: 20, by: 4) {
            guard let fine = price.scaledInteger(decimals: scale + extra) else { continue }
            let unit = (0..<extra).reduce(Int128(1)) { power, _ in power * 10 }
            self.init(trillionths: (fine + unit / 2) / unit)
            return
        }
        return nil
    }
}

extension Value {
    /// A number, or text that is one.
    var amount: Number? {
        number ?? text.flatMap { Number($0) }
    }

    /// A whole number above zero: a limit that is really one.
    var tokens: Int? {
        guard let number = amount, let integer = number.integer, (1...1_000_000_000).contains(integer) else {
            return nil
        }
        return integer
    }

    /// The texts of a list.
    var texts: [String] { list?.compactMap(\.text) ?? [] }
}

extension String {
    /// The text as an id of the registry: lower case, one of `-`, `.`, `_` between letters and digits; nil when
    /// nothing is left.
    var registryID: String? {
        var id = ""
        for character in lowercased().unicodeScalars {
            switch character {
            case "a"..."z", "0"..."9": id.unicodeScalars.append(character)
            case ".", "_", "-":
                if let last = id.last, !".-_".contains(last) { id.unicodeScalars.append(character) }
            default: if let last = id.last, !".-_".contains(last) { id += "-" }
            }
        }
        while let last = id.last, ".-_".contains(last) { id.removeLast() }
        return id.isEmpty ? nil : id
    }
}
