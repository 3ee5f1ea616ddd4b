import Diagnostics
import RegistryTree
import TestKit
import Testing

/// Files of an import, held against a registry of one collection whose aliases are unique.
struct ProposedFilesTests {
    private let schema = """
        {"x-collection": {"folder": "a", "depth": 1, "key": ["id"]},
         "properties": {"id": {"type": "string", "x-path": "1"},
                        "next": {"x-references": "a"},
                        "alias": {"type": "string", "x-unique": "alias"}}}
        """

    private func proposed(_ files: [String: String], over existing: [String: String]) throws -> ProposedFiles
    {
        try Files.withTemporaryFolder { folder in
            Files.write(schema, to: folder + "/schemas/a.schema.json")
            for (path, text) in existing { Files.write(text, to: folder + "/" + path) }
            return try ProposedFiles(
                files.mapValues { Array($0.utf8) }, at: folder, rejecting: .error, options: .init())
        }
    }

    @Test(arguments: ["a/a.yaml", "a/z.yaml"])
    func `A new file that takes the name of another is left out, wherever it stands in the order`(
        path: String
    ) throws {
        let id = path.contains("z") ? "z" : "a"
        let result = try proposed(
            [path: "id: \(id)\nalias: taken\n", "a/n.yaml": "id: n\n"],
            over: ["a/m.yaml": "id: m\nalias: taken\n"])
        #expect(result.files.keys.sorted() == ["a/n.yaml"])
        #expect(result.rejections.map(\.rule) == [.duplicateValue])
        #expect(
            result.rejections.first.map { [$0.location.path] + $0.related.map(\.location.path) }?.sorted()
                == [path, "a/m.yaml"].sorted())
    }

    @Test func `What refers to a file that was left out goes with it`() throws {
        let result = try proposed(
            ["a/b.yaml": "id: wrong\n", "a/c.yaml": "id: c\nnext: b\n", "a/d.yaml": "id: d\n"], over: [:])
        #expect(result.files.keys.sorted() == ["a/d.yaml"])
    }

    @Test func `A fault that was there before keeps nothing from being written`() throws {
        let result = try proposed(["a/b.yaml": "id: b\n"], over: ["a/m.yaml": "id: wrong\n"])
        #expect(result.files.keys.sorted() == ["a/b.yaml"] && result.rejections.isEmpty)
    }
}
