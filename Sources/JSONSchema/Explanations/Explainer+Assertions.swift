import Diagnostics
import Documents
import Text

extension Explainer {
    /// Adds the fault of an assertion about one value that does not hold.
    mutating func explainAssertion(_ step: Instruction, _ node: Int, slot: Int) {
        switch step {
        case .fail: add(.schemaForbidden, slot, "nothing is allowed here")
        case .type(let types): addWrongType(types, node)
        case .const(let value): explainConst(program.consts[Int(value)], node)
        case .enum(let table): addNotListed(program.enums[Int(table)].all, node)
        case .number(let table): explainNumber(program.numbers[Int(table)], node)
        case .minLength(let length), .maxLength(let length): explainLength(step, Int(length), node)
        case .pattern(let pattern):
            add(
                .schemaPattern, node,
                "\(description(of: node)) does not match the pattern "
                    + Wording.shortened(program.patternSources[Int(pattern)]))
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
        case .dependentRequired(let key, let names): explainDependency(key, names, node)
        default: break
        }
    }

    mutating func addWrongType(_ types: TypeSet, _ node: Int) {
        add(
            .schemaType, node, "expected \(Wording.types(types)), found \(description(of: node))",
            hint: typeHint(types, node))
    }

    private func typeHint(_ types: TypeSet, _ node: Int) -> String? {
        guard !document[node].isContainer else { return nil }
        let text = document.string(at: node)
        switch document[node].kind {
        case .null: return "fill it in, or leave the key out"
        case .string where Number(text) != nil && !types.isDisjoint(with: [.integer, .number]):
            return "remove the quotes"
        case .string where types == .boolean: return "the only booleans are true and false"
        case .string: break
        default: if types.contains(.string) { return "put it in quotes to make it text" }
        }
        return types.contains(.array) ? "make it a list of one: [\(Wording.shortened(text))]" : nil
    }

    private mutating func explainConst(_ expected: SchemaNode, _ node: Int) {
        let wanted = description(of: expected)
        let found = description(of: node)
        let isAlike = document[node].isContainer && wanted == found
        add(
            .schemaConst, node,
            isAlike ? "this is not the one value allowed here" : "expected \(wanted), found \(found)",
            hint: quotingHint(for: [expected], node))
    }

    /// Adds the fault of a value that is none of those allowed.
    mutating func addNotListed(_ values: [SchemaNode], _ node: Int) {
        evaluator.charge(Cost.ofComparingWords * values.count)
        guard !evaluator.isExhausted else { return }
        let allowed =
            "allowed are " + Wording.list(Wording.distinct(values.map(description(of:))), upTo: 16)
        let near = quotingHint(for: values, node) ?? spellingHint(for: values, node)
        add(
            .schemaEnum, node, "\(description(of: node)) is not one of the allowed values",
            hint: near.map { $0 + ($0.hasSuffix("?") ? " " : "; ") + allowed } ?? allowed)
    }

    /// What to do about a scalar that is one of the values but for its quotes.
    private func quotingHint(for values: [SchemaNode], _ node: Int) -> String? {
        guard !document[node].isContainer else { return nil }
        let text = document.string(at: node)
        for place in values {
            let schema = program.documents[Int(place.document)]
            let value = schema[Int(place.node)]
            let isText = value.kind == .string
            guard !value.isContainer, isText != (document[node].kind == .string) else { continue }
            if schema.string(at: Int(place.node)) == text {
                return isText ? "put it in quotes to make it text" : "remove the quotes"
            }
        }
        return nil
    }

    /// The text among the values that was probably meant.
    private func spellingHint(for values: [SchemaNode], _ node: Int) -> String? {
        guard !document[node].isContainer else { return nil }
        let texts = values.compactMap { place -> String? in
            let schema = program.documents[Int(place.document)]
            return schema[Int(place.node)].kind == .string ? schema.string(at: Int(place.node)) : nil
        }
        return Wording.nearest(to: document.string(at: node), in: texts).map {
            "did you mean \(Wording.quoted($0))?"
        }
    }

    private mutating func explainDependency(_ key: Int32, _ names: Int32, _ node: Int) {
        let owner = document.children(of: node).first { child in
            child.key.map { document[$0].link == UInt32(key) } ?? false
        }
        for name in evaluator.missing(names, node, document) {
            add(
                .schemaDependency, owner?.key ?? node,
                "\(named(key)) needs the key \(named(name)) beside it")
        }
    }

    private mutating func explainNumber(_ bounds: NumberTable, _ node: Int) {
        guard let number = document.number(at: node) else { return }
        let shown = description(of: node)
        func report(_ fails: Bool, _ words: String, _ bound: Number?) -> String? {
            guard fails, let bound else { return nil }
            return "\(shown) is \(words) \(Wording.shortened(bound.description))"
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
            add(
                .schemaMultipleOf, node,
                "\(shown) is not a multiple of \(Wording.shortened(divisor.description))")
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
        Equality.forEachRepetition(in: document, node) { first, second in
            add(
                .schemaUniqueItems, second,
                document[document.resolve(second)].isContainer
                    ? "this item is in the list twice"
                    : "the item \(description(of: second)) is in the list twice",
                hint: "the first stands in line \(document.position(of: first).line)")
            return faults.count < 4 * limit
        }
    }

    /// A value of the instance in a few words: `"text"`, `12`, `a list`.
    func description(of node: Int) -> String { Wording.value(node, in: document) }

    /// A value of the schema in a few words.
    func description(of place: SchemaNode) -> String { program.description(of: place) }
}
