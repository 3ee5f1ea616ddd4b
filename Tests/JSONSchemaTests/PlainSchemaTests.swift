import Diagnostics
import Documents
import TestKit
import Testing
import Text

@testable import JSONSchema

/// The quick look at schemas says yes only where the meta-schema does.
@Suite struct PlainSchemaTests {
    private func read(_ text: String) throws -> Document {
        var document = Document()
        var keys = Interner()
        var findings: [Diagnostic] = []
        var reader = JSONReader()
        let isRead = reader.read(
            Array(text.utf8), path: "", into: &document, keys: &keys, findings: &findings)
        try #require(isRead, "\(findings.map(\.message))")
        return document
    }

    private func metaSchemaAccepts(_ document: Document, _ draft: Draft) -> Bool {
        let program = MetaSchemas.program(for: draft)
        var evaluator = Evaluator(program: program)
        return evaluator.isValid(document.rekeyed(from: program.keys), entry: 0)
    }

    @Test(arguments: [
        #"{"type": "objekt"}"#, #"{"type": []}"#, #"{"type": ["string", "string"]}"#, #"{"type": 1}"#,
        #"{"required": "id"}"#, #"{"required": ["a", "a"]}"#, #"{"required": [1]}"#, #"{"minimum": "1"}"#,
        #"{"multipleOf": 0}"#, #"{"minLength": -1}"#, #"{"minItems": 1.5}"#, #"{"pattern": "("}"#,
        #"{"patternProperties": {"(": true}}"#, #"{"properties": []}"#, #"{"properties": {"a": 1}}"#,
        #"{"allOf": []}"#, #"{"allOf": {}}"#, #"{"not": 1}"#, #"{"items": 3}"#, #"{"enum": 1}"#,
        #"{"uniqueItems": "yes"}"#, #"{"$ref": 1}"#, #"{"$id": "a#b"}"#, #"{"$anchor": "1a"}"#,
        #"{"$defs": {"a": {"type": "x"}}}"#, #"{"title": 1}"#, #"{"dependentRequired": {"a": "b"}}"#,
        #"{"if": "a"}"#, #"{"$schema": 1}"#, #"{"examples": 1}"#, #"[]"#, #"1"#,
    ])
    func whatTheMetaSchemaRefusesIsNotPlain(schema: String) throws {
        let document = try read(schema)
        #expect(!metaSchemaAccepts(document, .draft2020))
        #expect(!PlainSchema(document, draft: .draft2020).isSound())
    }

    @Test func ourOwnSchemasArePlain() throws {
        for path in Repository.files(below: "schemas") {
            #expect(PlainSchema(try read(Repository.text(of: path)), draft: .draft2020).isSound(), "\(path)")
        }
    }

    @Test(arguments: Draft.allCases) func plainSchemasOfTheSuiteSatisfyTheMetaSchema(draft: Draft) throws {
        guard let shared = SharedData.folder else { return }
        let name = draft == .draft7 ? "draft7" : draft == .draft2019 ? "draft2019-09" : "draft2020-12"
        let folder = "\(shared)/conformance/json-schema-test-suite/tests/\(name)"
        var plain = 0
        for path in Files.tree(below: folder) {
            let suite = try read(Files.text(at: "\(folder)/\(path)") ?? "")
            for group in suite.children(of: 0) {
                let schema = try #require(suite.member("schema", of: group.value))
                // Every mutation of one value, too: what it becomes may be wrong, and then must not be plain.
                for replacement in ["", "1", "\"x\"", "[]", "{}", "true"] {
                    let text = replacing(schema, of: suite, with: replacement)
                    let document = try read(text)
                    guard PlainSchema(document, draft: draft).isSound() else { continue }
                    plain += 1
                    #expect(metaSchemaAccepts(document, draft), "\(path): \(text)")
                }
            }
        }
        #expect(plain > 300)
    }

    /// The schema as text, its first member's value replaced; unchanged for an empty replacement.
    private func replacing(_ schema: Int, of suite: Document, with replacement: String) -> String {
        let line = JSONWriter.line(suite, schema)
        guard !replacement.isEmpty, suite[schema].kind == .mapping else { return line }
        let members = suite.children(of: schema).map { child in
            (child.key.map { JSONWriter.line(suite, $0) } ?? "", JSONWriter.line(suite, child.value))
        }
        return "{"
            + members.enumerated().map { index, member in
                let isLast = index == members.count - 1
                return "\(member.0): \(isLast ? replacement : member.1)"
            }.joined(separator: ", ") + "}"
    }
}
