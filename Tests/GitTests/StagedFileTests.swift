import Git
import TestKit
import Testing

@Suite struct StagedFileTests {
    @Test func `the index tells the id of every file below a folder, and how it looked`() throws {
        try Scratch.with { scratch in
            try scratch.commit(["data/a.yaml": "one\n", "data/b/c.yaml": "three\n", "datum": "x", "z": "y"])
            let repository = try scratch.open()
            let files = try repository.stagedFiles(below: "data")
            #expect(files.keys.sorted() == ["a.yaml", "b/c.yaml"])
            #expect(files["a.yaml"]?.id == (try scratch.id("HEAD:data/a.yaml")))
            #expect(files["a.yaml"]?.stamp.byteCount == 4)
            #expect(try repository.stagedFiles(below: "").count == 4)
        }
    }

    @Test func `a path in conflict is in no state`() throws {
        try Scratch.with { scratch in
            try scratch.commit(["a": "1\n"])
            let blobs = try (0..<2).map { try scratch.store("blob", [UInt8($0)]) }
            let lines = blobs.enumerated().map { "100644 \($1) \($0 + 2)\tb\n" }.joined()
            try scratch.git("update-index", "--index-info", input: Array(lines.utf8))
            #expect(try scratch.open().stagedFiles(below: "").keys.sorted() == ["a"])
        }
    }

    @Test func `the id of a folder is the one that git gives it`() throws {
        try Scratch.with { scratch in
            try scratch.commit(["a": "1\n", "b/c": "2\n", "run": "3\n"])
            try scratch.git("update-index", "--chmod=+x", "run")
            try scratch.git("commit", "--quiet", "--message", "a mode")
            let repository = try scratch.open()
            let tree = try scratch.id("HEAD^{tree}")
            let items = try repository.children(of: tree).map { entry in
                TreeItem(name: String(entry.name), kind: entry.kind, id: entry.id)
            }
            #expect(items.map(\.kind) == [.file, .folder, .executable])
            #expect(try ObjectID(ofTree: items) == tree)
        }
    }
}
