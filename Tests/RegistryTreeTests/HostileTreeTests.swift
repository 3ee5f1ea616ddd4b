import Diagnostics
import Documents
import Glibc
import RegistryTree
import TestKit
import Testing

/// Trees as nobody should send them: each is answered by findings, the same ones every time.
@Suite struct HostileTreeTests {
    /// A registry of one schema and some files, checked.
    private func findings(schema: String, files: [String: String]) throws -> [Diagnostic] {
        try Files.withTemporaryFolder { folder in
            Files.write("{\(schema)}", to: folder + "/schemas/a.schema.json")
            for (path, text) in files { Files.write(text, to: folder + "/" + path) }
            return try Validation(root: folder).findings
        }
    }

    private func collection(_ folder: String, depth: String = "1", key: String = #"["id"]"#) -> String {
        #""x-collection": {"folder": \#(folder), "depth": \#(depth), "key": \#(key)}"#
    }

    @Test(arguments: [
        (#""x-path""#, #""0-9""#), (#""x-path""#, #""2-1""#), (#""x-path""#, #""""#),
        (#""x-path""#, #""+1""#),
        (#""x-path""#, "1"), (#""x-path""#, #""1-9223372036854775807""#), (#""x-path""#, #""1-2-3""#),
        (#""x-path""#, #""99999999999999999999""#), (#""x-unique""#, #""{99}""#), (#""x-unique""#, #""{""#),
        (#""x-unique""#, #""""#), (#""x-unique""#, #""a{0}""#), (#""x-unique""#, #""{-1}""#),
        (#""x-unique""#, "[]"), (#""x-references""#, #""nowhere""#), (#""x-references""#, "null"),
    ])
    func `an annotation that makes no sense is a fault of the schema`(keyword: String, value: String) throws {
        let schema = collection("\"a\"") + #", "properties": {"k": {\#(keyword): \#(value)}}"#
        let found = try findings(schema: schema, files: ["a/x.yaml": "id: x\nk: v\n"])
        #expect(found.map(\.rule) == [.schemaInvalid])
        #expect(found.first?.location.path == "schemas/a.schema.json")
        #expect(found.first?.pointer == "/properties/k/" + keyword.filter { $0 != "\"" })
    }

    @Test(arguments: [
        (#""..""#, "1", #"["id"]"#), (#""a/../b""#, "1", #"["id"]"#), (#""/etc""#, "1", #"["id"]"#),
        (#""a/""#, "1", #"["id"]"#), (#""a//b""#, "1", #"["id"]"#), (#""""#, "1", #"["id"]"#),
        (#"".git""#, "1", #"["id"]"#), (#""schemas""#, "1", #"["id"]"#), (#""schemas/a""#, "1", #"["id"]"#),
        (#""a\u0000b""#, "1", #"["id"]"#), (#""a\nb""#, "1", #"["id"]"#), (#""a\u202e""#, "1", #"["id"]"#),
        ("1", "1", #"["id"]"#), (#"["a"]"#, "1", #"["id"]"#), (#""a""#, "1e300", #"["id"]"#),
        (#""a""#, "0", #"["id"]"#), (#""a""#, "17", #"["id"]"#), (#""a""#, #""1""#, #"["id"]"#),
        (#""a""#, "1", #""id""#), (#""a""#, "1", "[1]"), (#""a""#, "1", #"[""]"#), (#""a""#, "1", "[]"),
        (#""a""#, "1", #"["a","b","c","d","e","f","g","h","i","j","k","l","m","n","o","p","q"]"#),
    ])
    func `a collection that makes no sense is a fault of the schema`(
        folder: String, depth: String, key: String
    )
        throws
    {
        let found = try findings(
            schema: collection(folder, depth: depth, key: key), files: ["a/x.yaml": "id: x\n"])
        #expect(found.map(\.rule) == [.schemaInvalid] && found.map(\.pointer) == ["/x-collection"])
    }

    @Test func `a file has one schema`() throws {
        try Files.withTemporaryFolder { folder in
            for (name, of) in [("a", "m"), ("b", "m"), ("c", "m/n"), ("d", "m-n")] {
                Files.write("{\(collection("\"\(of)\""))}", to: "\(folder)/schemas/\(name).schema.json")
            }
            Files.write("id: x\n", to: folder + "/m/x.yaml")
            Files.write("id: x\n", to: folder + "/m-n/x.yaml")
            let validation = try Validation(root: folder)
            #expect(validation.findings.map(\.rule) == [.schemaInvalid, .schemaInvalid])
            let paths = validation.findings.map(\.location.path)
            #expect(paths == ["schemas/b.schema.json", "schemas/c.schema.json"])
            #expect(validation.checkedFileCount == 2)
        }
    }

    @Test func `a schema cannot be taken away by making it no file, or too large a one`() throws {
        try Files.withTemporaryFolder { folder in
            ExampleTree.copy(to: folder)
            for name in ["model", "provider"] { Files.remove("\(folder)/schemas/\(name).schema.json") }
            symlink("/etc/passwd", "\(folder)/schemas/model.schema.json")
            mkdir("\(folder)/schemas/provider.schema.json", 0o755)
            let large = [UInt8](repeating: 0x20, count: 2 << 20)
            Files.write(large, to: "\(folder)/schemas/mapping.schema.json")
            let found = try Validation(root: folder).findings
            let told = Dictionary(grouping: found, by: \.location.path).mapValues { $0.map(\.rule) }
            #expect(told["schemas/model.schema.json"] == [.fileNotRegular])
            #expect(told["schemas/provider.schema.json"] == [.fileNotRegular])
            #expect(told["schemas/mapping.schema.json"] == [.fileTooLarge])
        }
    }

    private static let names = [
        "line\n::error::x.yaml", "escape\u{1B}[31m.yaml", "bidi\u{202E}lmay.yaml", "zero\u{200B}.yaml",
        "next\u{85}.yaml", "separator\u{2028}.yaml", "]]><script>.yaml", "`b`|](x).yaml", "%0A::x.yaml",
        "a\\b.yaml", "what?.yaml", "\u{FFFE}.yaml", " .yaml", "a&\"b.yaml", "\u{1F600}.yaml",
    ]

    @Test(arguments: names) func `a name that is not plain is reported, and shown harmlessly`(name: String)
        throws
    {
        try Files.withTemporaryFolder { folder in
            ExampleTree.copy(to: folder)
            Files.write("id: x\n", to: "\(folder)/models/acme/\(name)")
            let found = try Validation(root: folder).findings
            #expect(found.map(\.rule) == [.fileName] && found.map(\.location.path) == ["models/acme/" + name])
            // JSON is for programs, which get the name as it is.
            for format in OutputFormat.allCases where format != .json {
                let text = Report(found, checkedFileCount: 1).rendered(as: format) { _ in nil }
                let hidden = text.unicodeScalars.filter { scalar in
                    [.control, .format, .lineSeparator, .paragraphSeparator]
                        .contains(scalar.properties.generalCategory) && scalar != "\n"
                }
                #expect(hidden.isEmpty && !text.contains("\n::error::x"), "\(format): \(text)")
            }
        }
    }

    @Test(arguments: [
        "modèle.yaml", "モデル.yaml", "two words.yaml", "@cf+x=1,y.yaml", "##[error]x.yaml", "@all.yaml",
    ])
    func `names of other languages and plain signs are welcome`(name: String) throws {
        let found = try findings(schema: collection("\"a\""), files: ["a/" + name: "id: x\n"])
        #expect(found == [])
    }

    @Test func `of many findings the first are shown and all are counted, whatever the number of workers`()
        throws
    {
        try Files.withTemporaryFolder { folder in
            Files.write(
                "{\(collection("\"a\"")), \"properties\": {\"u\": {\"items\": {\"x-unique\": \"u\"}}}, "
                    + "\"additionalProperties\": {\"type\": \"null\"}}", to: folder + "/schemas/a.json")
            for file in 100..<400 {
                let wrong = (0..<file % 7).map { "k\($0): 1\n" }.joined()
                Files.write("id: same\nu: [v, v, v]\n" + wrong, to: "\(folder)/a/f\(file).yaml")
            }
            var options = Validation.Options()
            let whole = try Validation(root: folder, options: options)
            #expect(whole.omissions.total == 0 && whole.findings.count > 1_000)
            options.limits.findings = 50
            for jobs in [1, 2, 3] {
                options.jobs = jobs
                let cut = try Validation(root: folder, options: options)
                #expect(cut.findings == Array(whole.findings.prefix(50)))
                #expect(cut.omissions.count(of: .error) == whole.findings.count - 50)
            }
        }
    }
}
