import Diagnostics
import Documents
import Text

extension Explainer {
    /// Adds the fault of an assertion about one value that does not hold.
    mutating func explainAssertion(_ step: Instruction, _ node: Int, slot: Int) {
        switch step {
        case .fail: add(.schemaForbidden, slot, "nothing is allowed here")
        case .type(let types): addWrongType(types, node)
        case .const(let value):
            let expected = program.consts[Int(value)]
            add(
                .schemaConst, node,
                "expected \(description(of: expected)), found \(description(of: node))")
        case .enum(let table): addNotListed(program.enums[Int(table)].all, node)
        case .number(let table): explainNumber(program.numbers[Int(table)], node)
        case .minLength(let length), .maxLength(let length): explainLength(step, Int(length), node)
        case .pattern(let pattern):
            add(
                .schemaPattern, node,
                "\(description(of: node)) does not match the pattern \(program.patternSources[Int(pattern)])")
        case .format(let format):
            add(
                .schemaFormat, node, "\(description(of: node)) is not \(format.name)",
                hint: format.hint)
        case .content(_, let json):
            add(.schemaFormat, node, json ? "the text is not JSON" : "the text is not base64")
        case .minItems(let count):
            add(
                .schemaItems, node,
                "at least \(Wording.count(Int(count), "item")) needed, \(document[node].length) found")
        case .maxItems(let count):
            add(
                .schemaItems, node,
                "at most \(Wording.count(Int(count), "item")) allowed, \(document[node].length) found")
        case .minProperties(let count):
            add(
                .schemaProperties, node,
                "at least \(Wording.count(Int(count), "key")) needed, \(document[node].length) found")
        case .maxProperties(let count):
            add(
                .schemaProperties, node,
                "at most \(Wording.count(Int(count), "key")) allowed, \(document[node].length) found")
        case .uniqueItems: explainRepetition(node)
        case .dependentRequired(let key, let names):
            for name in evaluator.missing(names, node, document) {
                add(
                    .schemaDependency, node,
                    "\"\(program.keys.text(of: key))\" needs the key \"\(program.keys.text(of: name))\" beside it"
                )
            }
        default: break
        }
    }

    mutating func addWrongType(_ types: TypeSet, _ node: Int) {
        let found = document[node].kind
        var hint: String?
        let text = document.string(at: node)
        if found == .string, Number(text) != nil, !types.isDisjoint(with: [.integer, .number]) {
            hint = "remove the quotes"
        } else if !document[node].isContainer, found != .string, types.contains(.string) {
            hint = "put it in quotes to make it text"
        } else if !document[node].isContainer, types.contains(.array) {
            hint = "make it a list of one: [\(text)]"
        } else if found == .string, types == .boolean {
            hint = "the only booleans are true and false"
        }
        add(.schemaType, node, "expected \(Wording.types(types)), found \(description(of: node))", hint: hint)
    }

    mutating func addNotListed(_ values: [SchemaNode], _ node: Int) {
        let names = values.map(description(of:))
        let strings = values.compactMap { place -> String? in
            let document = program.documents[Int(place.document)]
            return document[Int(place.node)].kind == .string ? document.string(at: Int(place.node)) : nil
        }
        let allowed = "allowed are " + Wording.list(names, upTo: 16)
        let near = Spelling.nearest(to: document.string(at: node), in: strings)
        add(
            .schemaEnum, node, "\(description(of: node)) is not one of the allowed values",
            hint: near.map { "did you mean \"\($0)\"? " + allowed } ?? allowed)
    }

    private mutating func explainNumber(_ bounds: NumberTable, _ node: Int) {
        guard let number = document.number(at: node) else { return }
        let shown = document.string(at: node)
        func report(_ fails: Bool, _ words: String, _ bound: Number?) -> String? {
            guard fails, let bound else { return nil }
            return "\(shown) is \(words) \(bound)"
        }
        let range = [
            report(bounds.minimum.map { number < $0 } ?? false, "below the minimum of", bounds.minimum),
            report(bounds.maximum.map { number > $0 } ?? false, "above the maximum of", bounds.maximum),
            report(
                bounds.exclusiveMinimum.map { number <= $0 } ?? false, "not above", bounds.exclusiveMinimum),
            report(
                bounds.exclusiveMaximum.map { number >= $0 } ?? false, "not below", bounds.exclusiveMaximum),
        ]
        for message in range.compactMap({ $0 }) { add(.schemaRange, node, message) }
        if let divisor = bounds.multipleOf, !number.isMultiple(of: divisor) {
            add(.schemaMultipleOf, node, "\(shown) is not a multiple of \(divisor)")
        }
    }

    private mutating func explainLength(_ step: Instruction, _ length: Int, _ node: Int) {
        let found = document.string(at: node).unicodeScalars.count
        if case .minLength = step {
            let message =
                found == 0
                ? "the text is empty"
                : "the text has \(Wording.count(found, "character")), at least \(length) needed"
            add(.schemaLength, node, message)
        } else {
            add(
                .schemaLength, node,
                "the text has \(Wording.count(found, "character")), at most \(length) allowed")
        }
    }

    private mutating func explainRepetition(_ node: Int) {
        guard let (first, second) = Equality.firstRepetition(in: document, node) else { return }
        let line = document.position(of: first).line
        add(
            .schemaUniqueItems, second, "the item \(description(of: second)) is in this list twice",
            hint: "the first stands in line \(line)")
    }

    func types(of node: Int) -> TypeSet { evaluator.types(of: node, document) }

    /// A value of the instance in a few words: `"text"`, `12`, `a list`.
    func description(of node: Int) -> String { Wording.value(node, in: document) }

    /// A value of the schema in a few words.
    func description(of place: SchemaNode) -> String {
        Wording.value(Int(place.node), in: program.documents[Int(place.document)])
    }
}

extension Wording {
    /// `an integer or null`.
    static func types(_ types: TypeSet) -> String {
        let words: [(TypeSet, String)] = [
            (.object, "a mapping"), (.array, "a list"), (.string, "text"), (.number, "a number"),
            (.integer, "an integer"), (.boolean, "true or false"), (.null, "null"),
        ]
        let named = words.filter { type, _ in
            types.contains(type) && !(type == .integer && types.contains(.number))
        }
        return list(named.map(\.1), upTo: 7, joiner: "or")
    }

    /// A scalar as it would be written, shortened; a container by its kind.
    static func value(_ node: Int, in document: Document) -> String {
        let node = document.resolve(node)
        switch document[node].kind {
        case .sequence: return "a list"
        case .mapping: return "a mapping"
        case .null: return "null"
        case .string, .key: return "\"\(shortened(document.string(at: node)))\""
        default: return shortened(document.string(at: node))
        }
    }

    private static func shortened(_ text: String) -> String {
        text.unicodeScalars.count <= 60
            ? text : String(String.UnicodeScalarView(text.unicodeScalars.prefix(57))) + "…"
    }
}
