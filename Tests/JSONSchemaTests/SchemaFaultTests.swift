import JSONSchema
import Testing

/// Schemas that are themselves wrong: each fault a finding in the schema's own text, at its place.
@Suite struct SchemaFaultTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let schema: String
        let expected: [String]

        init(_ name: String, _ schema: String, _ expected: String...) {
            testDescription = name
            self.schema = schema
            self.expected = expected
        }
    }

    static let broken = [
        Case(
            "bad type", "properties:\n  a:\n    type: strnig\n",
            ##"3:11 invalid: "strnig" is not one of the allowed values | did you mean "string"? allowed are "array", "boolean", "integer", "null", "number", "object" and "string""##
        ),
        Case(
            "bad count", "{minLength: -1, required: name, minItems: 1.5}",
            ##"1:13 invalid: -1 is below the minimum of 0"##,
            ##"1:27 invalid: expected a list, found "name" | make it a list of one: [name]"##,
            ##"1:43 invalid: expected an integer, found 1.5"##),
        Case(
            "bad subschema", "properties: {a: 3}",
            ##"1:17 invalid: expected a mapping or a boolean, found 3"##),
        Case(
            "empty allOf", "allOf: []",
            ##"1:1 invalid: at least 1 item needed, 0 found"##),
        Case(
            "no schema at all", "[1]",
            ##"1:1 invalid: expected a mapping or a boolean, found a list"##),
        Case(
            "reference that leads nowhere", "{$ref: '#/$defs/siez', $defs: {size: {}}}",
            ##"1:8 reference: the reference "#/$defs/siez" leads nowhere | did you mean "#/$defs/size"?"##),
        Case(
            "reference to an unknown file", "items: {$ref: other.json}",
            ##"1:15 reference: the reference "other.json" leads nowhere | the schema it names is not loaded"##
        ),
        Case(
            "unknown anchor", "items: {$ref: '#nobody'}",
            ##"1:15 reference: the reference "#nobody" leads nowhere | it has no such anchor"##),
        Case(
            "unknown dialect", "{$schema: 'http://json-schema.org/draft-03/schema#', type: string}",
            ##"1:11 dialect: the meta-schema "http://json-schema.org/draft-03/schema#" is not known | name one of https://json-schema.org/draft/2020-12/schema, https://json-schema.org/draft/2019-09/schema, http://json-schema.org/draft-07/schema#"##
        ),
        Case(
            "bad pattern", "properties: {a: {pattern: '^[a-z+$'}}",
            ##"1:27 regex: the pattern "^[a-z+$" cannot be used: unterminated character class"##),
        Case(
            "bad pattern of names", "patternProperties: {'(': {}}",
            ##"1:21 regex: the pattern "(" cannot be used: unterminated group"##),
        Case(
            "pattern beyond the engine", "pattern: '(a)\\1'",
            ##"1:10 regex: the pattern "(a)\1" cannot be used: back-references are not supported: they cannot be matched in linear time"##
        ),
        Case(
            "reference to itself",
            "{$defs: {a: {$ref: '#/$defs/b'}, b: {allOf: [{$ref: '#/$defs/a'}]}}, items: {$ref: '#/$defs/a'}}",
            ##"1:46 reference: this schema refers to itself without end | let the reference stand below a keyword such as "properties" or "items""##
        ),
        Case(
            "the same id twice",
            "$defs:\n  a: {$id: 'https://example.org/x'}\n  b: {$id: 'https://example.org/x'}\n",
            ##"3:12 invalid: another schema has the same "$id" | it stands in text.yaml, line 2"##),
        Case(
            "the same anchor twice", "$defs:\n  a: {$anchor: x}\n  b: {$anchor: x}\n",
            ##"3:16 invalid: another schema has the same anchor | the first stands in line 2"##),
        Case(
            "three faults", "properties:\n  a: {type: intger}\n  b: {required: [x, x]}\n  c: {enum: 1}\n",
            ##"2:13 invalid: "intger" is not one of the allowed values | did you mean "integer"? allowed are "array", "boolean", "integer", "null", "number", "object" and "string""##,
            ##"3:21 invalid: the item "x" is in the list twice | the first stands in line 3"##,
            ##"4:13 invalid: expected a list, found 1 | make it a list of one: [1]"##),
    ]

    @Test(arguments: broken) func faultsOfSchemas(_ planted: Case) {
        let error = #expect(throws: SchemaError.self) { try Schema(.yaml(planted.schema)) }
        #expect(error?.findings.map(Self.line) == planted.expected)
    }

    static let suspicious = [
        Case(
            "misspelt", "properties: {a: {minLenght: 1}}\nrequried: [a]\nadditonalProperties: false\n",
            ##"1:18 invalid: the unknown keyword "minLenght" checks nothing | did you mean "minLength"?"##,
            ##"2:1 invalid: the unknown keyword "requried" checks nothing | did you mean "required"?"##,
            ##"3:1 invalid: the unknown keyword "additonalProperties" checks nothing | did you mean "additionalProperties"?"##
        ),
        Case(
            "unknown words are fine",
            "{x-requird: 1, nullable: true, example: 3, discriminator: {}, $comment: x, notes: y}"),
        Case(
            "names of properties are no keywords",
            "{properties: {requird: {}}, $defs: {propertis: {}}, const: {tpye: 1}}"),
        Case(
            "a keyword of another draft",
            "{$schema: 'http://json-schema.org/draft-07/schema#', dependentRequired: {a: [b]}, propertis: {}}",
            ##"1:83 invalid: the unknown keyword "propertis" checks nothing | did you mean "properties"?"##),
        Case(
            "draft-07 ignores what stands beside a reference",
            "{$schema: 'http://json-schema.org/draft-07/schema#', definitions: {a: {}}, $ref: '#/definitions/a', type: string}"
        ),
    ]

    @Test(arguments: suspicious) func warningsOfSchemas(_ planted: Case) throws {
        let schema = try Schema(.yaml(planted.schema))
        #expect(schema.warnings.allSatisfy { $0.severity == .warning })
        #expect(schema.warnings.map(Self.line) == planted.expected)
    }

    @Test func aFaultInALoadedSchemaStandsThere() {
        var options = SchemaOptions()
        options.loader = { .json(#"{"properties": {"a": {"type": "nubmer"}}}"#, path: $0) }
        let error = #expect(throws: SchemaError.self) {
            try Schema(.json(#"{"$ref": "https://example.org/a.json"}"#), options: options)
        }
        #expect(error?.findings.map(\.path) == ["https://example.org/a.json"])
        #expect(error?.findings.map(\.pointer) == ["/properties/a/type"])
    }

    private static func line(_ finding: SchemaFinding) -> String {
        "\(finding.line):\(finding.column) \(finding.rule.dropFirst("schema/".count)): \(finding.message)"
            + (finding.hint.map { " | \($0)" } ?? "")
    }
}
