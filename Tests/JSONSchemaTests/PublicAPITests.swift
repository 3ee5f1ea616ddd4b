import JSONSchema
import Testing

/// The library as others see it: only what is public.
@Suite struct PublicAPITests {
    static let person = #"""
        {
          "type": "object",
          "properties": {
            "name": {"type": "string", "minLength": 1},
            "born": {"type": "string", "format": "date"},
            "role": {"enum": ["author", "editor"]}
          },
          "required": ["name"],
          "additionalProperties": false
        }
        """#

    @Test func tellsValidFromInvalid() throws {
        let schema = try Schema(.json(Self.person))
        #expect(schema.isValid(.json(#"{"name": "Ada", "born": "1815-12-10"}"#)))
        #expect(schema.isValid(.yaml("name: Ada\nborn: 1815-12-10\n")))
        #expect(!schema.isValid(.yaml("name: \"\"\n")))
        #expect(!schema.isValid(.json("{")))
    }

    @Test func explainsEveryFaultAtItsPlace() throws {
        let schema = try Schema(.json(Self.person))
        let findings = schema.explain(.yaml("born: 1815-02-30\nrole: auhtor\nnmae: Ada\n", path: "ada.yaml"))
        #expect(
            findings.map(\.description) == [
                #"ada.yaml:1:7: error[schema/format]: "1815-02-30" is not a date (a day that exists, like 2026-02-28)"#,
                #"ada.yaml:2:7: error[schema/enum]: "auhtor" is not one of the allowed values (did you mean "author"? allowed are "author" and "editor")"#,
                #"ada.yaml:3:1: error[schema/unknown-key]: unknown key "nmae" (did you mean "name"?)"#,
            ])
        #expect(findings.map(\.pointer) == ["/born", "/role", "/nmae"])
        #expect(findings.map(\.line) == [1, 2, 3])
        #expect(findings.map(\.column) == [7, 7, 1])
        #expect(findings.allSatisfy { $0.severity == .error && $0.path == "ada.yaml" })
        #expect(schema.explain(.yaml("{}")).map(\.hint) == [nil])
    }

    @Test func brokenTextIsAFinding() throws {
        let schema = try Schema(.json("true"))
        #expect(schema.explain(.json("[1,]")).map(\.rule) == ["json/syntax"])
        #expect(schema.explain(.yaml("a: 1\na: 2\n")).map(\.rule) == ["yaml/duplicate-key"])
    }

    @Test func brokenSchemaThrowsItsFindings() {
        let error = #expect(throws: SchemaError.self) {
            try Schema(.json(##"{"type": "strnig", "$ref": "#/$defs/none"}"##, path: "part.json"))
        }
        #expect(error?.findings.map(\.rule) == ["schema/invalid"])
        #expect(error?.description.hasPrefix("part.json:1:10: error[schema/invalid]: ") == true)
    }

    @Test func misspeltKeywordIsAWarning() throws {
        let schema = try Schema(.json(#"{"requried": ["name"]}"#))
        #expect(schema.warnings.map(\.severity) == [.warning])
        #expect(schema.warnings.first?.hint == #"did you mean "required"?"#)
        #expect(schema.isValid(.json("{}")))
    }

    @Test func referencesAreLoaded() throws {
        var options = SchemaOptions()
        options.loader = { uri in
            uri == "https://example.org/name.json" ? .json(#"{"type": "string"}"#, path: uri) : nil
        }
        let schema = try Schema(
            .json(#"{"$id": "https://example.org/main.json", "items": {"$ref": "name.json"}}"#),
            options: options)
        #expect(schema.isValid(.json(#"["a"]"#)))
        #expect(!schema.isValid(.json("[1]")))
        #expect(throws: SchemaError.self) {
            try Schema(.json(#"{"$ref": "https://example.org/name.json"}"#))
        }
    }

    @Test func optionsAreHeeded() throws {
        var options = SchemaOptions()
        options.assertsFormat = false
        options.defaultDraft = .draft7
        options.limits.bytes = 30
        options.limits.findings = 2
        let schema = try Schema(.yaml("items: [{format: ipv4}]"), options: options)
        #expect(schema.isValid(.json(#"["x"]"#)))
        #expect(
            schema.explain(.json(#"["a text much too long for the limit"]"#)).map(\.rule) == [
                "file/too-large"
            ])
        let numbers = try Schema(.yaml("items: {type: string}"), options: options)
        #expect(numbers.explain(.json("[1, 2, 3, 4]")).map(\.line) == [1, 1])
    }

    @Test func aCheckerTakesManyTexts() throws {
        let schema = try Schema(.json(Self.person))
        var checker = InstanceChecker(schema)
        for index in 0..<100 {
            let isValid = checker.isValid(.json(#"{"name": "\#(index)"}"#))
            let findings = checker.explain(.json(#"{"name": "x", "key\#(index)": 1}"#))
            #expect(isValid)
            #expect(findings.map(\.rule) == ["schema/unknown-key"])
        }
    }
}
