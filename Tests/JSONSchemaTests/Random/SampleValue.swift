/// A JSON value of the random tests: schemas and instances alike.
indirect enum SampleValue: Hashable {
    case null
    case bool(Bool)
    /// A number in halves, so that whole and other numbers are exact.
    case halves(Int)
    case string(String)
    case array([SampleValue])
    case object([String: SampleValue])

    static func integer(_ value: Int) -> SampleValue { .halves(value * 2) }

    /// The value as JSON, members in the order of their names.
    var json: String {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .halves(let count):
            count % 2 == 0 ? "\(count / 2)" : "\(count < 0 ? "-" : "")\(abs(count) / 2).5"
        case .string(let text): "\"\(text)\""
        case .array(let items): "[" + items.map(\.json).joined(separator: ", ") + "]"
        case .object(let members):
            "{"
                + members.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value.json)" }
                .joined(separator: ", ") + "}"
        }
    }

    var members: [String: SampleValue]? {
        if case .object(let members) = self { members } else { nil }
    }

    var items: [SampleValue]? {
        if case .array(let items) = self { items } else { nil }
    }

    var text: String? {
        if case .string(let text) = self { text } else { nil }
    }

    var halves: Int? {
        if case .halves(let count) = self { count } else { nil }
    }

    subscript(keyword: String) -> SampleValue? { members?[keyword] }
}
