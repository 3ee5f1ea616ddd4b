import Git
import RegistryTree
import TestKit
import Testing

struct FileHistoryTests {
    private func text(context: Int, price: String) -> String {
        "schema: model/v1\nid: a/b\nlimits:\n  context: \(context)\nnote: \(price)\n"
    }

    @Test func `Each commit is told with the fields that it changed, the newest first`() throws {
        try ScratchRepository.with { scratch in
            let file = scratch.root + "/sub/models/a/b.yaml"
            Files.makeFolder(scratch.root + "/sub/schemas")
            Files.makeFolder(scratch.root + "/sub/models/a")
            Files.write("{}", to: scratch.root + "/sub/schemas/x.schema.json")
            func commit(_ message: String, _ text: String?, at seconds: Int) throws {
                if let text { Files.write(text, to: file) } else { try scratch.git("rm", "-q", file) }
                try scratch.git("add", "-A")
                try scratch.git("commit", "-q", "--allow-empty", "-m", message, at: seconds)
            }
            try commit("first", text(context: 1_000, price: "1"), at: 1_700_000_000)
            try commit("elsewhere", text(context: 1_000, price: "1"), at: 1_700_000_100)
            try commit("longer", text(context: 2_000, price: "1"), at: 1_700_000_200)
            try commit("broken", "a: [", at: 1_700_000_300)
            try commit("gone", nil, at: 1_700_000_400)
            let tree = try CommitTree(of: "HEAD", at: scratch.root + "/sub", isExact: true)
            let history = try FileHistory(ofPath: "models/a/b.yaml", upTo: tree)
            #expect(history.steps.map(\.commit.summary) == ["gone", "broken", "longer", "first"])
            #expect(history.steps.map(\.isThere) == [false, true, true, true])
            #expect(history.steps.map(\.wasThere) == [true, true, true, false])
            let changes = history.steps[2].changes
            #expect(changes.map(\.name) == ["limits.context"])
            #expect(changes.first?.old == "1000" && changes.first?.new == "2000")
            #expect(history.steps[1].changes.isEmpty && !history.isCut)
            let last = try FileHistory(ofPath: "models/a/b.yaml", upTo: tree, limit: 1)
            #expect(last.steps.map(\.commit.summary) == ["gone"])
            #expect(try FileHistory(ofPath: "models/a/c.yaml", upTo: tree).steps.isEmpty)
        }
    }
}
