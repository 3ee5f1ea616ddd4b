import ArgumentParser
import Commands
import Diagnostics
import Documents
import JSONSchema
import Text

/// `registry schema bowtie`: the harness of Bowtie, the public report on JSON Schema implementations.
///
/// One JSON object a line on the standard input, one a line in answer: `start`, `dialect`, `run`, `stop`.
struct SchemaBowtieCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "bowtie", abstract: "Speaks the JSON-lines protocol of Bowtie on the standard streams.")

    func run(on console: Console) throws -> ExitStatus {
        var session = BowtieSession()
        while let line = console.inputLine() {
            guard let answer = session.answer(to: line) else { return .clean }
            console.output(answer + "\n")
        }
        return .clean
    }
}

/// One conversation with Bowtie.
struct BowtieSession {
    private var draft = Draft.draft2020

    /// The answer to one line; nil when the line says to stop.
    mutating func answer(to line: String) -> String? {
        var document = Document()
        var keys = Interner()
        var findings: [Diagnostic] = []
        var reader = JSONReader(limits: BowtieSession.limits)
        guard
            reader.read(Array(line.utf8), path: "request", into: &document, keys: &keys, findings: &findings),
            let command = document.member("cmd", of: 0)
        else { return BowtieSession.errored(sequence: "null", findings.first?.message ?? "not a request") }
        switch document.string(at: command) {
        case "start": return BowtieSession.introduction
        case "dialect":
            let name = document.member("dialect", of: 0).map { document.string(at: $0) } ?? ""
            guard let draft = Draft(metaSchema: name) else { return "{\"ok\": false}" }
            self.draft = draft
            return "{\"ok\": true}"
        case "run": return run(document)
        case "stop": return nil
        default: return BowtieSession.errored(sequence: "null", "unknown command")
        }
    }

    private func run(_ request: Document) -> String {
        let sequence = request.member("seq", of: 0).map { BowtieSession.json(request, $0) } ?? "null"
        guard let testCase = request.member("case", of: 0),
            let schema = request.member("schema", of: testCase),
            let tests = request.member("tests", of: testCase)
        else { return BowtieSession.errored(sequence: sequence, "the case has no schema or no tests") }
        let registry = request.member("registry", of: testCase)
        var options = options
        options.loader = { uri in
            // The registry holds every remote schema there is, for each case anew: only what is asked for is taken.
            registry.flatMap { request.member(uri, of: $0) ?? request.member(uri + "#", of: $0) }.map {
                .json(BowtieSession.json(request, $0), path: uri)
            }
        }
        do throws(SchemaError) {
            let text = SchemaText.json(BowtieSession.json(request, schema), path: "schema")
            let results = BowtieSession.results(try Schema(text, options: options), tests, in: request)
            return "{\"seq\": \(sequence), \"results\": [\(results.joined(separator: ", "))]}"
        } catch {
            return BowtieSession.errored(sequence: sequence, error.description)
        }
    }

    private static func results(_ schema: Schema, _ tests: Int, in request: Document) -> [String] {
        var checker = InstanceChecker(schema)
        return request.children(of: tests).map { test in
            guard let instance = request.member("instance", of: test.value) else {
                return #"{"errored": true, "context": {"message": "the test has no instance"}}"#
            }
            return "{\"valid\": \(checker.isValid(.json(json(request, instance))))}"
        }
    }

    private var options: SchemaOptions {
        var options = SchemaOptions()
        options.defaultDraft = draft
        options.assertsFormat = false
        options.assertsContent = true
        options.limits.bytes = 1 << 24
        options.limits.depth = BowtieSession.limits.depth
        options.limits.values = BowtieSession.limits.nodes
        return options
    }

    private static var limits: Limits {
        var limits = Limits.standard
        limits.depth = 500
        limits.nodes = 2_000_000
        return limits
    }

    private static let introduction = """
        {"version": 1, "implementation": {"language": "swift", "name": "model-atlas", "version": "\(Registry.version)", \
        "homepage": "https://github.com/model-atlas/model-atlas", \
        "issues": "https://github.com/model-atlas/model-atlas/issues", \
        "source": "https://github.com/model-atlas/model-atlas", \
        "dialects": [\(Draft.allCases.reversed().map { "\"\($0.schemaURI)\"" }.joined(separator: ", "))], \
        "links": []}}
        """

    private static func errored(sequence: String, _ message: String) -> String {
        var writer = JSONWriter()
        writer.write(message)
        let text = String(decoding: writer.bytes, as: UTF8.self)
        return "{\"seq\": \(sequence), \"errored\": true, \"context\": {\"message\": \(text)}}"
    }

    private static func json(_ document: Document, _ node: Int) -> String {
        var writer = JSONWriter()
        writer.write(document, from: node)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
