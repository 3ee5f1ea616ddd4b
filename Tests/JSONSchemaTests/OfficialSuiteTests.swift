import Diagnostics
import Documents
import TestKit
import Testing
import Text

@testable import JSONSchema

/// The official JSON Schema test suite: every test of the three drafts, none skipped.
@Suite struct OfficialSuiteTests {
    struct Part: Sendable, CustomTestStringConvertible {
        let draft: Draft
        let folder: String
        let expectedTests: Int
        var assertsFormat = false
        var testDescription: String { folder }
    }

    static let parts = [
        Part(draft: .draft2020, folder: "draft2020-12", expectedTests: 1299),
        Part(draft: .draft2020, folder: "draft2020-12/optional", expectedTests: 162),
        Part(
            draft: .draft2020, folder: "draft2020-12/optional/format", expectedTests: 764, assertsFormat: true
        ),
        Part(draft: .draft2019, folder: "draft2019-09", expectedTests: 1259),
        Part(draft: .draft2019, folder: "draft2019-09/optional", expectedTests: 158),
        Part(
            draft: .draft2019, folder: "draft2019-09/optional/format", expectedTests: 757, assertsFormat: true
        ),
        Part(draft: .draft7, folder: "draft7", expectedTests: 927),
        Part(draft: .draft7, folder: "draft7/optional", expectedTests: 118),
        Part(draft: .draft7, folder: "draft7/optional/format", expectedTests: 676, assertsFormat: true),
    ]

    @Test(arguments: parts) func everyTestOfTheSuiteAgrees(part: Part) throws {
        guard let shared = SharedData.folder else { return }
        let suite = shared + "/conformance/json-schema-test-suite"
        var run = SuiteRun(part: part, remotes: suite + "/remotes")
        for name in Files.names(in: "\(suite)/tests/\(part.folder)") where name.hasSuffix(".json") {
            try run.file(at: "\(suite)/tests/\(part.folder)/\(name)", name: name)
        }
        for failure in run.failures { Issue.record("\(part.folder)/\(failure)") }
        print("JSON Schema suite, \(part.folder): \(run.passed) of \(run.total) tests agree, 0 skipped")
        #expect(run.total == part.expectedTests)
    }
}

/// One part of the suite being run.
struct SuiteRun {
    let part: OfficialSuiteTests.Part
    let remotes: String
    var total = 0
    var passed = 0
    var failures: [String] = []

    mutating func file(at path: String, name: String) throws {
        let (document, _) = try parse(try #require(Files.bytes(at: path)))
        for group in document.children(of: 0) {
            let schema = try #require(document.member("schema", of: group.value))
            var writer = JSONWriter()
            writer.write(document, from: schema)
            var findings: [Diagnostic] = []
            let set = SchemaSet(
                [SchemaText(bytes: writer.bytes, path: name)], options: options(for: name),
                findings: &findings)
            let tests = try #require(document.member("tests", of: group.value))
            for test in document.children(of: tests) {
                try check(test.value, in: document, set: set, findings: findings, name: name)
            }
        }
    }

    private mutating func check(
        _ test: Int, in document: Document, set: SchemaSet, findings: [Diagnostic], name: String
    ) throws {
        total += 1
        let expected = try document[#require(document.member("valid", of: test))].kind == .true
        var writer = JSONWriter()
        writer.write(document, from: try #require(document.member("data", of: test)))
        let (instance, _) = try parse(writer.bytes, keys: set.keys)
        let description = document.member("description", of: test).map { document.string(at: $0) } ?? ""
        guard set.isUsable(0), !findings.contains(where: { $0.severity == .error }) else {
            failures.append("\(name): \(description): schema refused: \(findings.map(\.message))")
            return
        }
        var validator = SchemaValidator(set)
        let actual = validator.isValid(instance, schema: 0)
        let faults = validator.explain(instance, schema: 0, path: name)
        if actual != expected {
            failures.append("\(name): \(description): expected \(expected)")
        } else if faults.isEmpty != actual {
            failures.append(
                "\(name): \(description): the explaining pass disagrees: \(faults.map(\.message))")
        } else {
            passed += 1
        }
    }

    private func options(for name: String) -> SchemaOptions {
        var options = SchemaOptions()
        options.defaultDraft = part.draft
        options.assertsFormat = part.assertsFormat
        options.assertsContent = part.folder == "draft7/optional" && name == "content.json"
        let remotes = remotes
        options.loader = { uri in
            guard uri.hasPrefix("http://localhost:1234/") else { return nil }
            let path = remotes + "/" + uri.dropFirst("http://localhost:1234/".count)
            return Files.bytes(at: path).map { SchemaText(bytes: $0, path: uri, syntax: .json) }
        }
        return options
    }

    private func parse(_ bytes: [UInt8], keys: Interner = Interner()) throws -> (Document, Interner) {
        var document = Document()
        var keys = keys
        var findings: [Diagnostic] = []
        var reader = JSONReader()
        let isRead = reader.read(bytes, path: "", into: &document, keys: &keys, findings: &findings)
        try #require(isRead, "\(findings.map(\.message))")
        return (document, keys)
    }
}
