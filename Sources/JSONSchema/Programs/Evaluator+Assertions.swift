import Documents
import Text

extension Evaluator {
    /// Whether an assertion that looks at one value only holds. True of every other step.
    mutating func holds(_ step: Instruction, _ node: Int, _ document: borrowing Document) -> Bool {
        let kind = document[node].kind
        switch step {
        case .fail: return false
        case .type(let types): return !types.isDisjoint(with: self.types(of: node, document))
        case .const(let value): return equals(program.consts[Int(value)], node, document)
        case .enum(let table): return isListed(table, node, document)
        case .number(let table):
            guard kind == .integer || kind == .number, let number = document.number(at: node) else {
                return true
            }
            charge(Cost.ofDividing(Int(document[node].length)))
            return program.numbers[Int(table)].allows(number)
        case .minLength(let length): return !kind.isText || characters(node, document) >= Int(length)
        case .maxLength(let length): return !kind.isText || characters(node, document) <= Int(length)
        case .pattern(let pattern): return !kind.isText || matches(pattern, textOf: node, document)
        case .format(let format):
            return !kind.isText
                || format.isValid(document.text.span.extracting(document.textRange(of: node)))
        case .content(let encoding, let json):
            return kind != .string
                || Content.isValid(
                    document.text[document.textRange(of: node)], isBase64: encoding, isJSON: json)
        case .minProperties(let count): return kind != .mapping || document[node].length >= UInt32(count)
        case .maxProperties(let count): return kind != .mapping || document[node].length <= UInt32(count)
        case .minItems(let count): return kind != .sequence || document[node].length >= UInt32(count)
        case .maxItems(let count): return kind != .sequence || document[node].length <= UInt32(count)
        case .uniqueItems:
            guard kind == .sequence else { return true }
            charge(document.end(of: node) - node)
            return Equality.firstRepetition(in: document, node) == nil
        case .dependentRequired(let key, let names):
            return !has(key, node, document) || missing(names, node, document).isEmpty
        default: return true
        }
    }

    /// The JSON types of a value; a whole number is an integer however it is written.
    func types(of node: Int, _ document: borrowing Document) -> TypeSet {
        switch document[node].kind {
        case .null: .null
        case .true, .false: .boolean
        case .integer: [.integer, .number]
        case .number: document.number(at: node)?.isInteger == true ? [.integer, .number] : .number
        case .string, .key: .string
        case .sequence: .array
        case .mapping: .object
        case .alias: types(of: document.resolve(node), document)
        }
    }

    /// True when an object has a member of this name.
    mutating func has(_ key: Int32, _ node: Int, _ document: borrowing Document) -> Bool {
        guard document[node].kind == .mapping else { return false }
        charge(Int(document[node].length))
        var index = node + 1
        while index < Int(document[node].link) {
            if document[index].link == UInt32(key) { return true }
            index = document.end(of: index + 1)
        }
        return false
    }

    /// The names of a list that an object lacks.
    mutating func missing(_ names: Int32, _ node: Int, _ document: borrowing Document) -> [Int32] {
        guard document[node].kind == .mapping else { return [] }
        var missing: [Int32] = []
        for name in program.lists[Int(names)] where !isExhausted && !has(name, node, document) {
            missing.append(name)
        }
        return missing
    }

    private mutating func equals(_ place: SchemaNode, _ node: Int, _ document: borrowing Document) -> Bool {
        if document[node].isContainer { charge(document.end(of: node) - node) }
        return Equality.areEqual(program.documents[Int(place.document)], Int(place.node), document, node)
    }

    private mutating func isListed(_ table: Int32, _ node: Int, _ document: borrowing Document) -> Bool {
        if document[node].kind.isText {
            let text = document.text.span.extracting(document.textRange(of: node))
            guard let word = program.words.find(text) else { return false }
            return program.lists(word, in: table)
        }
        charge(program.enums[Int(table)].others.count)
        for place in program.enums[Int(table)].others where !isExhausted {
            if equals(place, node, document) { return true }
        }
        return false
    }

    private func characters(_ node: Int, _ document: borrowing Document) -> Int {
        let range = document.textRange(of: node)
        var count = 0
        for offset in range where !UTF8.isContinuation(document.text[offset]) { count += 1 }
        return count
    }
}

extension Node.Kind {
    /// True of strings, and of keys, which `propertyNames` sees as strings.
    var isText: Bool { self == .string || self == .key }
}

extension NumberTable {
    func allows(_ number: Number) -> Bool {
        if let minimum, number < minimum { return false }
        if let maximum, number > maximum { return false }
        if let exclusiveMinimum, number <= exclusiveMinimum { return false }
        if let exclusiveMaximum, number >= exclusiveMaximum { return false }
        if let multipleOf, !number.isMultiple(of: multipleOf) { return false }
        return true
    }
}
