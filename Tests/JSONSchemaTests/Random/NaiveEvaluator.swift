/// JSON Schema 2020-12 word by word: it walks the schema document itself, builds sets of what was evaluated for
/// every value, and knows no compilation, no order and no shortcut. Slow, and written to be checked by reading.
///
/// References lead to `#/$defs/…` of the root or, dynamically, to the anchor `n` of `root` or of `$defs/inner`.
struct NaiveEvaluator {
    let root: SampleValue

    struct Outcome {
        var isValid = true
        var properties: Set<String> = []
        var items: Set<Int> = []

        static let invalid = Outcome(isValid: false)
    }

    func isValid(_ value: SampleValue) -> Bool {
        evaluate(root, value, inner: false).isValid
    }

    /// `inner` says that `$defs/inner`, a resource of its own, was entered; the root always was before it.
    private func evaluate(_ schema: SampleValue, _ value: SampleValue, inner: Bool) -> Outcome {
        if case .bool(let allows) = schema { return allows ? Outcome() : .invalid }
        guard asserts(schema, value) else { return .invalid }
        var outcome = Outcome()
        let inner = inner || schema["$id"] == .string("inner")
        let steps = [applyInPlace, applyToMembers, applyToItems, applyUnevaluated]
        for step in steps where outcome.isValid { step(schema, value, inner, &outcome) }
        return outcome.isValid ? outcome : .invalid
    }

    // MARK: Assertions, 2020-12 validation section 6

    private func asserts(_ schema: SampleValue, _ value: SampleValue) -> Bool {
        if let types = schema["type"] {
            let names = types.items?.compactMap(\.text) ?? [types.text ?? ""]
            guard !names.allSatisfy({ !isOf($0, value) }) else { return false }
        }
        if let constant = schema["const"], constant != value { return false }
        if let values = schema["enum"]?.items, !values.contains(value) { return false }
        if let number = value.halves {
            if let bound = schema["minimum"]?.halves, number < bound { return false }
            if let bound = schema["maximum"]?.halves, number > bound { return false }
            if let bound = schema["exclusiveMinimum"]?.halves, number <= bound { return false }
            if let bound = schema["exclusiveMaximum"]?.halves, number >= bound { return false }
            if let divisor = schema["multipleOf"]?.halves, number % divisor != 0 { return false }
        }
        if let text = value.text {
            if !isCount(text.unicodeScalars.count, within: schema, "Length") { return false }
            if let pattern = schema["pattern"]?.text, !matches(text, pattern) { return false }
        }
        if let items = value.items {
            if !isCount(items.count, within: schema, "Items") { return false }
            if schema["uniqueItems"] == .bool(true), Set(items).count < items.count { return false }
        }
        if let members = value.members {
            if !isCount(members.count, within: schema, "Properties") { return false }
            if let names = schema["required"]?.items?.compactMap(\.text),
                !names.allSatisfy({ members[$0] != nil })
            {
                return false
            }
            for (key, names) in schema["dependentRequired"]?.members ?? [:] where members[key] != nil {
                if let names = names.items, names.contains(where: { members[$0.text ?? ""] == nil }) {
                    return false
                }
            }
        }
        return true
    }

    private func isOf(_ type: String, _ value: SampleValue) -> Bool {
        switch (type, value) {
        case ("null", .null), ("boolean", .bool), ("number", .halves), ("string", .string): true
        case ("array", .array), ("object", .object): true
        case ("integer", .halves(let count)): count % 2 == 0
        default: false
        }
    }

    private func isCount(_ count: Int, within schema: SampleValue, _ noun: String) -> Bool {
        let halves = count * 2
        return halves >= schema["min\(noun)"]?.halves ?? 0 && halves <= schema["max\(noun)"]?.halves ?? .max
    }

    /// The patterns of the random schemas are a letter, with `^` before it perhaps.
    private func matches(_ text: String, _ pattern: String) -> Bool {
        pattern.hasPrefix("^") ? text.hasPrefix(pattern.dropFirst()) : text.contains(pattern)
    }

    // MARK: Applicators, core sections 8.2 and 10

    private func applyInPlace(
        _ schema: SampleValue, _ value: SampleValue, _ inner: Bool, _ outcome: inout Outcome
    ) {
        func outcomes(_ keyword: String) -> [Outcome] {
            schema[keyword]?.items?.map { evaluate($0, value, inner: inner) } ?? []
        }
        if let target = schema["$ref"]?.text.flatMap(target) {
            merge(evaluate(target, value, inner: inner), into: &outcome)
        }
        if schema["$dynamicRef"] != nil {
            let hasAnchor = root["$dynamicAnchor"] != nil
            let target = hasAnchor ? root : root["$defs"]?["inner"] ?? .bool(false)
            merge(evaluate(target, value, inner: inner), into: &outcome)
        }
        for each in outcomes("allOf") { merge(each, into: &outcome) }
        for keyword in ["anyOf", "oneOf"] where schema[keyword] != nil {
            let valid = outcomes(keyword).filter(\.isValid)
            if keyword == "anyOf" ? valid.isEmpty : valid.count != 1 { outcome.isValid = false }
            for each in valid { merge(each, into: &outcome) }
        }
        if let negated = schema["not"], evaluate(negated, value, inner: inner).isValid {
            outcome.isValid = false
        }
        if let condition = schema["if"] {
            let answer = evaluate(condition, value, inner: inner)
            if answer.isValid { merge(answer, into: &outcome) }
            if let branch = schema[answer.isValid ? "then" : "else"] {
                merge(evaluate(branch, value, inner: inner), into: &outcome)
            }
        }
        for (key, dependent) in schema["dependentSchemas"]?.members ?? [:] where value[key] != nil {
            merge(evaluate(dependent, value, inner: inner), into: &outcome)
        }
    }

    private func target(_ reference: String) -> SampleValue? {
        root["$defs"]?[String(reference.split(separator: "/").last ?? "")]
    }

    private func merge(_ other: Outcome, into outcome: inout Outcome) {
        outcome.isValid = outcome.isValid && other.isValid
        outcome.properties.formUnion(other.properties)
        outcome.items.formUnion(other.items)
    }

    private func applyToMembers(
        _ schema: SampleValue, _ value: SampleValue, _ inner: Bool, _ outcome: inout Outcome
    ) {
        for (key, member) in value.members ?? [:] {
            var schemas: [SampleValue] = []
            if let property = schema["properties"]?[key] { schemas.append(property) }
            for (pattern, property) in schema["patternProperties"]?.members ?? [:] where matches(key, pattern)
            {
                schemas.append(property)
            }
            if schemas.isEmpty, let additional = schema["additionalProperties"] { schemas = [additional] }
            for each in schemas {
                if !evaluate(each, member, inner: inner).isValid { outcome.isValid = false }
                outcome.properties.insert(key)
            }
            if let names = schema["propertyNames"], !evaluate(names, .string(key), inner: inner).isValid {
                outcome.isValid = false
            }
        }
    }

    private func applyToItems(
        _ schema: SampleValue, _ value: SampleValue, _ inner: Bool, _ outcome: inout Outcome
    ) {
        guard let items = value.items else { return }
        let prefix = schema["prefixItems"]?.items ?? []
        var count = 0
        for (index, item) in items.enumerated() {
            if let each = index < prefix.count ? prefix[index] : schema["items"] {
                if !evaluate(each, item, inner: inner).isValid { outcome.isValid = false }
                outcome.items.insert(index)
            }
            if let contained = schema["contains"], evaluate(contained, item, inner: inner).isValid {
                outcome.items.insert(index)
                count += 1
            }
        }
        if schema["contains"] != nil {
            let minimum = schema["minContains"]?.halves ?? 2
            if count * 2 < minimum || count * 2 > schema["maxContains"]?.halves ?? .max {
                outcome.isValid = false
            }
        }
    }

    private func applyUnevaluated(
        _ schema: SampleValue, _ value: SampleValue, _ inner: Bool, _ outcome: inout Outcome
    ) {
        if let rest = schema["unevaluatedProperties"] {
            for (key, member) in value.members ?? [:] where !outcome.properties.contains(key) {
                if !evaluate(rest, member, inner: inner).isValid { outcome.isValid = false }
                outcome.properties.insert(key)
            }
        }
        if let rest = schema["unevaluatedItems"] {
            for (index, item) in (value.items ?? []).enumerated() where !outcome.items.contains(index) {
                if !evaluate(rest, item, inner: inner).isValid { outcome.isValid = false }
                outcome.items.insert(index)
            }
        }
    }
}
