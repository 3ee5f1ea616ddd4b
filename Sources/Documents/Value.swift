package import Text

/// A JSON value that stands by itself: taken out of a document, or put together to be written.
///
/// For the few records that a program changes; what is only read stays in the flat `Document`.
package enum Value: Sendable, Hashable {
    case null
    case flag(Bool)
    case number(Number)
    case text(String)
    case list([Value])
    case record(Record)

    /// A node of a document and all below it, aliases followed. Linear in the nodes.
    package init(_ document: Document, at node: Int = 0) {
        let node = document.resolve(node)
        switch document[node].kind {
        case .null, .alias: self = .null
        case .false: self = .flag(false)
        case .true: self = .flag(true)
        case .integer, .number: self = document.number(at: node).map(Value.number) ?? .null
        case .string, .key: self = .text(document.string(at: node))
        case .sequence: self = .list(document.children(of: node).map { Value(document, at: $0.value) })
        case .mapping:
            self = .record(
                Record(
                    document.children(of: node).map { child in
                        let name = child.key.map { document.string(at: $0) } ?? ""
                        return (name, Value(document, at: child.value))
                    }))
        }
    }

    package init(_ integer: Int) { self = .number(Number(integer)) }

    package var text: String? { if case .text(let text) = self { text } else { nil } }
    package var number: Number? { if case .number(let number) = self { number } else { nil } }
    package var integer: Int? { number?.integer }
    package var flag: Bool? { if case .flag(let flag) = self { flag } else { nil } }
    package var list: [Value]? { if case .list(let list) = self { list } else { nil } }
    package var record: Record? { if case .record(let record) = self { record } else { nil } }

    /// A member of a record; nil where this is no record or has no such member.
    package subscript(name: String) -> Value? { record?[name] }

    /// The value as one line of JSON.
    package var json: String {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the value as JSON without spaces.
    package func append(to bytes: inout [UInt8]) {
        switch self {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .flag(let flag): bytes.append(contentsOf: (flag ? "true" : "false").utf8)
        case .number(let number): bytes.append(contentsOf: number.description.utf8)
        case .text(let text): JSONText.append(text.utf8, to: &bytes)
        case .list(let items):
            bytes.append(UInt8(ascii: "["))
            for (index, item) in items.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                item.append(to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .record(let record):
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in record.members.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                JSONText.append(member.name.utf8, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                member.value.append(to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }
}

extension Value: ExpressibleByStringLiteral {
    package init(stringLiteral text: String) { self = .text(text) }
}

extension Value: ExpressibleByIntegerLiteral {
    package init(integerLiteral integer: Int) { self.init(integer) }
}

extension Value: ExpressibleByBooleanLiteral {
    package init(booleanLiteral flag: Bool) { self = .flag(flag) }
}

extension Value: ExpressibleByArrayLiteral {
    package init(arrayLiteral items: Value...) { self = .list(items) }
}

extension Value: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral members: (String, Value)...) { self = .record(Record(members)) }
}

/// Named values in an order; equal to another with the same members, whatever their order.
package struct Record: Sendable {
    /// One name and what stands behind it.
    package struct Member: Sendable, Hashable {
        package var name: String
        package var value: Value
    }

    package private(set) var members: [Member]

    package init(_ members: [(String, Value)] = []) {
        self.members = members.map { Member(name: $0.0, value: $0.1) }
    }

    package var isEmpty: Bool { members.isEmpty }

    /// The value behind a name; a new name goes to the end, nil takes the name out. Linear in the members.
    package subscript(name: String) -> Value? {
        get { members.first { $0.name == name }?.value }
        set {
            let place = members.firstIndex { $0.name == name }
            switch (place, newValue) {
            case (let place?, let value?): members[place].value = value
            case (let place?, nil): members.remove(at: place)
            case (nil, let value?): members.append(Member(name: name, value: value))
            case (nil, nil): break
            }
        }
    }
}

extension Record: Hashable {
    package static func == (left: Record, right: Record) -> Bool {
        left.members.count == right.members.count
            && left.members.allSatisfy { right[$0.name] == $0.value }
    }

    package func hash(into hasher: inout Hasher) {
        // Whatever the order: the names and values of each member are mixed by themselves.
        hasher.combine(members.reduce(0) { $0 ^ $1.hashValue })
    }
}
