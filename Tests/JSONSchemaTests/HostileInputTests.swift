import Testing

@testable import JSONSchema

/// Schemas and instances made to hurt: each must be answered, within the evaluator's bounds.
///
/// No clock: a test that hangs is a failure that nobody overlooks.
@Suite struct HostileInputTests {
    private static let tooCostly = ["checking this against its schema takes too many steps"]

    private func messages(_ schema: String, _ instance: String) throws -> [String] {
        var options = SchemaOptions()
        options.limits.steps = 300_000
        return try Schema(.json(schema), options: options).explain(.json(instance)).map(\.message)
    }

    /// Each of 60 definitions applies the next one twice: 2^60 steps.
    @Test(arguments: ["allOf", "anyOf", "oneOf"]) func fanOutOfReferences(keyword: String) throws {
        let definitions = (0..<60).map { index in
            let next = "{\"$ref\": \"#/$defs/d\(index + 1)\"}"
            return "\"d\(index)\": {\"\(keyword)\": [\(next), {\"allOf\": [\(next)]}]}"
        }
        let schema = """
            {"$ref": "#/$defs/d0", "$defs": {\(definitions.joined(separator: ", ")), "d60": {"type": "string"}}}
            """
        // `anyOf` is content with the first branch that fits; the others have to look at all of them.
        #expect(try messages(schema, "\"text\"") == (keyword == "anyOf" ? [] : Self.tooCostly))
        if keyword != "allOf" { #expect(try messages(schema, "1") == Self.tooCostly) }
    }

    @Test func negationDoesNotTurnGivingUpIntoAgreement() throws {
        let definitions = (0..<60).map { index in
            let next = "{\"$ref\": \"#/$defs/d\(index + 1)\"}"
            return "\"d\(index)\": {\"allOf\": [\(next), \(next)]}"
        }
        let schema = """
            {"not": {"$ref": "#/$defs/d0"}, "$defs": {\(definitions.joined(separator: ", ")), "d60": {}}}
            """
        #expect(try messages(schema, "1") == Self.tooCostly)
    }

    /// A tree of forms that look alike, with a fault at its tip: every level tries every form.
    @Test func nestedBranchesAreExplained() throws {
        let form = ##"{"type": "object", "properties": {"next": {"$ref": "#"}}, "required": ["next"]}"##
        let schema = "{\"oneOf\": [{\"type\": \"string\"}, \(form), \(form), \(form)]}"
        let depth = 50
        let instance =
            String(repeating: "{\"next\": ", count: depth) + "1" + String(repeating: "}", count: depth)
        #expect(try messages(schema, instance).count == 1)
    }

    @Test func deepChainOfReferences() throws {
        let definitions = (0..<3_000).map { "\"d\($0)\": {\"$ref\": \"#/$defs/d\($0 + 1)\"}" }
        let schema = """
            {"$ref": "#/$defs/d0", "$defs": {\(definitions.joined(separator: ", ")), "d3000": {"type": "string"}}}
            """
        #expect(try messages(schema, "1") == Self.tooCostly)
    }

    /// Endless only by way of the dynamic scope, which no check of the schema can see.
    @Test func endlessDynamicReference() throws {
        let schema = ##"""
            {"$id": "https://example.org/outer", "$dynamicAnchor": "x", "$ref": "inner",
             "$defs": {"inner": {"$id": "inner", "$dynamicRef": "#x",
                                 "$defs": {"x": {"$dynamicAnchor": "x"}}}}}
            """##
        #expect(try messages(schema, "1") == Self.tooCostly)
    }

    @Test func deepInstanceAgainstRecursiveSchema() throws {
        var options = SchemaOptions()
        options.limits.depth = 500
        let schema = try Schema(
            .json(##"{"items": {"$ref": "#"}, "uniqueItems": true, "type": "array"}"##), options: options)
        let depth = 480
        let instance = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        #expect(schema.isValid(.json(instance)))
        #expect(
            schema.explain(.json(String(repeating: "[", count: 100_000))).map(\.rule) == ["yaml/too-deep"])
    }

    @Test func manyUniqueItems() throws {
        let numbers = (0..<20_000).map(String.init).joined(separator: ",")
        let schema = try Schema(.json(#"{"uniqueItems": true}"#))
        #expect(schema.isValid(.json("[\(numbers)]")))
        let findings = schema.explain(.json("[\(numbers),\(numbers.prefix(100_000)),5]"))
        #expect(findings.count == 200)
    }

    /// Objects whose members add up to the same if their hashes are not seeded and mixed.
    @Test func itemsThatWouldCollide() throws {
        let items = (0..<10_000).map { index in
            "{" + (0..<14).map { "\"\(index >> $0 & 1 == 0 ? "a" : "b")\($0)\": true" }.joined(separator: ",")
                + "}"
        }
        var options = SchemaOptions()
        options.limits.values = 1_000_000
        options.limits.bytes = 1 << 24
        let schema = try Schema(.json(#"{"uniqueItems": true}"#), options: options)
        #expect(schema.isValid(.json("[\(items.joined(separator: ","))]")))
    }

    @Test func largeObjectsInAnotherOrder() throws {
        let members = (0..<40_000).map { "\"k\($0)\":1" }
        let schema = try Schema(.json("{\"const\": {\(members.joined(separator: ","))}}"))
        #expect(schema.isValid(.json("{\(members.reversed().joined(separator: ","))}")))
        #expect(!schema.isValid(.json("{\(members.dropFirst().joined(separator: ","))}")))
    }

    @Test func largeEnumerations() throws {
        let values = (0..<50_000).map { "\($0)" }.joined(separator: ",")
        let schema = "{\"items\": {\"enum\": [\(values)]}}"
        #expect(try messages(schema, "[49999, 1.0, 7e0]").isEmpty)
        let many = Array(repeating: "-1", count: 50_000).joined(separator: ",")
        #expect(try !messages(schema, "[\(many)]").isEmpty)
    }

    @Test func manyDependencies() throws {
        let names = (0..<30_000).map { "\"k\($0)\"" }
        let schema = "{\"dependentRequired\": {\"a\": [\(names.joined(separator: ","))]}}"
        let members = (0..<30_000).map { "\"m\($0)\":1" } + ["\"a\":1"]
        #expect(try messages(schema, "{\(members.joined(separator: ","))}") == Self.tooCostly)
    }

    @Test func manyFaultsAreCutOff() throws {
        let members = (0..<9_000).map { "\"k\($0)\":1" }
        let names = (0..<50).map { "\"name\($0)\": true" }
        let schema = "{\"additionalProperties\": false, \"properties\": {\(names.joined(separator: ","))}}"
        #expect(try messages(schema, "{\(members.joined(separator: ","))}").count == 200)
    }

    @Test(arguments: ["1e999999999", "-1e999999999", "1e-999999999", "1E+99999999999999999999", "0e1"])
    func extremeExponents(number: String) throws {
        let schema = """
            {"multipleOf": 0.01, "minimum": -1e400, "maximum": 1e400, "enum": [\(number), 1], "minLength": 1e99}
            """
        let findings = try messages(schema, number)
        #expect(findings.isEmpty || !findings.contains(""))
        #expect(try !Schema(.json("{\"minItems\": 1e99}")).isValid(.json("[1]")))
        #expect(try Schema(.json("{\"maxItems\": 1e99, \"minContains\": 1e99}")).isValid(.json("[1]")))
        #expect(try !Schema(.json("{\"contains\": {}, \"minContains\": 1e99}")).isValid(.json("[1]")))
    }

    @Test func longNumbersAgainstLongDivisor() throws {
        let divisor = String(repeating: "7", count: 999)
        let numbers = Array(repeating: String(repeating: "3", count: 999), count: 500).joined(separator: ",")
        #expect(try !messages("{\"items\": {\"multipleOf\": \(divisor)}}", "[\(numbers)]").isEmpty)
    }

    @Test func patternsThatCannotBeMadeAutomata() throws {
        let text = String(repeating: "a", count: 500_000)
        #expect(try messages(#"{"pattern": "^(?=(a?){3000}b)"}"#, "\"\(text)\"") == Self.tooCostly)
        let groups = String(repeating: "(", count: 100_000)
        #expect(try messages(#"{"format": "regex"}"#, "\"\(groups)\"").count == 1)
    }

    @Test func manyPatterns() throws {
        let patterns = (0..<60).map { "\"^(a|b)*a(a|b){6}\($0)$\": true" }.joined(separator: ",")
        let schema = try Schema(.json("{\"patternProperties\": {\(patterns)}}"))
        #expect(schema.isValid(.json(#"{"abab": 1}"#)))
        let large = (0..<300).map { "\"a{\(9_000 + $0)}\": true" }.joined(separator: ",")
        let error = #expect(throws: SchemaError.self) {
            try Schema(.json("{\"patternProperties\": {\(large)}}"))
        }
        #expect(error?.findings.first?.rule == "schema/regex")
    }

    @Test func manyDynamicAnchors() throws {
        let count = 5_000
        let resources = (0..<count).map { "\"r\($0)\": {\"$id\": \"r\($0)\", \"$dynamicAnchor\": \"x\"}" }
        let references = Array(repeating: ##"{"$dynamicRef": "r0#x"}"##, count: count)
        let schema = """
            {"$id": "https://example.org/", "$defs": {\(resources.joined(separator: ","))}, \
            "prefixItems": [\(references.joined(separator: ","))]}
            """
        #expect(try Schema(.json(schema)).isValid(.json("[1]")))
    }

    @Test func manyReferencesIntoManyDefinitions() throws {
        let definitions = (0..<15_000).map { "\"d\($0)\": {}" }.joined(separator: ",")
        let references = (0..<15_000).map { "{\"$ref\": \"#/$defs/d\($0)\"}" }.joined(separator: ",")
        let schema = "{\"$defs\": {\(definitions)}, \"prefixItems\": [\(references)]}"
        #expect(try Schema(.json(schema)).isValid(.json("[1]")))
    }

    @Test func alikeKeysAreFoundByHandle() throws {
        let members = (0..<20_000).map { "\"k\($0)\": {\"type\": \"null\"}" }.joined(separator: ",")
        let schema = try Schema(.json("{\"properties\": {\(members)}}"))
        let unknown = (0..<40_000).map { "\"u\($0)\": 1" }.joined(separator: ",")
        #expect(schema.isValid(.json("{\(unknown)}")))
    }

    @Test(arguments: ["additionalProperties", "unevaluatedProperties"]) func manyUnknownKeys(keyword: String)
        throws
    {
        let members = (0..<70_000).map { "\"k\($0)\": 1" }.joined(separator: ",")
        let schema = try Schema(.json("{\"\(keyword)\": false, \"properties\": {\"id\": true}}"))
        let faults = schema.explain(.json("{\(members)}"))
        #expect(faults.count == 200 && faults.allSatisfy { $0.rule == "schema/unknown-key" })
    }

    @Test func manyRequiredKeys() throws {
        let names = (0..<90_000).map { "\"k\($0)\"" }.joined(separator: ",")
        let faults = try Schema(.json("{\"required\": [\(names)]}")).explain(.json("{\"k0\": 1}"))
        #expect(faults.count == 200 && faults.allSatisfy { $0.rule == "schema/required" })
    }

    /// Nothing of these lists is text, so their places must not be looked for in it.
    @Test(arguments: ["[[], []]", "[{}, {}, {}]", "[[[]], 0]"]) func listsWithoutText(instance: String) throws
    {
        #expect(try messages(#"{"type": "object"}"#, instance) == ["expected a mapping, found a list"])
    }
}
