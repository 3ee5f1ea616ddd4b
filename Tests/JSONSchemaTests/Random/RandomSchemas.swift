import TestKit

/// Makes small schemas over all keywords of 2020-12, and small values that often fit them.
struct RandomSchemas {
    var random: SeededGenerator

    private static let names = ["a", "b", "ab", "c"]
    private static let definitions = ["d0", "d1", "d2"]
    /// The level of schemas of members and items.
    private static let below = -1
    private static let base = "http://example.org/root"

    /// A whole document: definitions, and `inner`, which is a resource of its own.
    mutating func document() -> SampleValue {
        var root = keywords(depth: 3, level: 0)
        root["$id"] = .string(Self.base)
        if chance(1, 2) { root["$dynamicAnchor"] = .string("n") }
        var definitions: [String: SampleValue] = [:]
        for (level, name) in Self.definitions.enumerated() {
            definitions[name] = .object(keywords(depth: 2, level: level + 1))
        }
        var inner = keywords(depth: 2, level: Self.definitions.count + 1)
        inner["$id"] = .string("inner")
        inner["$dynamicAnchor"] = .string("n")
        definitions["inner"] = .object(inner)
        root["$defs"] = .object(definitions)
        return .object(root)
    }

    mutating func value(depth: Int = 3) -> SampleValue {
        switch number(depth > 0 ? 9 : 6) {
        case 0: return .null
        case 1: return .bool(chance(1, 2))
        case 2, 3: return .halves(number(9) - 2)
        case 4, 5: return .string(["", "a", "b", "ab", "abc", "é"][number(6)])
        case 6: return .array((0..<number(4)).map { _ in value(depth: depth - 1) })
        default:
            var members: [String: SampleValue] = [:]
            for _ in 0..<number(4) { members[name()] = value(depth: depth - 1) }
            return .object(members)
        }
    }

    /// A schema. References to the value itself go to later definitions only, so that none is endless.
    private mutating func schema(depth: Int, level: Int) -> SampleValue {
        if depth == 0 || chance(1, 8) { return .bool(!chance(1, 3)) }
        return .object(keywords(depth: depth - 1, level: level))
    }

    private mutating func keywords(depth: Int, level: Int) -> [String: SampleValue] {
        var keywords: [String: SampleValue] = [:]
        for _ in 0..<(1 + number(3)) { addKeyword(to: &keywords, depth: depth, level: level) }
        return keywords
    }

    private mutating func addKeyword(to keywords: inout [String: SampleValue], depth: Int, level: Int) {
        // Below a member or item a reference may lead anywhere: the value is smaller there.
        let below = { (self: inout Self) in self.schema(depth: depth, level: Self.below) }
        let beside = { (self: inout Self) in self.schema(depth: depth, level: level) }
        switch number(26) {
        case 0: keywords["type"] = chance(1, 2) ? type() : .array(distinct([type(), type()]))
        case 1: keywords["const"] = value(depth: 1)
        case 2: keywords["enum"] = .array(distinct([value(depth: 1), value(depth: 1), value(depth: 1)]))
        case 3: keywords[["minimum", "exclusiveMinimum"][number(2)]] = .halves(number(4))
        case 4: keywords[["maximum", "exclusiveMaximum"][number(2)]] = .halves(number(7))
        case 5: keywords["multipleOf"] = .halves(1 + number(4))
        case 6:
            keywords[(chance(1, 2) ? "min" : "max") + ["Length", "Items", "Properties"][number(3)]] = count()
        case 7: keywords["pattern"] = .string(["a", "^a", "b"][number(3)])
        case 8, 9:
            keywords["properties"] = .object(["a": below(&self), ["b", "ab"][number(2)]: below(&self)])
        case 10: keywords["patternProperties"] = .object([["a", "^b"][number(2)]: below(&self)])
        case 11: keywords["additionalProperties"] = below(&self)
        case 12: keywords["required"] = .array([.string(name())])
        case 13: keywords["propertyNames"] = below(&self)
        case 14: keywords["dependentRequired"] = .object([name(): .array([.string(name())])])
        case 15: keywords["dependentSchemas"] = .object([name(): beside(&self)])
        case 16: keywords["prefixItems"] = .array([below(&self), below(&self)])
        case 17: keywords["items"] = below(&self)
        case 18: addContains(to: &keywords, below(&self))
        case 19: keywords["uniqueItems"] = .bool(true)
        case 20, 21:
            let keyword = ["allOf", "anyOf", "oneOf"][number(3)]
            keywords[keyword] = .array((0..<(1 + number(3))).map { _ in beside(&self) })
        case 22: keywords["not"] = beside(&self)
        case 23:
            for keyword in ["if", "then", "else"] where chance(2, 3) { keywords[keyword] = beside(&self) }
        case 24: keywords[["unevaluatedProperties", "unevaluatedItems"][number(2)]] = below(&self)
        default: addReference(to: &keywords, level: level)
        }
    }

    private mutating func addContains(to keywords: inout [String: SampleValue], _ schema: SampleValue) {
        keywords["contains"] = schema
        if chance(1, 3) { keywords["minContains"] = count() }
        if chance(1, 3) { keywords["maxContains"] = count() }
    }

    private mutating func addReference(to keywords: inout [String: SampleValue], level: Int) {
        let targets = Self.definitions.dropFirst(max(level, 0)) + ["inner"]
        guard level <= Self.definitions.count, let target = targets.randomElement(using: &random) else {
            return
        }
        keywords["$ref"] = .string("\(Self.base)#/$defs/\(target)")
        // To the anchor of `inner`, unless the root has it as well.
        if level == Self.below, chance(1, 3) { keywords["$dynamicRef"] = .string("inner#n") }
    }

    private mutating func type() -> SampleValue {
        .string(["null", "boolean", "integer", "number", "string", "array", "object"][number(7)])
    }

    private func distinct(_ values: [SampleValue]) -> [SampleValue] {
        values.indices.filter { !values[..<$0].contains(values[$0]) }.map { values[$0] }
    }

    private mutating func name() -> String { Self.names[number(Self.names.count)] }
    private mutating func count() -> SampleValue { .integer(number(3)) }
    private mutating func number(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }
    private mutating func chance(_ part: Int, _ whole: Int) -> Bool { number(whole) < part }
}
