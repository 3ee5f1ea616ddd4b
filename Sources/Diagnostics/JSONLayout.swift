import Text

/// JSON written as it is told, indented by two blanks a level, keys in the order of the calls.
package struct JSONLayout {
    private var bytes: [UInt8] = []
    private var depth = 0
    private var isFirst = true

    /// A text of one object, with a line end.
    package static func text(_ members: (inout JSONLayout) -> Void) -> String {
        var layout = JSONLayout()
        layout.enclosed("{", "}", members)
        layout.bytes.append(UInt8(ascii: "\n"))
        return String(decoding: layout.bytes, as: UTF8.self)
    }

    /// A text of one array with an object for each item, with a line end.
    package static func list<Item>(
        of items: some Collection<Item>, _ members: (inout JSONLayout, Item) -> Void
    ) -> String {
        var layout = JSONLayout()
        layout.objects(items, members)
        layout.bytes.append(UInt8(ascii: "\n"))
        return String(decoding: layout.bytes, as: UTF8.self)
    }

    /// A member that is a number, in JSON's grammar, digit by digit.
    package mutating func member(_ key: String, digits: String) {
        begin(key)
        bytes.append(contentsOf: digits.utf8)
    }

    /// A member that is an array of texts.
    package mutating func member(_ key: String, texts: [String]) {
        begin(key)
        bytes.append(UInt8(ascii: "["))
        for (index, text) in texts.enumerated() {
            if index > 0 { bytes.append(contentsOf: ", ".utf8) }
            JSONText.append(text.utf8, to: &bytes)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    /// A member that is text.
    package mutating func member(_ key: String, _ value: String) {
        begin(key)
        JSONText.append(value.utf8, to: &bytes)
    }

    /// A member that is null where there is no value.
    package mutating func member(_ key: String, orNull value: String?) {
        if let value { return member(key, value) }
        begin(key)
        bytes.append(contentsOf: "null".utf8)
    }

    /// A member that is a whole number.
    package mutating func member(_ key: String, _ value: some FixedWidthInteger) {
        begin(key)
        bytes.append(contentsOf: String(value).utf8)
    }

    /// A member that is true or false.
    package mutating func member(_ key: String, _ value: Bool) {
        begin(key)
        bytes.append(contentsOf: (value ? "true" : "false").utf8)
    }

    /// A member that is an object.
    package mutating func member(_ key: String, _ members: (inout JSONLayout) -> Void) {
        begin(key)
        enclosed("{", "}", members)
    }

    /// A member that is an array with an object for each item.
    package mutating func member<Item>(
        _ key: String, of items: some Collection<Item>, _ members: (inout JSONLayout, Item) -> Void
    ) {
        begin(key)
        objects(items, members)
    }

    private mutating func objects<Item>(
        _ items: some Collection<Item>, _ members: (inout JSONLayout, Item) -> Void
    ) {
        enclosed("[", "]") { layout in
            for item in items {
                layout.separate()
                layout.enclosed("{", "}") { members(&$0, item) }
            }
        }
    }

    private mutating func begin(_ key: String) {
        separate()
        JSONText.append(key.utf8, to: &bytes)
        bytes.append(contentsOf: ": ".utf8)
    }

    /// A comma where something stands before, and a new line.
    private mutating func separate() {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
        breakLine()
    }

    private mutating func enclosed(
        _ opening: StaticString, _ closing: StaticString, _ content: (inout JSONLayout) -> Void
    ) {
        bytes.append(contentsOf: "\(opening)".utf8)
        depth += 1
        isFirst = true
        content(&self)
        depth -= 1
        if !isFirst { breakLine() }
        isFirst = false
        bytes.append(contentsOf: "\(closing)".utf8)
    }

    private mutating func breakLine() {
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth * 2))
    }
}
