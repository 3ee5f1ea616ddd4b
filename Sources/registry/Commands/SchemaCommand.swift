public import ArgumentParser
import Commands
import Diagnostics
import Documents
public import JSONSchema
import RegistryTree
import Text

/// `registry schema`: the JSON Schema engine's own door.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "The JSON Schema engine by itself.",
        subcommands: [SchemaCheckCommand.self, SchemaBowtieCommand.self, SchemaPageCommand.self])
}

/// `registry schema check`: any YAML or JSON file against any schema.
struct SchemaCheckCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Checks YAML or JSON files against a JSON Schema.",
        discussion:
            "Drafts 2020-12, 2019-09 and draft-07. References to other files are followed; none leave the disk."
    )

    @Argument(help: "The schema, JSON or YAML.")
    var schema: String

    @Argument(
        help: "The files to check, JSON or YAML by their extension. With none, only the schema is checked.")
    var files: [String] = []

    @Option(help: "How findings are put out.")
    var format = OutputFormat.text

    @Option(help: "The draft of a schema that does not say: 2020-12, 2019-09 or draft-07.")
    var draft = Draft.draft2020

    @Flag(inversion: .prefixedNo, help: "Assert \"format\", whatever the schema's vocabulary says.")
    var assertFormat = true

    @Flag(help: "No colours, even on a terminal.")
    var noColor = false

    func run(on console: Console) throws -> ExitStatus {
        var sources = [schema: try InputFile.bytes(of: schema, on: console)]
        var findings: [Diagnostic] = []
        var options = SchemaOptions()
        options.assertsFormat = assertFormat
        options.defaultDraft = draft
        options.loader = SchemaFiles(besides: schema, folder: console.folder).text
        let text = SchemaText(bytes: sources[schema] ?? [], path: schema)
        let set = SchemaSet([text], options: options, findings: &findings)
        if set.isUsable(0), !findings.contains(where: { $0.severity == .error }) {
            var checker = InstanceChecker(set)
            for file in files {
                let bytes = try InputFile.bytes(of: file, on: console)
                sources[file] = bytes
                findings += checker.findings(in: SchemaText(bytes: bytes, path: file))
            }
        }
        let report = Report(findings, checkedFileCount: max(1, files.count))
        let style: TextStyle = console.isTerminal && !noColor ? .colored : .plain
        console.output(report.rendered(as: format, style: style) { sources[$0] })
        return FailureThreshold.error.status(of: report)
    }
}

/// Finds the schemas that a schema file refers to on the disk, and nowhere else.
struct SchemaFiles: Sendable {
    private let besides: String
    private let folder: String

    init(besides schema: String, folder: String) {
        besides = schema.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(
            separator: "/")
        self.folder = folder
    }

    /// The text at a `file:` URI; for any other, the file of that name beside the schema, if its `$id` is the URI.
    @Sendable func text(at uri: String) -> SchemaText? {
        let prefix = "file:///"
        if uri.hasPrefix(prefix) { return read(String(uri.dropFirst(prefix.count))) }
        guard let name = uri.split(separator: "/").last, !name.hasPrefix("."),
            let text = read(besides.isEmpty ? String(name) : "\(besides)/\(name)")
        else { return nil }
        var document = Document()
        var keys = Interner()
        var findings: [Diagnostic] = []
        guard text.read(into: &document, keys: &keys, limits: .standard, findings: &findings),
            let id = document.member("$id", of: 0), document.string(at: id) == uri
        else { return nil }
        return text
    }

    private func read(_ path: String) -> SchemaText? {
        let full = path.hasPrefix("/") || folder.isEmpty ? path : "\(folder)/\(path)"
        return (try? SourceFiles.bytes(at: full)).map { SchemaText(bytes: $0, path: path) }
    }
}

extension Draft: ExpressibleByArgument {
    /// The names people use: `2020-12`, `2019-09`, `draft-07`, or the meta-schema's URI.
    public init?(argument: String) {
        switch argument {
        case "2020-12": self = .draft2020
        case "2019-09": self = .draft2019
        case "draft-07", "draft7", "7": self = .draft7
        default: self.init(metaSchema: argument)
        }
    }
}

/// `registry schema page`: what the registry's schemas say, for people.
struct SchemaPageCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "page",
        abstract: "Prints the fields of the registry's files as Markdown, as in docs/schema.md.")

    @OptionGroup var common: CommonOptions

    func run(on console: Console) throws -> ExitStatus {
        let schemas = try RegistrySchemas(of: try common.source(on: console))
        console.output(SchemaPage.markdown(schemas))
        return .clean
    }
}
