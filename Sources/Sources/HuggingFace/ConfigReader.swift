import Documents
import Text

/// A configuration that is not understood: refused with the field and the reason rather than read by guess.
package struct ConfigFault: Error, Sendable, Hashable {
    /// The field that is missing or not understood; nil where it is the whole.
    package let field: String?
    package let reason: String

    package init(_ field: String?, _ reason: String) {
        self.field = field
        self.reason = reason
    }

    /// Field and reason in one line.
    package var message: String { field.map { "\($0): \(reason)" } ?? reason }
}

/// Reads the fields of a configuration and remembers which, so that none of them is passed over unnoticed.
struct ConfigReader {
    let record: Record
    private var read: Set<String> = []

    init(_ record: Record) {
        self.record = record
    }

    private init(_ record: Record, read: Set<String>) {
        self.record = record
        self.read = read
    }

    /// The value of the first of some names that is there and not null.
    mutating func value(_ names: String...) -> Value? {
        value(anyOf: names)
    }

    mutating func value(anyOf names: [String]) -> Value? {
        var found: Value?
        for name in names {
            read.insert(name)
            guard found == nil, let value = record[name], value != .null else { continue }
            found = value
        }
        return found
    }

    /// True where a field is written down, be it as null.
    func states(_ name: String) -> Bool { record[name] != nil }

    /// A whole number that has to be there.
    mutating func integer(_ names: String...) throws(ConfigFault) -> Int {
        guard let value = value(anyOf: names) else { throw ConfigFault(names[0], "is missing") }
        return try ConfigReader.positive(value, names[0])
    }

    /// A whole number that has to be there and is no larger than makes sense.
    mutating func integer(_ name: String, atMost limit: Int) throws(ConfigFault) -> Int {
        let number = try integer(name)
        guard number <= limit else { throw ConfigFault(name, "\(number) is more than \(limit)") }
        return number
    }

    /// A whole number above zero; nil when it is absent, null or zero.
    mutating func integerIfAny(_ names: String...) throws(ConfigFault) -> Int? {
        guard let value = value(anyOf: names), value.integer != 0 else { return nil }
        return try ConfigReader.positive(value, names[0])
    }

    /// Numbers beyond these bounds are no widths, counts or positions: a product of two of them still fits.
    private static func positive(_ value: Value, _ name: String) throws(ConfigFault) -> Int {
        guard let number = value.integer, (1...1_000_000_000).contains(number) else {
            throw ConfigFault(name, "\(value.json) is not a whole number above zero")
        }
        return number
    }

    mutating func flag(_ name: String, default standard: Bool = false) throws(ConfigFault) -> Bool {
        guard let value = value(name) else { return standard }
        guard let flag = value.flag else { throw ConfigFault(name, "\(value.json) is not true or false") }
        return flag
    }

    mutating func text(_ names: String...) -> String? { value(anyOf: names)?.text }

    mutating func number(_ names: String...) -> Number? { value(anyOf: names)?.number }

    /// Whole numbers, one for each layer.
    mutating func integers(_ name: String, count: Int) throws(ConfigFault) -> [Int]? {
        guard let value = value(name) else { return nil }
        let numbers = value.list?.compactMap(\.integer) ?? []
        guard numbers.count == count, value.list?.count == count else {
            throw ConfigFault(name, "does not have one number for each of \(count) layers")
        }
        return numbers
    }

    /// Words, one for each layer.
    mutating func words(_ name: String, count: Int) throws(ConfigFault) -> [String]? {
        guard let value = value(name) else { return nil }
        let words = value.list?.compactMap(\.text) ?? []
        guard words.count == count, value.list?.count == count else {
            throw ConfigFault(name, "does not have one word for each of \(count) layers")
        }
        return words
    }

    /// Refuses any value but those that are understood; absence is understood.
    mutating func expect(_ name: String, _ known: Value...) throws(ConfigFault) {
        guard let value = value(name), !known.contains(value) else { return }
        throw ConfigFault(name, "\(value.json.prefix(60)) is not understood")
    }

    /// A record inside, with a reader of its own.
    mutating func part(_ name: String) -> ConfigReader? {
        value(name)?.record.map(ConfigReader.init)
    }

    /// Refuses fields that nobody asked for, unless they have no say in the shape or say nothing.
    func finish(prefix: String = "") throws(ConfigFault) {
        for member in record.members where !read.contains(member.name) {
            guard !member.value.saysNothing, !ShapelessKeys.contains(member.name) else { continue }
            throw ConfigFault(prefix + member.name, "\(member.value.json.prefix(60)) is not understood")
        }
    }
}

extension Value {
    /// Null, no, nothing in it: the feature that a field of this value would switch on is off.
    fileprivate var saysNothing: Bool {
        switch self {
        case .null, .flag(false): true
        case .list(let items): items.isEmpty
        case .record(let record): record.isEmpty
        default: false
        }
    }
}

extension Record {
    /// The members that have a value, in the order given.
    init(known members: KeyValuePairs<String, Value?>) {
        self.init(members.compactMap { name, value in value.map { (name, $0) } })
    }
}

extension ConfigReader {
    /// The configuration with a value where it has none, as the model's class would fill it in.
    mutating func supply(_ name: String, _ value: Value) {
        guard self.record[name] == nil else { return }
        var record = record
        record[name] = value
        self = ConfigReader(record, read: read)
    }
}
