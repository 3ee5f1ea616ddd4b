import Glibc
import RegistryTree
import TestKit
import Testing

/// Changes that a stranger could propose, compared from commits as a pull request is.
///
/// That such trees are read within bounds and judged by the schemas of the base is tested with `registry validate`.
@Suite struct HostileChangeTests {
    /// What an edit makes of the example registry, from commit to commit.
    private func report(_ edit: (_ root: String) throws -> Void) throws -> ChangeReport {
        try ScratchRepository.with { repository in
            ExampleTree.copy(to: repository.root)
            try repository.commitAll()
            try repository.git("branch", "base")
            try edit(repository.root)
            try repository.commitAll()
            func state(_ revision: String) throws -> RegistryState {
                let tree = try CommitTree(of: revision, at: repository.root, isExact: true)
                return try RegistryState(of: .commit(tree), options: Validation.Options())
            }
            return ChangeReport(
                RegistryChange(from: try state("base"), to: try state("main")), policy: ChangePolicy())
        }
    }

    @Test func `C2 every hostile text is named and none is compared`() throws {
        let corpus = Repository.files(below: "Tests/Corpora/yaml").filter { $0.hasSuffix(".yaml") }
        #expect(corpus.count > 100)
        func path(_ file: String) -> String { "models/acme/" + (file.split(separator: "/").last ?? "") }
        let report = try report { root in
            for file in corpus {
                Files.copy("\(Repository.root)/\(file)", to: "\(root)/\(path(file).lowercased())")
            }
        }
        #expect(report.change.entities == [])
        #expect(
            report.change.uncompared.map(\.path).sorted() == corpus.map { path($0).lowercased() }.sorted())
        #expect(report.concerns.count == corpus.count)
    }

    @Test func `C3 names and links of a tree say nothing of their own`() throws {
        let names = [
            "a\n::error::b.yaml", "%0A::set-env name=PATH::b.yaml", "EOF", "`@everyone`.yaml", "-rf.yaml",
            "<img src=x>.yaml", "ROCKET-1.yaml", "e\u{301}.yaml", "\u{E9}.yaml", "\u{202E}lmay.yaml",
            "](x).yaml",
        ]
        let report = try report { root in
            for name in names { Files.write("id: [\n", to: "\(root)/models/acme/\(name)") }
            symlink("/etc/passwd", "\(root)/models/acme/passwd.yaml")
            symlink("..", "\(root)/models/acme/loop")
        }
        #expect(report.change.entities == [])
        #expect(report.change.headErrorCount >= names.count)
        let text = report.rendered(as: .text)
        #expect(!text.contains("root:"))
        for line in text.split(separator: "\n") {
            let isOurs = ["not compared: ", "errors that ", "outcome: ", "  - "].contains {
                line.hasPrefix($0)
            }
            #expect(isOurs || line.hasSuffix(" not compared"), "\(line)")
        }
        let markdown = report.rendered(as: .markdown)
        #expect(!markdown.unicodeScalars.contains("\u{202E}"))
        #expect(!markdown.contains("\n::"))
        #expect(markdown.contains("`` `@everyone`.yaml ``") || markdown.contains("/`@everyone`.yaml ``"))
    }

    @Test func `C1 a schema that the change loosens is a reason to look, whatever it lets through`() throws {
        let report = try report { root in
            let path = "\(root)/schemas/model.schema.json"
            Files.write(
                "{\"x-collection\": {\"folder\": \"models\", \"depth\": 2, \"key\": [\"id\"]}}", to: path)
            Files.write("id: acme/glider\n", to: "\(root)/models/acme/glider.yaml")
        }
        #expect(report.needsMaintainer)
        #expect(report.change.changedRules == ["schemas/model.schema.json"])
        // Files whose fields no schema of ours describes any more are not compared, and not removed either.
        #expect(report.change.entities == [])
        #expect(report.change.uncompared.map(\.path).contains("models/acme/glider.yaml"))
    }

    @Test func `C10 two readings of two commits give the same bytes`() throws {
        func text() throws -> [String] {
            let report = try report { root in
                Files.remove("\(root)/providers/borealis.yaml")
                Files.remove("\(root)/models/acme/rocket-0.yaml")
            }
            return [ChangeReport.Format.text, .json, .markdown].map { report.rendered(as: $0) }
        }
        #expect(try text() == text())
    }
}
