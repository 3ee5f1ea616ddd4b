import JSONSchema
import Testing

/// What is said of planted faults: all of them, each once, each at its place, with what to do.
@Suite struct ExplanationTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let schema: String
        let instance: String
        let expected: [String]

        init(_ name: String, _ schema: String, _ instance: String, _ expected: String...) {
            testDescription = name
            self.schema = schema
            self.instance = instance
            self.expected = expected
        }
    }

    @Test(arguments: values + members + lists + branches + cascades + conditions) func explains(
        _ planted: Case
    ) throws {
        let schema = try Schema(.yaml(planted.schema))
        let findings = schema.explain(.yaml(planted.instance)).map { finding in
            "\(finding.line):\(finding.column) \(finding.rule.dropFirst("schema/".count)): \(finding.message)"
                + (finding.hint.map { " | \($0)" } ?? "")
        }
        #expect(findings == planted.expected)
    }

    static let values = [
        Case(
            "type",
            "properties: {n: {type: integer}, s: {type: string}, b: {type: boolean}, l: {type: [array, 'null']}}",
            "n: 128k\ns: 1.0\nb: 'yes'\nl: x\n",
            #"1:4 type: expected an integer, found "128k""#,
            #"2:4 type: expected text, found 1.0 | put it in quotes to make it text"#,
            #"3:4 type: expected true or false, found "yes" | the only booleans are true and false"#,
            #"4:4 type: expected a list or null, found "x" | make it a list of one: [x]"#),
        Case(
            "quoted number", "properties: {n: {type: [integer, 'null']}}", "n: '128'",
            #"1:4 type: expected an integer or null, found "128" | remove the quotes"#),
        Case(
            "fraction", "{type: object, properties: {n: {type: integer}}}", "n: 1.5",
            #"1:4 type: expected an integer, found 1.5"#),
        Case(
            "key without a value", "properties: {n: {type: object}}", "n:\n",
            #"1:3 type: expected a mapping, found null | fill it in, or leave the key out"#),
        Case(
            "type says enough", "properties: {n: {type: string, enum: [a, b], pattern: '^[ab]$'}}", "n: 5",
            #"1:4 type: expected text, found 5 | put it in quotes to make it text"#),
        Case(
            "enum", "properties: {n: {enum: [instruct, base, 1, null]}}", "n: instuct",
            #"1:4 enum: "instuct" is not one of the allowed values | did you mean "instruct"? allowed are "instruct", "base", 1 and null"#
        ),
        Case(
            "enum far", "properties: {n: {enum: [instruct, base, 1, null]}}", "n: other",
            #"1:4 enum: "other" is not one of the allowed values | allowed are "instruct", "base", 1 and null"#
        ),
        Case(
            "enum with a type", "properties: {n: {enum: ['1', '2']}}", "n: 1",
            #"1:4 enum: 1 is not one of the allowed values | put it in quotes to make it text; allowed are "1" and "2""#
        ),
        Case(
            "enum with a pattern", "properties: {n: {enum: [a, b], pattern: '^[ab]$', minLength: 1}}", "n: c",
            #"1:4 enum: "c" is not one of the allowed values | allowed are "a" and "b""#),
        Case(
            "const", "properties: {schema: {const: model/v1}}", "schema: model/v2",
            #"1:9 const: expected "model/v1", found "model/v2""#),
        Case(
            "const container", "properties: {x: {const: [1, 2]}}", "x: [1, 3]",
            #"1:1 const: this is not the one value allowed here"#),
        Case(
            "range",
            "properties: {a: {minimum: 1}, b: {maximum: 10}, c: {exclusiveMinimum: 0}, d: {exclusiveMaximum: 1}}",
            "a: 0\nb: 10.5\nc: 0\nd: 1e0\n",
            #"1:4 range: 0 is below the minimum of 1"#,
            #"2:4 range: 10.5 is above the maximum of 10"#,
            #"3:4 range: 0 is not above 0"#,
            #"4:4 range: 1e0 is not below 1"#),
        Case(
            "multipleOf in decimals", "items: {multipleOf: 0.01}", "[0.07, 1.13, 0.075, 1e300]",
            #"1:14 multiple-of: 0.075 is not a multiple of 0.01"#),
        Case(
            "big numbers", "items: {multipleOf: 8, maximum: 1e30}",
            "[1000000000000000000000000000001, 1000000000000000000000000000000, 9e99]",
            #"1:2 multiple-of: 1000000000000000000000000000001 is not a multiple of 8"#,
            #"1:2 range: 1000000000000000000000000000001 is above the maximum of 1e30"#,
            #"1:68 range: 9e99 is above the maximum of 1e30"#),
        Case(
            "length", "items: {minLength: 2, maxLength: 3}", "['', a, abcd, é́é]",
            #"1:2 length: the text is empty"#,
            #"1:6 length: the text has 1 character, at least 2 needed"#,
            #"1:9 length: the text has 4 characters, at most 3 allowed"#),
        Case(
            "pattern", "properties: {id: {pattern: '^[a-z]+$'}}", "id: Apache 2.0",
            #"1:5 pattern: "Apache 2.0" does not match the pattern ^[a-z]+$"#),
        Case(
            "format", "properties: {d: {format: date}, u: {format: uri}}", "d: 2023-02-29\nu: example.org\n",
            #"1:4 format: "2023-02-29" is not a date | a day that exists, like 2026-02-28"#,
            #"2:4 format: "example.org" is not a URI | with its scheme, like https://example.org/path"#),
        Case(
            "long text is shortened", "properties: {x: {maxLength: 5, const: y}}",
            "x: aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggggggggg",
            #"1:4 const: expected "y", found "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeefffffff…""#),
        Case(
            "not", "properties: {level: {not: {const: 0}}, key: {not: {}}}", "level: 0\nkey: 1",
            #"1:8 not: this must not be 0"#,
            #"2:6 not: this value is of a form that is not allowed here"#),
        Case(
            "false", "properties: {old: false}", "old: 1",
            #"1:1 forbidden: the key "old" is not allowed here"#),
    ]

    static let members = [
        Case(
            "required stands at the owner",
            "{required: [id], properties: {limits: {required: [context, output]}}}",
            "name: x\nlimits:\n  input: 1\n",
            #"1:1 required: the key "id" is missing"#,
            #"2:1 required: the key "context" is missing"#,
            #"2:1 required: the key "output" is missing"#),
        Case(
            "unknown key",
            "{properties: {limits: {properties: {context: {}, max_output: {}}, additionalProperties: false}}}",
            "limits:\n  context: 1\n  max_ouput: 2\n  other: 3\n",
            #"3:3 unknown-key: unknown key "max_ouput" | did you mean "max_output"?"#,
            #"4:3 unknown-key: unknown key "other" | the keys allowed here are "context" and "max_output""#),
        Case(
            "a key that is there already is not offered",
            "{properties: {name: {}, names: {}}, additionalProperties: false}",
            "nam: 1\nname: 2\n",
            #"1:1 unknown-key: unknown key "nam" | the keys allowed here are "name" and "names""#),
        Case(
            "unknown key through allOf",
            """
            allOf: [{$ref: '#/$defs/base'}, {properties: {size: {type: integer}}}]
            unevaluatedProperties: false
            $defs: {base: {properties: {name: {type: string}}}}
            """, "name: a\nsize: 1\nnaem: b\n",
            #"3:1 unknown-key: unknown key "naem" | the keys allowed here are "name" and "size""#),
        Case(
            "schema for other keys", "additionalProperties: {type: integer}", "a: 1\nb: x\n",
            #"2:4 type: expected an integer, found "x""#),
        Case(
            "patternProperties", "{patternProperties: {'^x-': {type: string}}, additionalProperties: false}",
            "x-a: 1\nb: 2\n",
            #"1:6 type: expected text, found 1 | put it in quotes to make it text"#,
            #"2:1 unknown-key: unknown key "b""#),
        Case(
            "propertyNames", "propertyNames: {pattern: '^[a-z]+$', maxLength: 5}", "Width: 3\nheights: 1\n",
            #"1:1 property-name: the key "Width" is not a name allowed here: "Width" does not match the pattern ^[a-z]+$"#,
            #"2:1 property-name: the key "heights" is not a name allowed here: the text has 7 characters, at most 5 allowed"#
        ),
        Case(
            "count", "{minProperties: 2, properties: {a: {maxProperties: 1}}}", "a: {x: 1, y: 2}",
            #"1:1 properties: at least 2 keys needed, 1 found"#,
            #"1:1 properties: at most 1 key allowed, 2 found"#),
        Case(
            "dependentRequired", "dependentRequired: {from: [to, unit]}", "x: 1\nfrom: 1\n",
            #"2:1 dependency: "from" needs the key "to" beside it"#,
            #"2:1 dependency: "from" needs the key "unit" beside it"#),
        Case(
            "dependentSchemas",
            "dependentSchemas: {from: {properties: {to: {type: integer}}, required: [unit]}}",
            "from: 1\nto: x\n",
            #"1:1 required: the key "unit" is missing"#,
            #"2:5 type: expected an integer, found "x""#),
        Case(
            "forbidden together", "not: {required: [day, month]}", "day: 1\nmonth: 2\n",
            #"2:1 not: the keys "day" and "month" must not stand together"#),
        Case(
            "a key given twice hides nothing", "{required: [a, b], properties: {a: {}, b: {}}}",
            "a: 1\na: 2\n",
            #"1:1 required: the key "b" is missing"#,
            #"2:1 plicate-key: the key "a" is given twice, first in line 1 | keep one of the two"#),
        Case(
            "five mistakes",
            """
            required: [id]
            properties: {id: {}, n: {type: integer}, kind: {enum: [x, y]}, date: {format: date}, tags: {uniqueItems: true}}
            additionalProperties: false
            """, "n: x\nkind: z\ndate: today\ntags: [a, b, a]\nidd: 1\n",
            #"1:4 type: expected an integer, found "x""#,
            #"2:7 enum: "z" is not one of the allowed values | allowed are "x" and "y""#,
            #"3:7 format: "today" is not a date | a day that exists, like 2026-02-28"#,
            #"4:14 unique-items: the item "a" is in the list twice | the first stands in line 4"#,
            #"5:1 unknown-key: unknown key "idd" | did you mean "id"?"#),
    ]

    static let lists = [
        Case(
            "counts", "{properties: {a: {minItems: 1}, b: {maxItems: 1}}}", "a: []\nb: [1, 2]\n",
            #"1:1 items: at least 1 item needed, 0 found"#,
            #"2:1 items: at most 1 item allowed, 2 found"#),
        Case(
            "uniqueItems", "uniqueItems: true", "- a\n- 1\n- b\n- 1.0\n- a\n- {x: 1, y: 2}\n- {y: 2, x: 1}\n",
            #"4:3 unique-items: the item 1.0 is in the list twice | the first stands in line 2"#,
            #"5:3 unique-items: the item "a" is in the list twice | the first stands in line 1"#,
            #"7:3 unique-items: this item is in the list twice | the first stands in line 6"#),
        Case(
            "prefixItems", "{prefixItems: [{type: string}, {type: integer}], items: false}", "[1, x, 2, 3]",
            #"1:2 type: expected text, found 1 | put it in quotes to make it text"#,
            #"1:5 type: expected an integer, found "x""#,
            #"1:8 items: too many items: at most 2 items allowed here"#),
        Case(
            "contains",
            "{properties: {l: {contains: {const: en}}, m: {contains: {type: integer}, minContains: 2}}}",
            "l: [fr, de]\nm: [1, a]\n",
            #"1:1 contains: at least 1 item of this list must be "en", 0 found | add "en""#,
            #"2:1 contains: at least 2 items of this list must be an integer, 1 found | add an integer"#),
        Case(
            "maxContains", "{contains: {type: 'null'}, maxContains: 1}", "[null, null]",
            #"1:1 contains: at most 1 item of this list must be null, 2 found | take out what is more"#),
        Case(
            "unevaluatedItems", "{allOf: [{prefixItems: [{type: integer}]}], unevaluatedItems: false}",
            "[1, 2, 3]",
            #"1:5 items: this item is not one that the schema allows"#,
            #"1:8 items: this item is not one that the schema allows"#),
        Case(
            "unevaluatedItems beside a fault",
            "{allOf: [{prefixItems: [{type: integer}, true]}], unevaluatedItems: false}", "[x, 2, 3]",
            #"1:2 type: expected an integer, found "x""#,
            #"1:8 items: this item is not one that the schema allows"#),
    ]

    private static let price = """
        required: [kind]
        oneOf:
          - {properties: {kind: {const: token}, input: {type: number}, output: {type: number}}, required: [input, output], additionalProperties: false}
          - {properties: {kind: {const: image}, each: {type: number}}, required: [each], additionalProperties: false}
          - {properties: {kind: {enum: [minute, hour]}, rate: {type: number}}, required: [rate], additionalProperties: false}
        """

    static let branches = [
        Case(
            "the tag selects the branch", price, "kind: minute\nrate: 3\nsurplus: 1\n",
            #"3:1 unknown-key: unknown key "surplus" (kind "minute") | the keys allowed here are "kind" and "rate""#
        ),
        Case(
            "the fault inside the branch", price, "kind: token\ninput: 1\noutput: x\n",
            #"3:9 type: expected a number, found "x""#),
        Case(
            "no such tag", price, "kind: imgae\neach: 1\n",
            #"1:7 enum: "imgae" is not one of the allowed values | did you mean "image"? allowed are "token", "image", "minute" and "hour""#
        ),
        Case(
            "no tag", price, "each: 1\n",
            #"1:1 required: the key "kind" is missing"#),
        Case(
            "by type", "properties: {x: {anyOf: [{type: string}, {type: array, items: {type: string}}]}}",
            "x: [a, 1]",
            #"1:8 type: expected text, found 1 | put it in quotes to make it text"#),
        Case(
            "by type, none",
            "properties: {x: {anyOf: [{type: string}, {type: array, items: {type: string}}]}}", "x: 1",
            #"1:4 type: expected a list or text, found 1 | put it in quotes to make it text"#),
        Case(
            "constants", "properties: {x: {oneOf: [{const: left}, {const: right}]}}", "x: rihgt",
            #"1:4 enum: "rihgt" is not one of the allowed values | did you mean "right"? allowed are "left" and "right""#
        ),
        Case(
            "by names",
            """
            oneOf:
              - {properties: {lat: {type: number}, lon: {type: number}}, required: [lat, lon]}
              - {properties: {city: {type: string}}, required: [city]}
            """, "lat: 1\nlon: east\n",
            #"2:6 type: expected a number, found "east""#),
        Case(
            "nothing tells", "oneOf: [{required: [day]}, {required: [month]}]", "year: 1",
            #"1:1 branch: this value has none of the 2 allowed forms | the key "day" is missing or the key "month" is missing"#
        ),
        Case(
            "nothing there", "anyOf: [{required: [day]}, {required: [month]}]", "{}",
            #"1:1 branch: this value has none of the 2 allowed forms | the key "day" is missing or the key "month" is missing"#
        ),
        Case(
            "several fit", "oneOf: [{required: [day]}, {required: [month]}]", "day: 1\nmonth: 2\n",
            #"1:1 branch: this value has more than one of the 2 allowed forms: a mapping with "day" and a mapping with "month" | it must have exactly one; leave out what belongs to the other"#
        ),
        Case(
            "several fit, with titles", "oneOf: [{title: Whole, type: integer}, {title: Any, type: number}]",
            "1",
            #"1:1 branch: this value has more than one of the 2 allowed forms: "Whole" and "Any" | it must have exactly one; leave out what belongs to the other"#
        ),
        Case(
            "texts", "anyOf: [{format: date}, {pattern: '^v[0-9]+$'}]", "today",
            #"1:1 branch: this value has none of the 2 allowed forms | "today" is not a date or "today" does not match the pattern ^v[0-9]+$"#
        ),
        Case(
            "tag in allOf",
            """
            oneOf: [{allOf: [{$ref: '#/$defs/a'}]}, {$ref: '#/$defs/b'}]
            $defs:
              a: {properties: {t: {const: a}, x: {type: integer}}}
              b: {properties: {t: {const: b}, x: {type: string}}}
            """, "t: a\nx: y\n",
            #"2:4 type: expected an integer, found "y""#),
        Case(
            "branch in branch",
            """
            $ref: '#/$defs/node'
            $defs:
              node:
                oneOf:
                  - {type: integer}
                  - {properties: {op: {const: add}, left: {$ref: '#/$defs/node'}, right: {$ref: '#/$defs/node'}}, required: [left, right]}
                  - {properties: {op: {const: neg}, of: {$ref: '#/$defs/node'}}, required: [of]}
            """, "op: add\nleft: {op: neg, of: {op: ngeg, of: 1}}\nright: x\n",
            #"2:26 enum: "ngeg" is not one of the allowed values | did you mean "neg"? allowed are "add" and "neg""#,
            #"3:8 branch: this value has more than one of the 3 allowed forms: a mapping with "left" and "right" and a mapping with "of" | it must have exactly one; leave out what belongs to the other"#
        ),
    ]

    static let cascades = [
        Case(
            "the siblings of a fault are innocent",
            """
            allOf: [{properties: {a: {type: integer}, b: {}, c: {}}}]
            properties: {d: {}}
            unevaluatedProperties: false
            """, "a: x\nb: 1\nc: 2\nd: 3\ne: 4\n",
            #"1:4 type: expected an integer, found "x""#,
            #"5:1 unknown-key: unknown key "e" | the keys allowed here are "d", "a", "b" and "c""#),
        Case(
            "a schema for all keys speaks of all",
            """
            allOf: [{additionalProperties: {type: integer}}]
            unevaluatedProperties: false
            """, "a: 1\nb: x\n",
            #"2:4 type: expected an integer, found "x""#),
        Case(
            "said twice, told once",
            "{$ref: '#/$defs/x', allOf: [{$ref: '#/$defs/x'}], type: object, $defs: {x: {properties: {a: {type: integer}}, required: [b]}}}",
            "a: x\n",
            #"1:1 required: the key "b" is missing"#,
            #"1:4 type: expected an integer, found "x""#),
        Case(
            "unknown for two schemas",
            "{allOf: [{properties: {a: {}}, additionalProperties: false}], unevaluatedProperties: false}",
            "b: 1",
            #"1:1 unknown-key: unknown key "b" | the keys allowed here are "a""#),
        Case(
            "a branch that fails beside",
            """
            properties: {id: {}}
            oneOf: [{properties: {t: {const: a}, x: {type: integer}}, required: [t]}, {properties: {t: {const: b}, y: {}}, required: [t]}]
            unevaluatedProperties: false
            """, "id: 1\nt: a\nx: no\nz: 1\n",
            #"3:4 type: expected an integer, found "no""#,
            #"4:1 unknown-key: unknown key "z" | the keys allowed here are "id", "t", "x" and "y""#),
    ]

    static let conditions = [
        Case(
            "then",
            "{if: {properties: {status: {const: retired}}, required: [status]}, then: {required: [retired_on]}}",
            "status: retired\n",
            #"1:1 required: the key "retired_on" is missing (status "retired")"#),
        Case(
            "else", "{if: {required: [a]}, then: {required: [b]}, else: {required: [c]}}", "x: 1",
            #"1:1 required: the key "c" is missing"#),
        Case(
            "inside then", "{if: {required: [a]}, then: {properties: {b: {type: integer}}}}", "a: 1\nb: x\n",
            #"2:4 type: expected an integer, found "x""#),
    ]
}
